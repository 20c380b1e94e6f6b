/** Calendar dates, and the date in London of an instant. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { Day, dayOf } from '../../server/src/calendar/index.ts';
import { londonClock } from '../../server/src/calendar/london.ts';
import { coveredDay, day, instant } from './england-wales.ts';

describe('Reading a day', () => {
  it('takes a date as it stands', () => assert.equal(day('2026-02-03').iso, '2026-02-03'));

  it('takes an instant as its date in London', () => {
    assert.equal(day('2026-02-03T23:30:00Z').iso, '2026-02-03');
    assert.equal(day('2026-07-03T23:30:00Z').iso, '2026-07-04');
    assert.equal(day('2026-02-03T23:30:00-05:00').iso, '2026-02-04');
  });

  for (const text of [
    '2026-02-30',
    '2025-02-29',
    '2026-2-3',
    '03/02/2026',
    '2026-02-03T10:00',
    '2026-02-03 ',
    '',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(Day.parse(text), undefined));
  }

  it('never throws', () => {
    const digits = fc.stringMatching(/^\d{4}-\d\d-\d\d$/);
    fc.assert(fc.property(fc.oneof(fc.string(), digits), text => void Day.parse(text)));
  });
});

describe('Days', () => {
  it('of the same date are equal, however they were written', () => {
    assert.ok(day('2026-07-04').equals(day('2026-07-03T23:30:00Z')));
    assert.ok(!day('2026-07-04').equals(day('2026-07-03')));
  });

  it('are ordered as their ISO dates are', () => {
    fc.assert(
      fc.property(coveredDay, coveredDay, (a, b) => {
        assert.equal(Math.sign(a.compare(b)), a.iso < b.iso ? -1 : a.iso > b.iso ? 1 : 0);
      }),
    );
  });

  it('are written as their ISO dates', () => {
    assert.equal(`${day('2026-02-03')}`, '2026-02-03');
    assert.equal(JSON.stringify({ on: day('2026-02-03') }), '{"on":"2026-02-03"}');
  });
});

describe('The clock in London', () => {
  it('changes at 01:00 Greenwich on the last Sundays of March and October', () => {
    assert.equal(londonClock(instant('2026-03-29T00:59:59Z')), '2026-03-29T00:59');
    assert.equal(londonClock(instant('2026-03-29T01:00:00Z')), '2026-03-29T02:00');
    assert.equal(londonClock(instant('2026-10-25T00:59:59Z')), '2026-10-25T01:59');
    assert.equal(londonClock(instant('2026-10-25T01:00:00Z')), '2026-10-25T01:00');
  });

  it('keeps to the older law before 1996, when summer time ended a Sunday earlier in some years', () => {
    assert.equal(londonClock(instant('1995-10-22T00:30:00Z')), '1995-10-22T01:30');
    assert.equal(londonClock(instant('1995-10-25T12:00:00Z')), '1995-10-25T12:00');
    assert.equal(londonClock(instant('1970-01-15T12:00:00Z')), '1970-01-15T13:00');
  });

  it('shows what the zone database says, for every hour near a change from 1996 to 2037', () => {
    for (let year = 1996; year <= 2037; year++) {
      for (const month of [3, 10]) {
        let hour = Temporal.Instant.from(`${year}-${month === 3 ? '03' : '10'}-24T00:00:00Z`);
        for (let count = 0; count < 8 * 24; count++, hour = hour.add({ hours: 1 })) assertAgrees(hour);
      }
    }
  });

  it('shows what the zone database says at any time since 1960', () => {
    const dates = fc.date({ min: new Date('1960-01-01'), max: new Date('2037-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, date => assertAgrees(Temporal.Instant.fromEpochMilliseconds(date.getTime()))),
    );
  });

  it('gives the date of the earliest and of the latest instant that can be written', () => {
    assert.equal(dayOf(instant('0001-01-01T00:00:00+23:59')).iso, '0000-12-30');
    assert.equal(dayOf(instant('9998-12-31T23:59:59-23:59')).iso, '9999-01-01');
  });
});

function assertAgrees(instant: Temporal.Instant): void {
  const expected = instant.toZonedDateTimeISO('Europe/London').toPlainDateTime().toString().slice(0, 16);
  assert.equal(londonClock(new Date(instant.epochMilliseconds)), expected);
}
