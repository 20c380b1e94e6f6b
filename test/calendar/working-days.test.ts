/** Counting working days, against a count day by day. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  addDays,
  addWorkingDays,
  CannotTell,
  type Day,
  isWorkingDay,
  workingDaysBetween,
} from '../../server/src/calendar/index.ts';
import { calendar, coveredDay, day } from './england-wales.ts';

describe('Working days', () => {
  for (const [from, to, count, why] of [
    ['2026-02-02', '2026-02-06', 4, 'from report to referral in the example review'],
    ['2026-02-04', '2026-02-24', 14, 'from strategy discussion to conference in the example review'],
    [
      '2026-02-06',
      '2026-02-12',
      4,
      'from the offer of a return interview to its receipt in the example review',
    ],
    ['2026-02-06', '2026-02-08', 0, 'from a Friday to the Sunday after'],
    ['2026-02-07', '2026-02-09', 1, 'from a Saturday to the Monday after'],
    ['2026-04-02', '2026-04-07', 1, 'over Easter'],
    ['2026-12-24', '2026-12-29', 1, 'over Christmas with Boxing Day given on Monday'],
    ['2020-05-04', '2020-05-11', 4, 'over the early May holiday moved to a Friday'],
    ['2022-05-30', '2022-06-06', 3, 'over the Platinum Jubilee, the Monday before being a working day'],
    ['2022-09-16', '2022-09-20', 1, 'over the state funeral'],
    ['2026-02-09', '2026-02-09', 0, 'on the day of the event'],
    ['2026-02-06', '2026-02-02', -4, 'backwards'],
  ] as const) {
    it(`are ${count} ${why}`, () => assert.equal(workingDaysBetween(calendar, day(from), day(to)), count));
  }

  it('are what a count day by day finds', () => {
    fc.assert(
      fc.property(coveredDay, coveredDay, (a, b) => {
        const [from, to] = a.compare(b) <= 0 ? [a, b] : [b, a];
        assert.equal(workingDaysBetween(calendar, from, to), countDayByDay(from, to));
        assert.equal(workingDaysBetween(calendar, to, from), 0 - countDayByDay(from, to));
      }),
      { numRuns: 60 },
    );
  });

  it('never decrease as the end moves on, and grow by one on working days alone', () => {
    fc.assert(
      fc.property(coveredDay, coveredDay, (a, b) => {
        fc.pre(a.compare(b) < 0);
        const grown = workingDaysBetween(calendar, a, b) - workingDaysBetween(calendar, a, addDays(b, -1));
        assert.equal(grown, isWorkingDay(calendar, b) ? 1 : 0);
      }),
    );
  });
});

describe('The end of a limit in working days', () => {
  it('is the last day counted', () => {
    assert.equal(addWorkingDays(calendar, day('2026-02-02'), 2).iso, '2026-02-04');
    assert.equal(addWorkingDays(calendar, day('2026-04-02'), 1).iso, '2026-04-07');
    assert.equal(addWorkingDays(calendar, day('2026-12-24'), 45).iso, '2027-03-02');
  });

  it('is the day of the event itself for a limit of nought', () => {
    assert.equal(addWorkingDays(calendar, day('2026-02-07'), 0).iso, '2026-02-07');
  });

  it('is a working day from which the limit is counted back', () => {
    fc.assert(
      fc.property(coveredDay, fc.integer({ min: 1, max: 200 }), (from, count) => {
        fc.pre(from.iso < '2030-01-01');
        const end = addWorkingDays(calendar, from, count);
        assert.equal(workingDaysBetween(calendar, from, end), count);
        assert.ok(isWorkingDay(calendar, end));
      }),
    );
  });

  it('is refused for half a day or less than none', () => {
    for (const count of [0.5, -1, Number.NaN]) {
      assert.throws(() => addWorkingDays(calendar, day('2026-02-02'), count), RangeError);
    }
  });
});

describe('Beyond the table', () => {
  const first = day('2016-01-01');
  const last = day('2030-12-31');
  const before = day('2015-12-31');
  const after = day('2031-01-01');

  it('the first and the last day still count', () => {
    assert.equal(workingDaysBetween(calendar, first, day('2016-01-04')), 1);
    assert.equal(workingDaysBetween(calendar, day('2030-12-30'), last), 1);
    assert.equal(addWorkingDays(calendar, day('2030-12-30'), 1).iso, last.iso);
  });

  it('no count is given', () => {
    for (const attempt of [
      () => workingDaysBetween(calendar, before, first),
      () => workingDaysBetween(calendar, last, after),
      () => workingDaysBetween(calendar, after, last),
      () => workingDaysBetween(calendar, after, after),
      () => isWorkingDay(calendar, after),
      () => addWorkingDays(calendar, before, 1),
      () => addWorkingDays(calendar, after, 0),
      () => addWorkingDays(calendar, last, 1),
      () => addWorkingDays(calendar, day('2030-12-20'), 9),
      () => addWorkingDays(calendar, first, 1e12),
    ]) {
      assert.throws(attempt, CannotTell);
    }
  });

  it('the reason names what is covered and what was asked', () => {
    assert.throws(() => workingDaysBetween(calendar, last, after), {
      message:
        'The calendar "Working days of England and Wales" covers 1 Jan 2016 to 31 Dec 2030, so working days cannot be counted for 1 Jan 2031.',
    });
  });
});

function countDayByDay(from: Day, to: Day): number {
  let count = 0;
  for (let next = addDays(from, 1); next.compare(to) <= 0; next = addDays(next, 1)) {
    if (isWorkingDay(calendar, next)) count++;
  }
  return count;
}
