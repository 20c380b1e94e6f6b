/** Limits in any unit: when one ends and how much of it has passed, between moments that are instants or days. */
import type { Calendar } from './calendar.ts';
import { Day, dayOf } from './day.ts';
import { addDays, addMonths, calendarDays } from './elapsed.ts';
import type { TimeUnit } from './format-time.ts';
import { addHours, elapsedHours } from './instant.ts';
import { addWorkingDays, workingDaysBetween } from './working-days.ts';

export type Moment = Date | Day;
export type LimitUnit = Exclude<TimeUnit, 'minutes'>;

/** The day of a moment, in London. */
export function toDay(moment: Moment): Day {
  return moment instanceof Day ? moment : dayOf(moment);
}

/** Instants are compared as instants; as soon as one side is a day, both are. */
export function isAfter(a: Moment, b: Moment): boolean {
  if (a instanceof Date && b instanceof Date) return a.getTime() > b.getTime();
  return toDay(a).compare(toDay(b)) > 0;
}

/** The last moment in time: an instant for hours, else a day. Hours need instants and throw `TypeError` for a day. */
export function endOfLimit(unit: LimitUnit, calendar: Calendar, start: Moment, limit: number): Moment {
  if (unit === 'hours') return addHours(toInstant(start), limit);
  const day = toDay(start);
  if (unit === 'days') return addDays(day, limit);
  if (unit === 'working_days') return addWorkingDays(calendar, day, limit);
  return addMonths(day, limit);
}

/** How much has passed, in the unit; months are whole ones. */
export function passed(unit: LimitUnit, calendar: Calendar, start: Moment, stop: Moment): number {
  if (unit === 'hours') return elapsedHours(toInstant(start), toInstant(stop));
  if (unit === 'working_days') return workingDaysBetween(calendar, toDay(start), toDay(stop));
  if (unit === 'days') return calendarDays(toDay(start), toDay(stop));
  return wholeMonths(toDay(start), toDay(stop));
}

function wholeMonths(start: Day, stop: Day): number {
  let months = 0;
  while (addMonths(start, months + 1).compare(stop) <= 0) months++;
  return months;
}

function toInstant(moment: Moment): Date {
  if (moment instanceof Date) return moment;
  throw new TypeError('an hour limit needs instants');
}
