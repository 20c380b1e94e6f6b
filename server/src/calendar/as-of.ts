/** The as-of date: the moment at which everything in a review is judged. It is always handed in. */
import { Day } from './day.ts';
import { parseInstant } from './instant.ts';
import { londonClock } from './london.ts';

/** The moment meant by an instant (RFC 3339) or by a date, which means the end of that day in London. Undefined for neither. */
export function parseAsOf(text: string): Date | undefined {
  const instant = parseInstant(text);
  if (instant) return instant;
  if (text.length !== 10 || !Day.parse(text)) return undefined;
  // The last minute of the day is 23:59 in London under exactly one of the two offsets in use there.
  const lastMinutes = ['+00:00', '+01:00'].map(offset => parseInstant(`${text}T23:59:59${offset}`)!);
  return lastMinutes.find(moment => londonClock(moment).endsWith('23:59')) ?? lastMinutes[0];
}
