/**
 * Limits counted in working days: Monday to Friday without the bank holidays of a calendar.
 * Outside what the calendar covers every function throws `CannotTell`; a wrong count is never given.
 */
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import { type Calendar, CannotTell, isCovered } from './calendar.ts';
import type { Day } from './day.ts';
import { addDays, calendarDays } from './elapsed.ts';
import { formatDay, formatElapsed } from './format-time.ts';

const FRIDAY = 5;

export function isWorkingDay(calendar: Calendar, day: Day): boolean {
  demandCovered(calendar, day);
  return weekday(day) <= FRIDAY && !calendar.holidays.has(day.iso);
}

/**
 * Working days after `from` up to and including `to`: the day of the event is day 0.
 * With `to` the earlier it is the same count below zero.
 */
export function workingDaysBetween(calendar: Calendar, from: Day, to: Day): number {
  demandCovered(calendar, from);
  demandCovered(calendar, to);
  if (from.compare(to) > 0) return 0 - countForward(calendar, to, from);
  return countForward(calendar, from, to);
}

/**
 * The last day of a limit of `count` working days (a whole number, not negative): what is done by the end of it,
 * in London, is in time. Nought working days end on `from` itself, whatever day that is.
 */
export function addWorkingDays(calendar: Calendar, from: Day, count: number): Day {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`Not a count of working days: ${count}`);
  demandCovered(calendar, from);
  if (count > calendarDays(from, calendar.covers.to)) {
    throw new CannotTell(calendar, `${formatElapsed(count, 'working_days')} after ${formatDay(from)}`);
  }
  let day = from;
  let missing = count;
  // Each turn makes up for the holidays the turn before has passed, so it ends on a working day.
  while (missing > 0) {
    day = addWeekdays(day, missing);
    missing = count - workingDaysBetween(calendar, from, day);
  }
  return day;
}

function demandCovered(calendar: Calendar, day: Day): void {
  if (!isCovered(calendar.covers, day)) throw new CannotTell(calendar, formatDay(day));
}

function countForward(calendar: Calendar, from: Day, to: Day): number {
  const holidays =
    countUpTo(calendar.weekdayHolidays, to.iso) - countUpTo(calendar.weekdayHolidays, from.iso);
  return countWeekdays(from, to) - holidays;
}

/** Days from Monday to Friday after `from` up to and including `to`. */
function countWeekdays(from: Day, to: Day): number {
  const days = calendarDays(from, to);
  const start = weekday(from);
  const end = start + (days % 7);
  const passed = end <= 7 ? Math.min(end, FRIDAY) : FRIDAY + Math.min(end - 7, FRIDAY);
  return Math.floor(days / 7) * 5 + passed - Math.min(start, FRIDAY);
}

/** The day `count` (at least one) days from Monday to Friday on. */
function addWeekdays(day: Day, count: number): Day {
  const start = Math.min(weekday(day), FRIDAY);
  const sinceStart = weekday(day) - start;
  const rest = count % 5;
  const weekend = start + rest > FRIDAY ? 2 : 0;
  return addDays(day, Math.floor(count / 5) * 7 + rest + weekend - sinceStart);
}

/** 1 is Monday, 7 is Sunday. */
function weekday(day: Day): number {
  return PlainDate.dayOfWeek(day.date);
}

/** How many of the sorted texts are not after `limit`. */
function countUpTo(sorted: readonly string[], limit: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
