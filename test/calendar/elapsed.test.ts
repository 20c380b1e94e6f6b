/** Limits in calendar days and months, and the end of bail. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addDays, addMonths, bailEnd, calendarDays } from '../../server/src/calendar/index.ts';
import { coveredDay, day } from './england-wales.ts';

describe('Calendar days', () => {
  it('are 15 and 18 between the contacts of the example review', () => {
    assert.equal(calendarDays(day('2026-02-05'), day('2026-02-20')), 15);
    assert.equal(calendarDays(day('2026-02-20'), day('2026-03-10')), 18);
  });

  it('are the days that were added', () => {
    fc.assert(
      fc.property(coveredDay, fc.integer({ min: -3000, max: 3000 }), (start, days) => {
        assert.equal(calendarDays(start, addDays(start, days)), days);
      }),
    );
  });
});

describe('Months', () => {
  for (const [from, months, to] of [
    ['2026-01-15', 3, '2026-04-15'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2025-11-30', 3, '2026-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
  ] as const) {
    it(`take ${from} by ${months} to ${to}`, () => assert.equal(addMonths(day(from), months).iso, to));
  }

  it('keep the day of the month, or end with the month', () => {
    fc.assert(
      fc.property(coveredDay, fc.integer({ min: -60, max: 60 }), (start, months) => {
        const end = addMonths(start, months);
        const monthEnds = addDays(end, 1).date.day === 1;
        assert.ok(end.date.day === start.date.day || (monthEnds && end.date.day < start.date.day));
        assert.equal((end.date.year - start.date.year) * 12 + end.date.month - start.date.month, months);
      }),
    );
  });

  it('come back to where they started up to the 28th', () => {
    fc.assert(
      fc.property(coveredDay, fc.integer({ min: 0, max: 60 }), (start, months) => {
        fc.pre(start.date.day <= 28);
        assert.ok(addMonths(addMonths(start, months), -months).equals(start));
      }),
    );
  });
});

describe('Bail', () => {
  for (const [arrest, months, end, why] of [
    ['2026-02-03', 3, '2026-05-03', 'the day before the corresponding date of 4 February'],
    ['2026-02-28', 3, '2026-05-31', 'as the period begins with 1 March'],
    ['2026-01-31', 3, '2026-04-30', 'as the period begins with 1 February'],
    ['2025-11-29', 3, '2026-02-28', 'as February has no 30th'],
    ['2025-11-30', 3, '2026-02-28', 'as the period begins with 1 December'],
    ['2023-11-28', 3, '2024-02-28', 'as February has a 29th in 2024'],
    ['2026-02-03', 6, '2026-08-03', 'after an extension'],
    ['2026-02-03', 9, '2026-11-03', 'after a second extension'],
  ] as const) {
    it(`of ${months} months after an arrest on ${arrest} ends on ${end}, ${why}`, () => {
      assert.equal(bailEnd(day(arrest), months).iso, end);
    });
  }

  it('never ends earlier for a later arrest', () => {
    fc.assert(
      fc.property(coveredDay, fc.integer({ min: 1, max: 18 }), (arrest, months) => {
        assert.ok(bailEnd(arrest, months).compare(bailEnd(addDays(arrest, 1), months)) <= 0);
      }),
    );
  });

  it('is counted without the day of arrest: two periods end to end are one', () => {
    fc.assert(
      fc.property(coveredDay, arrest => {
        fc.pre(arrest.date.day <= 27);
        assert.ok(bailEnd(bailEnd(arrest, 3), 3).equals(bailEnd(arrest, 6)));
      }),
    );
  });
});
