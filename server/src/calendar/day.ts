/** A calendar date without a time of day, and how an instant becomes one in London. */
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import { parseInstant } from './instant.ts';
import { londonClock } from './london.ts';

const ISO_DATE = /^\d{4}-\d\d-\d\d$/;
const EVERY_MONTH = /-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/;

/** Immutable; two days of the same date are equal by `equals`. */
export class Day {
  /** `YYYY-MM-DD` */
  readonly iso: string;
  #date: PlainDate.Record | undefined;
  #number: number | undefined;

  private constructor(iso: string, date?: PlainDate.Record) {
    this.iso = iso;
    this.#date = date;
  }

  /** The date as Temporal has it, for this folder alone; made when first asked for, as most days are only compared. */
  get date(): PlainDate.Record {
    this.#date ??= dateOf(this.iso);
    return this.#date;
  }

  /** Days since 1 January 1970; worked out once, because the same days are counted between over and over. */
  get number(): number {
    this.#number ??= PlainDate.diffDays(dateOf('1970-01-01'), this.date);
    return this.#number;
  }

  /** Reads a date, or an RFC 3339 instant as its date in London; `undefined` for anything else, such as 30 February. */
  static parse(text: string): Day | undefined {
    if (!ISO_DATE.test(text)) {
      const instant = parseInstant(text);
      return instant && dayOf(instant);
    }
    // Every month has these days; of the others the calendar is asked.
    if (EVERY_MONTH.test(text)) return new Day(text);
    try {
      return new Day(text, dateOf(text));
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

/** Of a text of the form `YYYY-MM-DD`; throws where there is no such date. */
function dateOf(iso: string): PlainDate.Record {
  return PlainDate.create(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), Number(iso.slice(8)));
}

/** The date in London at an instant. */
export function dayOf(instant: Date): Day {
  const iso = londonClock(instant).slice(0, 10);
  const day = Day.parse(iso);
  if (day === undefined) throw new RangeError(`No date of a year with four digits: ${iso}`);
  return day;
}
