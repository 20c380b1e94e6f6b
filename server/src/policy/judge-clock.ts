/** Reads a clock of a check: how long it ran, what it allows, and whether it still runs. */

import {
  type Calendar,
  Day,
  endOfLimit,
  formatDay,
  formatElapsed,
  formatInstant,
  isAfter,
  type Moment,
  passed,
} from '../calendar/index.ts';
import type { Clock } from '../engine/report.ts';
import type { Context } from './cel-node.ts';
import type { CompiledCheck, CompiledClock } from './compile-rule.ts';

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
  const due = endOfLimit(clock.unit, calendar, start, limit);
  const over = isAfter(stop, due);
  return {
    rule: check.rule.id,
    check: check.id,
    version: check.from,
    state: stopped ? (over ? 'over' : 'within') : over ? 'lapsed' : 'running',
    from: clock.from.resolve(context),
    to: clock.to.resolve(context),
    unit: clock.unit,
    elapsed: formatElapsed(passed(clock.unit, calendar, start, stop), clock.unit),
    limit: formatElapsed(limit, clock.unit),
    due: due instanceof Day ? formatDay(due) : formatInstant(due),
    isBackwards: stopped && isAfter(start, stop),
  };
}
