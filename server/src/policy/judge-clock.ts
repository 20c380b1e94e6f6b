/** Reads a clock of a check: how long it ran, what it allows, and whether it still runs. */

import { Day } from '../calendar/day.ts';
import { formatDay, formatElapsed, formatInstant } from '../calendar/format-time.ts';
import {
  addDays,
  addHours,
  addMonths,
  addWorkingDays,
  type Calendar,
  calendarDays,
  dayOf,
  elapsedHours,
  workingDaysBetween,
} from '../calendar/index.ts';
import type { Clock } from '../engine/report.ts';
import type { Context } from './cel-environment.ts';
import type { CompiledCheck, CompiledClock } from './compile-rule.ts';
import type { Unit } from './rule-file.ts';

type Moment = Date | Day;

/** The clock as read, or undefined while it has not started. `isBackwards` when it stopped before it started. */
export function judgeClock(
  check: CompiledCheck,
  clock: CompiledClock,
  context: Context,
  calendar: Calendar,
): (Clock & { readonly isBackwards: boolean }) | undefined {
  if (!clock.started.evaluate(context)) return undefined;
  const start = clock.start.evaluate(context) as Moment;
  const stopped = clock.stopped.evaluate(context) as boolean;
  const stop = (stopped ? clock.stop.evaluate(context) : context.as_of) as Moment;
  const limit = Number(clock.limit.evaluate(context));
  const due = deadline(clock.unit, calendar, start, limit);
  const over = isAfter(stop, due);
  return {
    rule: check.rule.id,
    check: check.id,
    state: stopped ? (over ? 'over' : 'within') : over ? 'lapsed' : 'running',
    from: clock.from.resolve(context),
    to: clock.to.resolve(context),
    elapsed: formatElapsed(elapsed(clock.unit, calendar, start, stop), clock.unit),
    limit: formatElapsed(limit, clock.unit),
    due: due instanceof Day ? formatDay(due) : formatInstant(due),
    isBackwards: stopped && isAfter(start, stop),
  };
}

const toDay = (moment: Moment): Day => (moment instanceof Day ? moment : dayOf(moment));

/** Instants are compared as instants; as soon as one side is a day, both are. */
function isAfter(a: Moment, b: Moment): boolean {
  if (a instanceof Date && b instanceof Date) return a.getTime() > b.getTime();
  return toDay(a).compare(toDay(b)) > 0;
}

function deadline(unit: Unit, calendar: Calendar, start: Moment, limit: number): Moment {
  if (unit === 'hours') return addHours(instant(start), limit);
  const day = toDay(start);
  if (unit === 'days') return addDays(day, limit);
  if (unit === 'working_days') return addWorkingDays(calendar, day, limit);
  return addMonths(day, limit);
}

function elapsed(unit: Unit, calendar: Calendar, start: Moment, stop: Moment): number {
  if (unit === 'hours') return elapsedHours(instant(start), instant(stop));
  if (unit === 'working_days') return workingDaysBetween(calendar, toDay(start), toDay(stop));
  if (unit === 'days') return calendarDays(toDay(start), toDay(stop));
  return monthsBetween(toDay(start), toDay(stop));
}

/** Whole months passed. */
function monthsBetween(start: Day, stop: Day): number {
  let months = 0;
  while (addMonths(start, months + 1).compare(stop) <= 0) months++;
  return months;
}

/** An hour clock needs instants: the type check of the pack sees to it. */
function instant(moment: Moment): Date {
  if (moment instanceof Date) return moment;
  throw new TypeError('an hour clock needs instants');
}
