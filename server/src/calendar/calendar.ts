/** The bank-holiday table of a policy pack, read from the value of its `calendar.yaml`, and the bounds of what it knows. */
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import { Day } from './day.ts';
import { formatDay } from './format-time.ts';

export interface Calendar {
  readonly id: string;
  readonly title: string;
  readonly jurisdiction: string;
  /** First and last date the table speaks for, both included. */
  readonly covers: { readonly from: Day; readonly to: Day };
  /** Names of the bank holidays by ISO date, in order of date. */
  readonly holidays: ReadonlyMap<string, string>;
  /** ISO dates of the bank holidays from Monday to Friday, sorted: the only ones that change a count. */
  readonly weekdayHolidays: readonly string[];
}

/** Thrown instead of a count where the table does not reach; becomes a `cannot-tell` finding. */
export class CannotTell extends Error {
  override readonly name = 'CannotTell';

  /** `what` is the day or the period that lies outside, as a reader would say it. */
  constructor(calendar: Calendar, what: string) {
    const { from, to } = calendar.covers;
    super(
      `The calendar "${calendar.title}" covers ${formatDay(from)} to ${formatDay(to)}, so working days cannot be counted for ${what}.`,
    );
  }
}

/** Thrown for a `calendar.yaml` that is not one. */
export class BadCalendar extends Error {
  override readonly name = 'BadCalendar';
  /** JSON Pointer to what is wrong. */
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** Reads the parsed value of a `calendar.yaml`; throws `BadCalendar` for anything else. Touches no disk. */
export function loadCalendar(data: unknown): Calendar {
  const root = readMap(data, '');
  const bounds = readMap(root.covers, '/covers');
  const covers = { from: readDay(bounds.from, '/covers/from'), to: readDay(bounds.to, '/covers/to') };
  if (covers.from.compare(covers.to) > 0)
    throw new BadCalendar('/covers', 'The calendar ends before it begins.');

  const holidays = new Map<string, string>();
  const weekdayHolidays: string[] = [];
  for (const [date, name] of Object.entries(readMap(root.holidays, '/holidays')).sort(byKey)) {
    const path = `/holidays/${date}`;
    const day = readDay(date, path);
    if (!isCovered(covers, day))
      throw new BadCalendar(path, `${date} lies outside what the calendar covers.`);
    holidays.set(date, readText(name, path));
    if (PlainDate.dayOfWeek(day.date) <= 5) weekdayHolidays.push(date);
  }
  return {
    id: readText(root.id, '/id'),
    title: readText(root.title, '/title'),
    jurisdiction: readText(root.jurisdiction, '/jurisdiction'),
    covers,
    holidays,
    weekdayHolidays,
  };
}

export function isCovered(covers: Calendar['covers'], day: Day): boolean {
  return covers.from.compare(day) <= 0 && day.compare(covers.to) <= 0;
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

function readMap(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new BadCalendar(path, 'This must be a map.');
}

function readText(value: unknown, path: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new BadCalendar(path, 'This must be a text.');
}

function readDay(value: unknown, path: string): Day {
  const day = typeof value === 'string' && value.length === 10 ? Day.parse(value) : undefined;
  if (day !== undefined) return day;
  throw new BadCalendar(path, 'This must be a date such as 2026-02-03.');
}
