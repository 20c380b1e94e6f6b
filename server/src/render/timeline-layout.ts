/**
 * Where everything of a timeline stands in its drawing: a lane for each section, in it rows of limits, gaps and events
 * with as many labels as fit. What finds no room is gathered into marks that count it. Nothing is left out.
 */
import { beginOf, finishOf } from '../calendar/index.ts';
import { describeClock } from '../check/describe-clock.ts';
import {
  eventsInOrder,
  isBreached,
  type TimelineCase,
  type TimelineEntry,
  type TimelineGap,
  type TimelineLimit,
} from '../check/timeline.ts';
import type { Say } from '../texts/say.ts';
import { createTimeScale, type TimeScale } from './time-scale.ts';

export interface TimelineLayout {
  readonly scale: TimeScale;
  /** The events in order; a mark names them by their place in it. */
  readonly entries: readonly TimelineEntry[];
  readonly groups: readonly LaneGroup[];
  readonly height: number;
}

/** The lanes of one review. */
export interface LaneGroup {
  readonly of: TimelineCase;
  readonly y: number;
  readonly lanes: readonly Lane[];
  readonly asOf: number | undefined;
}

export interface Lane {
  readonly key: string;
  readonly title: string;
  readonly y: number;
  readonly height: number;
  readonly bars: readonly Bar[];
  readonly marks: readonly Mark[];
}

interface Labelled {
  readonly y: number;
  readonly labelY: number;
  readonly label: string;
  readonly labelX: number;
  /** The label stands before its thing where there is no room behind it. */
  readonly anchor: 'start' | 'end';
}

export interface Bar extends Labelled {
  readonly of: TimelineLimit | TimelineGap;
  /** What goes on below the label, where it does not fit beside the bar in one line. */
  readonly below?: string | undefined;
  readonly from: number;
  /** The end of the limit; undefined for a gap. */
  readonly due: number | undefined;
  readonly to: number;
}

export interface Mark extends Labelled {
  /** Several where they stand too close. */
  readonly events: readonly number[];
  readonly from: number;
  readonly to: number;
}

const AXIS = 34;
const GROUP_TITLE = 26;
const ROW = 20;
const LANE_TITLE = 22;
const LANE_PAD = 4;
const NARROWEST = 320;
/** In a narrow drawing hardly any two labels stand side by side, so it has more rows, and a label all the room there is. */
const NARROW = 700;
const WIDE_LOOK = { mostRows: 5, longestLabel: 42 };
const NARROW_LOOK = { mostRows: 12, longestLabel: Number.POSITIVE_INFINITY };
const MARK = 10;
/** Marks without room that stand closer than this, which is what the label of several takes, are gathered. */
const GATHERED = 78;
const SPACE = 5;
const CHARACTER = 6.4;

export function layOutTimeline(cases: readonly TimelineCase[], width: number, say: Say): TimelineLayout {
  const entries = eventsInOrder(cases);
  const scale = createTimeScale(cases.flatMap(timesOf), Math.max(width, NARROWEST));
  let y = AXIS;
  const groups = cases.map((of, i): LaneGroup => {
    const top = y;
    if (cases.length > 1) y += GROUP_TITLE;
    const own = entries.flatMap((entry, index) => (entry.of === of ? [{ index, event: entry.event }] : []));
    const lanes = of.sections.map(({ key, title }) => {
      const lane = layOutLane(of, key, own, scale, say);
      const placed = { key, title, y, ...lane };
      y += lane.height;
      return placed;
    });
    return { of, y: top, lanes, asOf: of.asOf && i === 0 ? scale.x(of.asOf) : undefined };
  });
  return { scale, entries, groups, height: y + AXIS };
}

function timesOf({ events, limits, asOf }: TimelineCase): Date[] {
  return [
    ...events.flatMap(({ begin, finish }) => [begin, finish]),
    ...limits.flatMap(({ due, stop }) => [finishOf(due), beginOf(stop)]),
    ...(asOf ? [asOf] : []),
  ];
}

interface Own {
  readonly index: number;
  readonly event: TimelineEntry['event'];
}

function layOutLane(
  of: TimelineCase,
  section: string,
  own: readonly Own[],
  scale: TimeScale,
  say: Say,
): Pick<Lane, 'bars' | 'marks' | 'height'> {
  const isHere = (thing: { readonly section: string }) => thing.section === section;
  const bars = new Rows(scale.width, Number.POSITIVE_INFINITY);
  const placedBars = [...of.limits.filter(isHere), ...of.gaps.filter(isHere)].map((thing): Bar => {
    const ends = barEnds(thing, scale);
    const place = bars.placeWhole(ends.from, Math.max(ends.to, ends.due ?? 0), wordsOfBar(thing, say));
    return { of: thing, ...ends, ...place };
  });
  const { mostRows, longestLabel } = scale.width < NARROW ? NARROW_LOOK : WIDE_LOOK;
  const rows = new Rows(scale.width, mostRows - 1);
  const marks: Mark[] = [];
  const crowded: Mark[] = [];
  const here = own.filter(({ event }) => isHere(event));
  // What was found comes first, so that its label has room.
  const [found, others] = [
    here.filter(({ event }) => isBreached(event)),
    here.filter(({ event }) => !isBreached(event)),
  ];
  for (const { index, event } of [...found, ...others]) {
    const begin = scale.x(event.begin);
    // An instant is in the middle of its mark, a day begins where its mark does.
    const from = event.moment instanceof Date ? begin - MARK / 2 : begin;
    const to = Math.max(scale.x(event.finish), from + MARK);
    const place = rows.place(from, to, shorten(event.title, longestLabel));
    if (place) marks.push({ events: [index], from, to, ...place });
    else gather(crowded, index, from);
  }
  const titles = new Map(own.map(({ index, event }) => [index, event.title]));
  const barsHeight = bars.count * ROW;
  const crowdedY = rows.count * ROW;
  const gathered = crowded.map((mark, i) => {
    const labelX = mark.from + MARK + SPACE;
    const room = Math.floor(((crowded[i + 1]?.from ?? scale.width) - labelX) / CHARACTER) - 1;
    const count = mark.events.length;
    const label =
      count > 1
        ? say('{count} more', { count })
        : shorten(titles.get(mark.events[0]!)!, Math.min(room, longestLabel));
    return { ...mark, y: crowdedY, labelY: crowdedY, label, labelX };
  });
  const rowCount = rows.count + (crowded.length > 0 ? 1 : 0);
  return {
    bars: placedBars.map(bar => lower(bar, LANE_TITLE)),
    marks: [...marks, ...gathered].map(mark => lower(mark, LANE_TITLE + barsHeight)),
    height: LANE_TITLE + barsHeight + rowCount * ROW + LANE_PAD,
  };
}

/** Adds an event to the mark before it, or makes it one of its own. */
function gather(crowded: Mark[], index: number, from: number): void {
  const last = crowded.at(-1);
  if (last && from - last.from < GATHERED)
    crowded[crowded.length - 1] = { ...last, events: [...last.events, index] };
  else
    crowded.push({
      events: [index],
      from,
      to: from + MARK,
      y: 0,
      labelY: 0,
      label: '',
      labelX: from,
      anchor: 'start',
    });
}

function lower<T extends Labelled>(thing: T, by: number): T {
  return { ...thing, y: thing.y + by, labelY: thing.labelY + by };
}

function barEnds(thing: TimelineLimit | TimelineGap, scale: TimeScale): Pick<Bar, 'from' | 'due' | 'to'> {
  const from = scale.x(thing.from.begin);
  if (!('clock' in thing)) return { from, due: undefined, to: scale.x(thing.to.begin) };
  return { from, due: scale.x(finishOf(thing.due)), to: Math.max(from, scale.x(beginOf(thing.stop))) };
}

/** How long it took, and for what. */
function wordsOfBar(thing: TimelineLimit | TimelineGap, say: Say): readonly string[] {
  return 'clock' in thing
    ? [`${describeClock(thing.clock, say)}:`, thing.title]
    : [say('Gap of {length}', { length: thing.length })];
}

/** Rows in which labelled things stand side by side. */
class Rows {
  readonly #taken: [number, number][][] = [];
  readonly #width: number;
  readonly #most: number;

  constructor(width: number, most: number) {
    this.#width = width;
    this.#most = most;
  }

  get count(): number {
    return this.#taken.length;
  }

  /** Rows there must be. Words that do not fit beside it in one line take two, or stand below all together. */
  placeWhole(from: number, to: number, words: readonly string[]): Labelled & Pick<Bar, 'below'> {
    const [first = '', ...more] = words;
    const whole = words.join(' ');
    const room = this.#room(from, to);
    if (whole.length <= room) return this.place(from, to, whole)!;
    if (words.some(line => line.length > room)) return this.#placeAbove(from, to, words);
    const row = this.#taken.length;
    this.#taken.push([[0, this.#width]], [[0, this.#width]]);
    const below = more.join(' ');
    const { labelX, anchor } = this.#beside(from, to, Math.max(first.length, below.length));
    return { y: row * ROW, labelY: row * ROW, label: first, below, labelX, anchor };
  }

  /** In the first row with room; undefined where there is none. A label that fits on neither side is cut. */
  place(from: number, to: number, text: string): Labelled | undefined {
    const label = shorten(text, this.#room(from, to));
    const { labelX, anchor, start, end } = this.#beside(from, to, label.length);
    const row = this.#take(start, end);
    return row === undefined ? undefined : { y: row * ROW, labelY: row * ROW, label, labelX, anchor };
  }

  /** How many characters there is room for, before or behind. */
  #room(from: number, to: number): number {
    return Math.floor((Math.max(from, this.#width - to) - SPACE) / CHARACTER);
  }

  /** Where a label of so many characters begins or ends, and what it takes up together with its thing. */
  #beside(from: number, to: number, characters: number) {
    const length = characters * CHARACTER;
    const isBehind = length <= this.#width - to - SPACE;
    return isBehind
      ? { labelX: to + SPACE, anchor: 'start' as const, start: from, end: to + SPACE + length }
      : { labelX: from - SPACE, anchor: 'end' as const, start: from - SPACE - length, end: to };
  }

  /** The bar above its words, which are in two lines where one is too short. */
  #placeAbove(from: number, to: number, words: readonly string[]): Labelled & Pick<Bar, 'below'> {
    const row = this.#taken.length;
    const room = Math.floor(this.#width / CHARACTER);
    const whole = words.join(' ');
    const lines = whole.length <= room ? [whole] : words.map(line => shorten(line, room));
    this.#taken.push([[from, to]], ...lines.map((): [number, number][] => [[0, this.#width]]));
    const [label = '', below] = lines;
    const longest = Math.max(...lines.map(line => line.length)) * CHARACTER;
    const labelX = Math.max(0, Math.min(from, this.#width - longest));
    return { y: row * ROW, labelY: (row + 1) * ROW, label, below, labelX, anchor: 'start' };
  }

  #take(start: number, end: number): number | undefined {
    const isFree = (row: readonly [number, number][]) =>
      row.every(([from, to]) => end + SPACE <= from || to + SPACE <= start);
    const free = this.#taken.findIndex(isFree);
    const row = free < 0 ? this.#taken.length : free;
    if (row >= this.#most) return undefined;
    if (free < 0) this.#taken.push([]);
    this.#taken[row]!.push([start, end]);
    return row;
  }
}

function shorten(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, Math.max(0, longest - 1)).trimEnd()}…` : text;
}
