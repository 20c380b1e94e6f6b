/**
 * The functions that rules may call besides CEL's own. A condition that CEL says badly becomes one more function
 * here; a rule is never written in TypeScript.
 */
import type { Environment } from '@marcbachmann/cel-js';
import { Day } from '../calendar/day.ts';
import {
  addMonths,
  addWorkingDays,
  bailEnd,
  type Calendar,
  calendarDays,
  dayOf,
  elapsedHours,
  type Moment,
  parseInstant,
  workingDaysBetween,
} from '../calendar/index.ts';
import type { EpisodeRecord, IndexRecord } from '../engine/report.ts';
import { Identifier } from '../identifiers/identifier.ts';
import type { Operation } from './cel-operations.ts';

/** A missing episode of another review. */
export class LinkedEpisode {
  readonly ref: string;
  readonly child: string | undefined;
  readonly reported_at: Date | undefined;

  constructor({ ref, child, reportedAt }: EpisodeRecord) {
    this.ref = ref;
    this.child = child;
    this.reported_at = reportedAt === undefined ? undefined : parseInstant(reportedAt);
  }
}

/** What another review of the folder is known to say; `found` is false where no such review is there. */
export class LinkedReview {
  found = false;
  id = '';
  state = '';
  links: readonly string[] = [];
  episodes: readonly LinkedEpisode[] = [];
  oics: readonly string[] = [];

  /** What the index knows of a review, or the empty answer. */
  static from(record: IndexRecord | undefined): LinkedReview {
    const review = new LinkedReview();
    if (!record) return review;
    const { id = '', state = '', links, oics } = record;
    const episodes = record.episodes.map(episode => new LinkedEpisode(episode));
    return Object.assign(review, { found: true, id, state, links, episodes, oics });
  }
}

/** What functions need from the surroundings of one evaluation. */
export interface Surroundings {
  /** The review that has this id or this missing episode. */
  linked(ref: string): LinkedReview;
  /** What looks like an identifier in the text of this review. */
  identifiers(): readonly Identifier[];
}

const INSTANT = 'google.protobuf.Timestamp';

/** The fields of the types that do not come from the schema. */
export const OWN_TYPES = {
  Day: { iso: 'string' },
  Identifier: { kind: 'string', name: 'string', certain: 'bool' },
  LinkedEpisode: { ref: 'string', child: 'string', reported_at: INSTANT },
  LinkedReview: {
    found: 'bool',
    id: 'string',
    state: 'string',
    links: 'list<string>',
    episodes: 'list<LinkedEpisode>',
    oics: 'list<string>',
  },
} as const;

/** What the functions are for, in the words of somebody who writes a rule. */
export const MEANINGS: Readonly<Record<string, string>> = {
  hours: 'Elapsed hours from the first instant to the second.',
  days: 'Calendar days from the first day to the second.',
  working_days: 'Working days of the calendar from the first day, which is day 0, to the second.',
  months_after: 'The corresponding day so many months later.',
  working_days_after: 'The day so many working days later.',
  day: 'The day of an instant in London, or of a text such as "2026-02-03".',
  latest: 'The latest of a list; the list may not be empty.',
  earliest: 'The earliest of a list; the list may not be empty.',
  linked: 'What another review of the folder is known to say; ask found first.',
  linked_episodes: 'The missing episodes of the reviews with these refs, as far as they are known.',
  bail_end: 'The last day of a bail of so many months from the arrest.',
  mentions: 'Whether the text holds the phrase in whole words.',
  identifiers: 'Identifiers in clear that the texts and comments of the review hold.',
  title: 'How a word of a vocabulary is called: title("TracingStep", step).',
  has: 'Whether the field has an answer.',
  size: 'How many entries or characters there are.',
  all: 'Whether every entry fulfils the condition; true for an empty list.',
  exists: 'Whether an entry fulfils the condition.',
  exists_one: 'Whether exactly one entry fulfils the condition.',
  filter: 'The entries that fulfil the condition.',
  map: 'A list of what the expression makes of each entry.',
};

/** The project's functions and comparisons by their signatures. `surroundings` is asked at every evaluation. */
export function ownOperations(
  calendar: Calendar,
  surroundings: () => Surroundings,
  titleOf: (vocabulary: string, word: string) => string,
): Readonly<Record<string, Operation>> {
  const asDay = rememberedDays();
  const operations: Record<string, Operation> = {
    'Day == Day: bool': (a: Day, b: Day) => a.compare(b) === 0,
    'Day < Day: bool': (a: Day, b: Day) => a.compare(b) < 0,
    'Day <= Day: bool': (a: Day, b: Day) => a.compare(b) <= 0,
    'Day > Day: bool': (a: Day, b: Day) => a.compare(b) > 0,
    'Day >= Day: bool': (a: Day, b: Day) => a.compare(b) >= 0,
    [`hours(${INSTANT}, ${INSTANT}): double`]: elapsedHours,
    'bail_end(Day, int): Day': (arrest: Day, months: bigint) => bailEnd(arrest, Number(months)),
    [`day(${INSTANT}): Day`]: asDay,
    'day(string): Day': (text: string) => Day.parse(text) ?? invalidDay(),
    [`latest(list<${INSTANT}>): ${INSTANT}`]: (list: Date[]) =>
      extreme(list, (a, b) => b.getTime() - a.getTime()),
    [`earliest(list<${INSTANT}>): ${INSTANT}`]: (list: Date[]) =>
      extreme(list, (a, b) => a.getTime() - b.getTime()),
    'latest(list<Day>): Day': (list: Day[]) => extreme(list, (a, b) => b.compare(a)),
    'earliest(list<Day>): Day': (list: Day[]) => extreme(list, (a, b) => a.compare(b)),
    'linked(string): LinkedReview': (ref: string) => surroundings().linked(ref),
    'linked_episodes(list<string>): list<LinkedEpisode>': (refs: string[]) =>
      episodesOf(refs.map(ref => surroundings().linked(ref))),
    'identifiers(): list<Identifier>': () => surroundings().identifiers(),
    'title(string, string): string': titleOf,
    'mentions(string, string): bool': mentions,
  };
  for (const from of ['Day', INSTANT]) {
    for (const to of ['Day', INSTANT]) {
      operations[`days(${from}, ${to}): int`] = (a: Moment, b: Moment) =>
        BigInt(calendarDays(asDay(a), asDay(b)));
      operations[`working_days(${from}, ${to}): int`] = (a: Moment, b: Moment) =>
        BigInt(workingDaysBetween(calendar, asDay(a), asDay(b)));
    }
    operations[`months_after(${from}, int): Day`] = (a: Moment, n: bigint) => addMonths(asDay(a), Number(n));
    operations[`working_days_after(${from}, int): Day`] = (a: Moment, n: bigint) =>
      addWorkingDays(calendar, asDay(a), Number(n));
  }
  return operations;
}

/** Makes the project's types, and what is done with them, known to the library. */
export function registerOperations(env: Environment, operations: Readonly<Record<string, Operation>>): void {
  const classes = { Day, Identifier, LinkedEpisode, LinkedReview };
  for (const [name, ctor] of Object.entries(classes))
    env.registerType(name, { ctor, fields: { ...OWN_TYPES[name as keyof typeof classes] } });
  for (const [signature, operation] of Object.entries(operations)) {
    if (signature.includes('(')) env.registerFunction(signature, operation);
    else env.registerOperator(signature.replace(/: \w+$/, ''), operation);
  }
}

/** Each episode once, since a review may be linked by its own ref and by those of its episodes. */
function episodesOf(reviews: readonly LinkedReview[]): LinkedEpisode[] {
  const episodes = reviews.flatMap(review => review.episodes);
  return [...new Map(episodes.map(episode => [episode.ref, episode])).values()];
}

/** Whether a text holds a phrase in whole words, whatever their case and with a hyphen or a line break for a space. */
export function mentions(text: string, phrase: string): boolean {
  const words = (of: string) => ` ${(of.toLowerCase().match(WORD_OR_MARK) ?? []).join(' ')} `;
  return words(text).includes(words(phrase));
}

/** A mark such as a full stop keeps the words on both sides of it apart; a hyphen or an apostrophe does not. */
const WORD_OR_MARK = /[\p{L}\p{N}]+|[^\p{L}\p{N}\s'’-]/gu;

/** The day of a moment. Rules ask for the days of the same few instants over and over. */
function rememberedDays(): (moment: Moment) => Day {
  const days = new WeakMap<Date, Day>();
  return moment => {
    if (moment instanceof Day) return moment;
    let day = days.get(moment);
    if (day === undefined) {
      day = dayOf(moment);
      days.set(moment, day);
    }
    return day;
  };
}

function invalidDay(): never {
  throw new Error('not a date');
}

function extreme<T>(list: readonly T[], order: (a: T, b: T) => number): T {
  const [first, ...rest] = list;
  if (first === undefined) throw new Error('empty list');
  return rest.reduce((best, next) => (order(next, best) < 0 ? next : best), first);
}
