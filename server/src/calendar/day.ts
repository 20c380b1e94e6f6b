/** A calendar date without a time of day, and how an instant becomes one in London. */
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import { parseInstant } from './instant.ts';
import { londonClock } from './london.ts';

const ISO_DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

/** Immutable; two days of the same date are equal by `equals`, and deeply so in tests. */
export class Day {
  /** `YYYY-MM-DD` */
  readonly iso: string;
  /** The date as Temporal has it, for this folder alone. */
  readonly date: PlainDate.Record;

  private constructor(iso: string, date: PlainDate.Record) {
    this.iso = iso;
    this.date = date;
  }

  /** Reads a date, or an RFC 3339 instant as its date in London; `undefined` for anything else, such as 30 February. */
  static parse(text: string): Day | undefined {
    const match = ISO_DATE.exec(text);
    if (match === null) {
      const instant = parseInstant(text);
      return instant && dayOf(instant);
    }
    try {
      return new Day(text, PlainDate.create(Number(match[1]), Number(match[2]), Number(match[3])));
    } catch {
      // The form is right, so this is a date that does not exist.
      return undefined;
    }
  }

  static of(date: PlainDate.Record): Day {
    return new Day(PlainDate.toString(date), date);
  }

  /** Negative when this day is the earlier, zero when it is the same, positive when it is the later. */
  compare(other: Day): number {
    return PlainDate.compare(this.date, other.date);
  }

  equals(other: Day): boolean {
    return this.iso === other.iso;
  }

  toString(): string {
    return this.iso;
  }

  toJSON(): string {
    return this.iso;
  }
}

/** The date in London at an instant. */
export function dayOf(instant: Date): Day {
  const iso = londonClock(instant).slice(0, 10);
  const day = Day.parse(iso);
  if (day === undefined) throw new RangeError(`No date of a year with four digits: ${iso}`);
  return day;
}
