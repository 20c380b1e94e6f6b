/** The shipped table of bank holidays against an independent one, and the refusal of tables that are none. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Holidays from 'date-holidays';
import { BadCalendar, loadCalendar } from '../../server/src/calendar/index.ts';
import { calendar } from './england-wales.ts';

/** Weekdays on which `date-holidays` and our table disagree, with the reason. A difference that is gone fails too. */
const KNOWN_DIFFERENCES: Readonly<Record<string, string>> = {};

describe('The bank holidays of England and Wales', () => {
  it('are those of date-holidays from Monday to Friday, but for the differences known', () => {
    const theirs = new Set(readWeekdayHolidays(2016, 2030));
    const ours = new Set(calendar.weekdayHolidays);
    const differences = [...new Set([...ours, ...theirs])].filter(iso => ours.has(iso) !== theirs.has(iso));
    assert.deepEqual(differences.sort(), Object.keys(KNOWN_DIFFERENCES).sort());
  });

  it('are eight a year but for the years with special days', () => {
    const counts: Record<string, number> = {};
    for (const iso of calendar.holidays.keys()) counts[iso.slice(0, 4)] = (counts[iso.slice(0, 4)] ?? 0) + 1;
    for (let year = 2016; year <= 2030; year++) {
      assert.equal(counts[year], year === 2022 ? 10 : year === 2023 ? 9 : 8, `${year}`);
    }
  });

  it('all fall on Monday to Friday, as a holiday on a weekend is given on another day', () => {
    assert.deepEqual([...calendar.holidays.keys()], calendar.weekdayHolidays);
  });

  it('leave no year that is covered without its table', () => {
    assert.equal(calendar.covers.from.iso, '2016-01-01');
    assert.equal(calendar.covers.to.iso, '2030-12-31');
  });

  for (const [date, name] of [
    ['2020-05-08', 'Early May bank holiday (VE day), moved from 4 May'],
    ['2020-05-04', undefined],
    ['2022-06-02', 'Spring bank holiday, moved from 30 May'],
    ['2022-06-03', 'Platinum Jubilee of Queen Elizabeth II'],
    ['2022-05-30', undefined],
    ['2022-09-19', 'State funeral of Queen Elizabeth II'],
    ['2023-05-08', 'Coronation of King Charles III'],
  ] as const) {
    it(`have ${name ?? 'nothing'} on ${date}`, () => assert.equal(calendar.holidays.get(date), name));
  }
});

describe('Loading a calendar', () => {
  const good = {
    id: 'x',
    title: 'X',
    jurisdiction: 'Nowhere',
    covers: { from: '2026-01-01', to: '2026-12-31' },
    holidays: { '2026-12-25': 'Christmas Day', '2026-01-03': 'A Saturday', '2026-01-01': "New Year's Day" },
  };

  it('sorts the holidays and keeps those on weekends out of the count', () => {
    const loaded = loadCalendar(good);
    assert.deepEqual([...loaded.holidays.keys()], ['2026-01-01', '2026-01-03', '2026-12-25']);
    assert.deepEqual(loaded.weekdayHolidays, ['2026-01-01', '2026-12-25']);
  });

  for (const [situation, data, path] of [
    ['a list', [], ''],
    ['no title', { ...good, title: undefined }, '/title'],
    ['no bounds', { ...good, covers: null }, '/covers'],
    ['a bound that is no date', { ...good, covers: { from: '2026-01-01', to: '2026-02-30' } }, '/covers/to'],
    ['an end before its start', { ...good, covers: { from: '2026-12-31', to: '2026-01-01' } }, '/covers'],
    ['a holiday that is no date', { ...good, holidays: { '2026-02-30': 'x' } }, '/holidays/2026-02-30'],
    ['a holiday outside the bounds', { ...good, holidays: { '2027-01-01': 'x' } }, '/holidays/2027-01-01'],
    ['a holiday without a name', { ...good, holidays: { '2026-01-01': null } }, '/holidays/2026-01-01'],
  ] as const) {
    it(`refuses ${situation} and says where`, () => {
      assert.throws(
        () => loadCalendar(data),
        (error: unknown) => error instanceof BadCalendar && error.path === path,
      );
    });
  }
});

function readWeekdayHolidays(first: number, last: number): string[] {
  const source = new Holidays('GB', 'ENG');
  const dates: string[] = [];
  for (let year = first; year <= last; year++) {
    for (const holiday of source.getHolidays(year)) {
      const weekday = new Date(`${holiday.date.slice(0, 10)}T12:00:00Z`).getUTCDay();
      if (holiday.type === 'public' && weekday >= 1 && weekday <= 5) dates.push(holiday.date.slice(0, 10));
    }
  }
  return dates;
}
