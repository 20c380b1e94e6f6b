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
const MOST_ROWS = 5;
const MARK = 10;
/** Marks without room that stand closer than this, which is what the label of several takes, are gathered. */
const GATHERED = 78;
const SPACE = 5;
const CHARACTER = 6.7;
const LONGEST_LABEL = 42;

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
    const { label, needed } = labelOfBar(thing, say);
    const place = bars.place(ends.from, Math.max(ends.to, ends.due ?? 0), label, needed)!;
    return { of: thing, ...ends, ...place };
  });
  const rows = new Rows(scale.width, MOST_ROWS - 1);
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
    const place = rows.place(from, to, shorten(event.title, LONGEST_LABEL));
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
        : shorten(titles.get(mark.events[0]!)!, Math.min(room, LONGEST_LABEL));
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

/** What is needed of it is the clock; what it is the clock of, the section says as well. */
function labelOfBar(
  thing: TimelineLimit | TimelineGap,
  say: Say,
): { readonly label: string; readonly needed: number } {
  if (!('clock' in thing)) return { label: say('Gap of {length}', { length: thing.length }), needed: 0 };
  const clock = describeClock(thing.clock, say);
  return { label: `${clock}: ${thing.title}`, needed: clock.length };
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

  /**
   * In the first row with room; undefined where there is none. A label that fits on neither side is cut, or stands
   * below where less than `needed` of it would be left.
   */
  place(from: number, to: number, text: string, needed = 0): Labelled | undefined {
    const before = from - SPACE;
    const behind = this.#width - to - SPACE;
    const room = Math.floor(Math.max(before, behind) / CHARACTER);
    if (room < Math.min(needed, text.length)) return this.#placeAbove(from, to, text);
    const label = shorten(text, room);
    const length = label.length * CHARACTER;
    const isBehind = length <= behind;
    const row = this.#take(isBehind ? from : before - length, isBehind ? to + SPACE + length : to);
    return row === undefined
      ? undefined
      : {
          y: row * ROW,
          labelY: row * ROW,
          label,
          labelX: isBehind ? to + SPACE : before,
          anchor: isBehind ? 'start' : 'end',
        };
  }

  #placeAbove(from: number, to: number, text: string): Labelled {
    const row = this.#taken.length;
    this.#taken.push([[from, to]], [[0, this.#width]]);
    const label = shorten(text, Math.floor(this.#width / CHARACTER));
    const labelX = Math.max(0, Math.min(from, this.#width - label.length * CHARACTER));
    return { y: row * ROW, labelY: (row + 1) * ROW, label, labelX, anchor: 'start' };
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
