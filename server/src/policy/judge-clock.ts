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
import type { CompiledCheck, CompiledClock } from './compile-rule.ts';
import type { Context } from './context.ts';

/** A clock as it was read. Its wording is worked out when somebody asks: most clocks are kept and nobody does. */
class ClockReading implements Clock {
  readonly rule: string;
  readonly check: string;
  readonly version: string;
  readonly state: Clock['state'];
  readonly from: string;
  readonly to: string;
  readonly unit: Clock['unit'];
  /** In the clock's unit. */
  readonly passed: number;
  readonly allowed: number;
  readonly end: Moment;
  readonly isBackwards: boolean;

  constructor(check: CompiledCheck, clock: CompiledClock, context: Context, calendar: Calendar) {
    const start = clock.start.evaluate(context) as Moment;
    const hasStopped = clock.stopped.evaluate(context) as boolean;
    const stop = (hasStopped ? clock.stop.evaluate(context) : context.asOf) as Moment;
    this.rule = check.rule.id;
    this.check = check.id;
    this.version = check.from;
    this.unit = clock.unit;
    this.allowed = Number(clock.limit.evaluate(context));
    this.end = endOfLimit(clock.unit, calendar, start, this.allowed);
    this.passed = passed(clock.unit, calendar, start, stop);
    const isOver = isAfter(stop, this.end);
    this.state = hasStopped ? (isOver ? 'over' : 'within') : isOver ? 'lapsed' : 'running';
    this.from = clock.from.resolve(context);
    this.to = clock.to.resolve(context);
    this.isBackwards = hasStopped && isAfter(start, stop);
  }

  get elapsed(): string {
    return formatElapsed(this.passed, this.unit);
  }

  get limit(): string {
    return formatElapsed(this.allowed, this.unit);
  }

  get due(): string {
    return this.end instanceof Day ? formatDay(this.end) : formatInstant(this.end);
  }

  get dueAt(): string {
    return this.end instanceof Day ? this.end.iso : this.end.toISOString();
  }
}

/** The clock as read, or undefined while it has not started. `isBackwards` when it stopped before it started. */
export function judgeClock(
  check: CompiledCheck,
  clock: CompiledClock,
  context: Context,
  calendar: Calendar,
): ClockReading | undefined {
  return clock.started.evaluate(context) ? new ClockReading(check, clock, context, calendar) : undefined;
}
