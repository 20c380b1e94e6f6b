/** Points in time, as JavaScript `Date`s (the timestamp type of CEL), and the hours between them. */
import * as Instant from 'temporal-polyfill/fns/Instant';

// Years 0000 and 9999 are left out so that the date in London always has a year of four digits.
const RFC_3339 = /^(?!0000|9999)\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/;

/**
 * Reads an RFC 3339 date and time; `undefined` for anything else, such as a missing offset or 30 February.
 * A second of 60 is read as 59, and what is finer than a millisecond is cut off.
 */
export function parseInstant(text: string): Date | undefined {
  if (!RFC_3339.test(text)) return undefined;
  try {
    return toDate(Instant.fromString(text));
  } catch {
    // The form is right, so this is a date, time or offset that does not exist.
    return undefined;
  }
}

/** Hours, with fractions, between two instants; negative when `to` is the earlier. Clock changes shift nothing. */
export function elapsedHours(from: Date, to: Date): number {
  return Instant.diffHours(fromDate(from), fromDate(to));
}

/** The instant so many hours on (or back), to the minute. Clock changes shift nothing. */
export function addHours(instant: Date, hours: number): Date {
  return toDate(Instant.addMinutes(fromDate(instant), Math.round(hours * 60)));
}

function fromDate(date: Date): Instant.Record {
  return Instant.fromEpochMilliseconds(date.getTime());
}

function toDate(instant: Instant.Record): Date {
  return new Date(instant.epochMilliseconds);
}
