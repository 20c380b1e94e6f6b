/** A calendar date without a time of day, and how an instant becomes one in London. */
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import { parseInstant } from './instant.ts';
import { londonClock } from './london.ts';

const ISO_DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

/** Immutable; two days of the same date are equal by `equals`. */
export class Day {
  /** `YYYY-MM-DD` */
  readonly iso: string;
  #date: PlainDate.Record | undefined;

  private constructor(iso: string, date?: PlainDate.Record) {
    this.iso = iso;
    this.#date = date;
  }

  /** The date as Temporal has it, for this folder alone; made when first asked for, as most days are only compared. */
  get date(): PlainDate.Record {
    this.#date ??= PlainDate.fromString(this.iso);
    return this.#date;
  }

  /** Reads a date, or an RFC 3339 instant as its date in London; `undefined` for anything else, such as 30 February. */
  static parse(text: string): Day | undefined {
    const match = ISO_DATE.exec(text);
    if (match === null) {
      const instant = parseInstant(text);
      return instant && dayOf(instant);
    }
    const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
    // Every month has these days; of the others the calendar is asked.
    if (month >= 1 && month <= 12 && day >= 1 && day <= 28) return new Day(text);
    try {
      return new Day(text, PlainDate.create(year, month, day));
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
    if (this.iso === other.iso) return 0;
    // Of years with four digits the order of the texts is that of the dates.
    if (this.iso.length === 10 && other.iso.length === 10) return this.iso < other.iso ? -1 : 1;
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
