/** Working days counted one by one say the same as the count, and why a day does not count. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { CannotTell, countWorkingDays, workingDaysBetween } from '../../server/src/calendar/index.ts';
import { calendar, coveredDay, day } from './england-wales.ts';

const counted = (from: string, to: string) =>
  countWorkingDays(calendar, day(from), day(to)).map(
    ({ day: { iso }, count, pause }) => `${iso} ${pause ?? count}`,
  );

describe('Working days counted one by one', () => {
  it('name the weekend and the bank holidays that are left out', () => {
    assert.deepEqual(counted('2026-04-02', '2026-04-08'), [
      '2026-04-03 Good Friday',
      '2026-04-04 weekend',
      '2026-04-05 weekend',
      '2026-04-06 Easter Monday',
      '2026-04-07 1',
      '2026-04-08 2',
    ]);
  });

  it('are none on the day of the event and backwards', () => {
    assert.deepEqual(counted('2026-02-03', '2026-02-03'), []);
    assert.deepEqual(counted('2026-02-05', '2026-02-03'), []);
  });

  it('come to what is counted at once', () => {
    fc.assert(
      fc.property(coveredDay, coveredDay, (a, b) => {
        const [from, to] = a.compare(b) <= 0 ? [a, b] : [b, a];
        const last = countWorkingDays(calendar, from, to).at(-1);
        assert.equal(last?.count ?? 0, workingDaysBetween(calendar, from, to));
      }),
      { numRuns: 30 },
    );
  });

  it('are not given outside the calendar', () => {
    assert.throws(() => counted('2030-12-30', '2031-01-02'), CannotTell);
  });
});
