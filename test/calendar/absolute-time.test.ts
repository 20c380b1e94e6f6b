/** When days begin and end in London, and from its clock back to absolute time, around the nights of the changes too. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  atLondonClock,
  beginOf,
  Day,
  dayOf,
  finishOf,
  onLondonClock,
} from '../../server/src/calendar/index.ts';

const day = (iso: string) => Day.parse(iso)!;

describe('a day in absolute time', () => {
  it('begins and ends at midnight in London', () => {
    assert.equal(beginOf(day('2026-02-03')).toISOString(), '2026-02-03T00:00:00.000Z');
    assert.equal(beginOf(day('2026-07-03')).toISOString(), '2026-07-02T23:00:00.000Z');
    assert.equal(finishOf(day('2026-07-03')).toISOString(), '2026-07-03T23:00:00.000Z');
  });

  it('has 23 or 25 hours where the clocks change', () => {
    const hours = (iso: string) => (finishOf(day(iso)).getTime() - beginOf(day(iso)).getTime()) / 3_600_000;
    assert.deepEqual(['2026-03-28', '2026-03-29', '2026-10-25', '2026-10-26'].map(hours), [24, 23, 25, 24]);
  });

  it('is the day of every instant within it', () => {
    const dates = fc.date({ min: new Date('1996-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, instant => {
        const own = dayOf(instant);
        return beginOf(own) <= instant && instant < finishOf(own);
      }),
    );
  });
});

describe('the clock in London', () => {
  it('is read back to the instant at which it shows that, the first of two', () => {
    const back = (wall: string) =>
      atLondonClock(new Date(`${wall}:00Z`))
        .toISOString()
        .slice(0, 16);
    assert.equal(back('2026-02-03T12:00'), '2026-02-03T12:00');
    assert.equal(back('2026-07-03T12:00'), '2026-07-03T11:00');
    assert.equal(back('2026-10-25T01:30'), '2026-10-25T00:30');
    // This hour does not exist.
    assert.equal(
      onLondonClock(atLondonClock(new Date('2026-03-29T01:30:00Z')))
        .toISOString()
        .slice(11, 16),
      '00:30',
    );
  });
});
