/** Limits counted in calendar days and months. Bank holidays and weekends play no part here. */
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import { Day } from './day.ts';

/** Days from one date to another; the day of the event is day 0; negative when `to` is the earlier. */
export function calendarDays(from: Day, to: Day): number {
  return to.number - from.number;
}

/** The day so many whole days on (or back). */
export function addDays(day: Day, days: number): Day {
  return Day.of(PlainDate.addDays(day.date, days));
}

/** The corresponding date so many whole months on (or back), or the end of that month where it has no such date. */
export function addMonths(day: Day, months: number): Day {
  return Day.of(PlainDate.addMonths(day.date, months));
}

/**
 * Last day of a bail period of so many months "beginning with" the day after arrest, that day being counted.
 *
 * It is the day before the corresponding date. Where the month has no corresponding date (three months beginning
 * with 30 November), the period runs to the end of the month, not to the day before it.
 */
export function bailEnd(arrest: Day, months: number): Day {
  const start = addDays(arrest, 1);
  const end = addMonths(start, months);
  return end.date.day === start.date.day ? addDays(end, -1) : end;
}
