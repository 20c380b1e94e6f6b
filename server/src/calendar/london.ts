/** What the clock on a London wall shows at an instant. The one place that knows of Greenwich and summer time. */
import * as Instant from 'temporal-polyfill/fns/Instant';
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';
import { addHours } from './instant.ts';

/**
 * Date and time of day in London as `YYYY-MM-DDTHH:MM`, cut to the minute.
 *
 * From 1996 on the law is applied here, not the runtime's zone database: the first use of that database costs
 * 10 ms on Node 20, and its answers differ between releases, while a report must stay the same for ever.
 * A test compares both for every hour near a change.
 */
export function londonClock(instant: Date): string {
  const greenwich = instant.toISOString();
  if (greenwich < '1996') return clockOfZoneDatabase(instant);
  return (isSummerTime(greenwich) ? addHours(instant, 1).toISOString() : greenwich).slice(0, 16);
}

/**
 * Summer time runs from 01:00 Greenwich on the last Sunday in March to 01:00 Greenwich on the last Sunday in
 * October (Summer Time Act 1972 as amended by the Summer Time Order 2002, and its predecessors since 1996).
 */
function isSummerTime(greenwich: string): boolean {
  const year = Number(greenwich.slice(0, 4));
  const month = Number(greenwich.slice(5, 7));
  if (month === 3) return greenwich.slice(8) >= `${lastSunday(year, month)}T01`;
  if (month === 10) return greenwich.slice(8) < `${lastSunday(year, month)}T01`;
  return month > 3 && month < 10;
}

/** Day of the month of the last Sunday in a month of 31 days: always two digits. */
function lastSunday(year: number, month: 3 | 10): number {
  return 31 - (PlainDate.dayOfWeek(PlainDate.create(year, month, 31)) % 7);
}

function clockOfZoneDatabase(instant: Date): string {
  const zoned = Instant.toZonedDateTimeISO(Instant.fromEpochMilliseconds(instant.getTime()), 'Europe/London');
  return ZonedDateTime.toString(zoned).slice(0, 16);
}
