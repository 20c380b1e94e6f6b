/** The shipped calendar and the days and instants the tests of this folder draw from. Runs at the project's root. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import { addDays, Day, loadCalendar, parseInstant } from '../../server/src/calendar/index.ts';

export const calendarData: unknown = parse(readFileSync('policies/england-wales/calendar.yaml', 'utf8'));
export const calendar = loadCalendar(calendarData);

export function day(text: string): Day {
  const parsed = Day.parse(text);
  if (parsed === undefined) throw new Error(`Not a day: ${text}`);
  return parsed;
}

export function instant(text: string): Date {
  const parsed = parseInstant(text);
  if (parsed === undefined) throw new Error(`Not an instant: ${text}`);
  return parsed;
}

const FIRST = day('2016-01-01');

/** Any day of 2016 to 2030, the years the calendar covers. */
export const coveredDay = fc.integer({ min: 0, max: 5478 }).map(offset => addDays(FIRST, offset));

/** Instants on both sides of a clock change in London. */
export const instantNearClockChange = fc
  .tuple(
    fc.constantFrom('2025-10-26', '2026-03-29', '2026-10-25', '2027-03-28'),
    fc.integer({ min: -4000, max: 4000 }),
  )
  .map(([date, minutes]) => new Date(instant(`${date}T01:00:00Z`).getTime() + minutes * 60_000));
