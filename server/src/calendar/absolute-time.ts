/** From the clock on a London wall back to absolute time: when a moment begins and ends, which a day does at midnight. */
import { Day } from './day.ts';
import { addDays } from './elapsed.ts';
import { addHours } from './instant.ts';
import type { Moment } from './limit.ts';
import { londonClock } from './london.ts';

/** Midnight in London, for a day. */
export function beginOf(moment: Moment): Date {
  return moment instanceof Day ? atLondonClock(new Date(`${moment.iso}T00:00:00Z`)) : moment;
}

/** The midnight that ends a day; an instant ends as it begins. */
export function finishOf(moment: Moment): Date {
  return moment instanceof Day ? beginOf(addDays(moment, 1)) : moment;
}

/**
 * The instant at which a London clock shows what `wall` shows in Greenwich. Of an hour that comes twice, the first; of
 * one that the change to summer time leaves out, the one before.
 */
export function atLondonClock(wall: Date): Date {
  const shown = (instant: Date) => onLondonClock(instant).getTime();
  // The clock is never more than an hour ahead, and hardly ever behind.
  const ahead = shown(wall) - Math.floor(wall.getTime() / 60_000) * 60_000;
  const early = new Date(wall.getTime() - ahead);
  const hourBefore = addHours(early, -1);
  return shown(hourBefore) === shown(early) ? hourBefore : early;
}

/** What a London clock shows at an instant, cut to the minute, as if it were the clock of Greenwich. */
export function onLondonClock(instant: Date): Date {
  return new Date(`${londonClock(instant)}Z`);
}
