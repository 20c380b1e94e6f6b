/** The words for dates, times and lengths of time. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  formatDay,
  formatElapsed,
  formatHours,
  formatInstant,
  formatWeekday,
} from '../../server/src/calendar/index.ts';
import { day, instant } from './england-wales.ts';

describe('Dates and times in words', () => {
  it('name the day without leading zeros', () => {
    assert.equal(formatDay(day('2026-02-03')), '3 Feb 2026');
    assert.equal(formatDay(day('2026-09-30')), '30 Sep 2026');
    assert.equal(formatWeekday(day('2026-02-01')), 'Sun 1 Feb 2026');
  });

  it('show the clock in London', () => {
    assert.equal(formatInstant(instant('2026-02-03T15:40:00Z')), '3 Feb 2026 15:40');
    assert.equal(formatInstant(instant('2026-06-30T23:05:59Z')), '1 Jul 2026 00:05');
  });
});

describe('Lengths of time in words', () => {
  for (const [count, unit, text] of [
    [66.83, 'hours', '66 h 50 min'],
    [30, 'hours', '30 h'],
    [0.75, 'hours', '45 min'],
    [0, 'hours', '0 h'],
    [24 + 4 / 3600, 'hours', '24 h 1 min'],
    [-1.5, 'hours', '-1 h 30 min'],
    [72, 'hours', '72 h'],
    [72 + 4 / 3600, 'hours', '72 h 1 min (3 days)'],
    [4956.5, 'hours', '4956 h 30 min (206 days)'],
    [-96, 'hours', '-96 h (4 days)'],
    [90, 'minutes', '90 min'],
    [9, 'working_days', '9 working days'],
    [1, 'working_days', '1 working day'],
    [-1, 'working_days', '-1 working day'],
    [0, 'days', '0 days'],
    [1, 'days', '1 day'],
    [2, 'months', '2 months'],
    [1, 'months', '1 month'],
  ] as const) {
    it(`${count} ${unit} are "${text}"`, () => assert.equal(formatElapsed(count, unit), text));
  }

  it('of hours are exact to the minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), minutes => {
        const match = /^(?:(\d+) h)? ?(?:(\d+) min)?(?: \(\d+ days\))?$/.exec(formatHours(minutes / 60));
        assert.equal(Number(match?.[1] ?? 0) * 60 + Number(match?.[2] ?? 0), minutes);
      }),
    );
  });
});
