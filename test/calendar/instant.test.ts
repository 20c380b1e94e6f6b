/** Reading instants and counting the hours between them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addHours, elapsedHours, formatHours, parseInstant } from '../../server/src/calendar/index.ts';
import { instant, instantNearClockChange } from './england-wales.ts';

describe('Reading an instant', () => {
  for (const [text, iso] of [
    ['2026-02-02T21:10:00Z', '2026-02-02T21:10:00.000Z'],
    ['2026-07-01T00:30:00+01:00', '2026-06-30T23:30:00.000Z'],
    ['2026-02-02t21:10:00.123456z', '2026-02-02T21:10:00.123Z'],
    ['2026-02-02 21:10:00-00:00', '2026-02-02T21:10:00.000Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ] as const) {
    it(`takes ${text} as ${iso}`, () => assert.equal(parseInstant(text)?.toISOString(), iso));
  }

  for (const text of [
    '2026-02-02',
    '2026-02-02T21:10:00',
    '2026-02-02T21:10Z',
    '2026-02-02T21:10:00+01',
    '2026-02-02T21:10:00Z[Europe/London]',
    '2026-02-30T10:00:00Z',
    '2026-13-01T10:00:00Z',
    '2026-02-02T24:00:00Z',
    '2026-02-02T21:60:00Z',
    '2026-02-02T21:10:00+24:00',
    '0000-01-01T00:00:00Z',
    '20260202T211000Z',
    '2026-02-02T21:10:00Z\n',
    '',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseInstant(text), undefined));
  }

  it('gives back every instant it is shown', () => {
    const dates = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(fc.property(dates, date => parseInstant(date.toISOString())?.getTime() === date.getTime()));
  });

  it('never throws', () => {
    const digits = fc.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/);
    fc.assert(fc.property(fc.oneof(fc.string(), digits), text => void parseInstant(text)));
  });
});

describe('Elapsed hours', () => {
  it('are 66 h 50 min from the report of the example review to the first visit', () => {
    const hours = elapsedHours(instant('2026-02-02T21:10:00Z'), instant('2026-02-05T16:00:00Z'));
    assert.equal(formatHours(hours), '66 h 50 min');
  });

  it('are 18.5 from the report of the example review to its recording', () => {
    assert.equal(elapsedHours(instant('2026-02-02T21:10:00Z'), instant('2026-02-03T15:40:00Z')), 18.5);
  });

  it('are 23 from noon to noon when the clocks go forward, 25 when they go back', () => {
    assert.equal(
      elapsedHours(instant('2026-03-28T12:00:00+00:00'), instant('2026-03-29T12:00:00+01:00')),
      23,
    );
    assert.equal(
      elapsedHours(instant('2026-10-24T12:00:00+01:00'), instant('2026-10-25T12:00:00+00:00')),
      25,
    );
  });

  it('add up across the clock changes', () => {
    fc.assert(
      fc.property(instantNearClockChange, instantNearClockChange, instantNearClockChange, (a, b, c) => {
        assert.ok(Math.abs(elapsedHours(a, b) + elapsedHours(b, c) - elapsedHours(a, c)) < 1e-9);
      }),
    );
  });

  it('are the hours that were added', () => {
    fc.assert(
      fc.property(instantNearClockChange, fc.integer({ min: -2000, max: 2000 }), (start, hours) => {
        assert.equal(elapsedHours(start, addHours(start, hours)), hours);
      }),
    );
  });

  it('may be added in parts', () => {
    assert.equal(addHours(instant('2026-02-02T21:10:00Z'), 1.5).toISOString(), '2026-02-02T22:40:00.000Z');
  });
});
