/**
 * From time to the width of a drawing. Stretches in which nothing happens, and which are much longer than everything
 * else, are broken out of the axis, so that a date of ten years ago leaves room for the days of the case.
 */
import { utcMonday, utcSunday, utcTickInterval } from 'd3-time';
import {
  atLondonClock,
  calendarDays,
  Day,
  dayOf,
  formatDay,
  formatElapsed,
  onLondonClock,
} from '../calendar/index.ts';

export interface TimeScale {
  readonly width: number;
  x(time: Date): number;
  readonly ticks: readonly Tick[];
  readonly breaks: readonly Break[];
}

export interface Tick {
  readonly x: number;
  /** Empty where there is no room for one. */
  readonly label: string;
  readonly labelX: number;
}

/** A stretch that is left out. */
export interface Break {
  readonly x: number;
  readonly width: number;
  /** How much. */
  readonly label: string;
  /** Its middle. */
  readonly labelX: number;
}

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly x: number;
  readonly width: number;
  /** Of its time alone, in the scale that all pieces share. */
  readonly length: number;
}

const DAY = 86_400_000;
const BREAK_WIDTH = 52;
/** Before a last day that stands alone, such as that until which the review is kept: what is said there stands to the left. */
const LAST_BREAK_WIDTH = 20;
const SHORTEST_BREAK = 120 * DAY;
const MOST_BREAKS = 12;
/** What is left out takes at least so many times as long as what stays. */
const DOMINANCE = 2;
/** Before the beginning of a piece, so that marks there are not cut. */
const PAD = 14;
/** A piece has room for a date beside its time, however short that is. */
const NARROWEST = 78;
const LAST_DAY_WIDTH = 2 * PAD;
const TICK_DISTANCE = 90;
/** Between two labels. */
const LABEL_GAP = 10;
const CHARACTER = 6.5;

/** `times` are all that have to fit, at least one. */
export function createTimeScale(times: readonly Date[], width: number): TimeScale {
  const pieces = toPieces(
    [...new Set(times.map(time => time.getTime()))].sort((a, b) => a - b),
    width,
  );
  const breaks = pieces.slice(1).map((piece, i) => breakBetween(pieces[i]!, piece));
  return {
    width,
    x: time => xOf(pieces, time.getTime()),
    ticks: pieces.flatMap((piece, i) => ticksOf(piece, breaks[i] && startOfLabel(breaks[i]))),
    breaks,
  };
}

function breakBetween(before: Piece, piece: Piece): Break {
  const x = before.x + before.width;
  const days = calendarDays(dayOf(new Date(before.to)), dayOf(new Date(piece.from)));
  const stretch = { x, width: piece.x - x, label: formatElapsed(days, 'days') };
  const middle = x + stretch.width / 2;
  if (stretch.width === BREAK_WIDTH) return { ...stretch, labelX: middle };
  const end = ticksOf(piece)[0]!.labelX - LABEL_GAP;
  return { ...stretch, labelX: end - (stretch.label.length * CHARACTER) / 2 };
}

function startOfLabel({ label, labelX }: Break): number {
  return labelX - (label.length * CHARACTER) / 2;
}

function toPieces(times: readonly number[], width: number): Piece[] {
  const runs = splitAtGaps(times);
  const [from, to] = runs.at(-1)!;
  const lastDay = runs.length > 1 && to - from <= DAY ? runs.length - 1 : undefined;
  const narrowest = (i: number) => (i === lastDay ? LAST_DAY_WIDTH : NARROWEST);
  const breakBefore = (i: number) => (i === 0 ? 0 : i === lastDay ? LAST_BREAK_WIDTH : BREAK_WIDTH);
  const total = runs.reduce((sum, [from, to]) => sum + to - from, 0);
  const taken = runs.reduce((sum, _, i) => sum + narrowest(i) + breakBefore(i), 0);
  const room = Math.max(0, width - taken);
  let x = 0;
  return runs.map(([from, to], i) => {
    x += breakBefore(i);
    const share = total === 0 ? 0 : (room * (to - from)) / total;
    const piece = { from, to, x, width: share + narrowest(i), length: share };
    x += piece.width;
    return piece;
  });
}

/** Leaves out the longest gaps, as many as outweigh the rest together. */
function splitAtGaps(times: readonly number[]): [number, number][] {
  const gaps = times.slice(1).map((time, i) => ({ at: i + 1, length: time - times[i]! }));
  const longest = gaps.filter(({ length }) => length >= SHORTEST_BREAK).sort((a, b) => b.length - a.length);
  let rest = gaps.reduce((sum, { length }) => sum + length, 0);
  let count = 0;
  for (const [i, { length }] of longest.slice(0, MOST_BREAKS).entries()) {
    rest -= length;
    if (length >= DOMINANCE * rest) count = i + 1;
  }
  const cuts = longest
    .slice(0, count)
    .map(({ at }) => at)
    .sort((a, b) => a - b);
  return [0, ...cuts].map((start, i) => [times[start]!, times[(cuts[i] ?? times.length) - 1]!]);
}

function xOf(pieces: readonly Piece[], time: number): number {
  const next = pieces.findIndex(({ to }) => time <= to);
  const piece = pieces.at(next)!;
  if (time < piece.from) {
    // Within a break, or before everything.
    const before = pieces[next - 1];
    if (before === undefined) return piece.x;
    const [start, end] = [before.x + before.width, piece.x];
    return start + ((end - start) * (time - before.to)) / (piece.from - before.to);
  }
  const inside = piece.to === piece.from ? 0 : Math.min(1, (time - piece.from) / (piece.to - piece.from));
  return piece.x + PAD + inside * piece.length;
}

/** Ticks at whole hours, days, weeks from Monday, months or years of the clock in London; at least one. */
function ticksOf(piece: Piece, until = piece.x + piece.width): Tick[] {
  const { from, to, width } = piece;
  const begin = width < NARROWEST ? 0 : piece.x;
  const [first, last] = [onLondonClock(new Date(from)), onLondonClock(new Date(to))];
  const interval = utcTickInterval(first, last, Math.max(1, Math.floor(width / TICK_DISTANCE)));
  const walls =
    (interval === utcSunday ? utcMonday : interval)?.range(first, new Date(last.getTime() + 1)) ?? [];
  const found = walls.map(wall => ({ wall, time: atLondonClock(wall).getTime() }));
  const inside = found.filter(({ time }) => time >= from && time <= to);
  const ticks = inside.length > 0 ? inside : [{ wall: first, time: from }];
  const step = ticks.length > 1 ? ticks[1]!.time - ticks[0]!.time : 0;
  let free = begin;
  return ticks.map(({ wall, time }, i) => {
    const x = xOf([piece], time);
    const label = labelOf(wall, step, i === 0);
    const length = label.length * CHARACTER;
    const labelX = Math.max(begin, Math.min(x + 3, until - length));
    if (i > 0 && (labelX < free || labelX + length < x)) return { x, label: '', labelX };
    free = labelX + length + LABEL_GAP;
    return { x, label, labelX };
  });
}

function labelOf(wall: Date, step: number, isFirst: boolean): string {
  const iso = wall.toISOString();
  const [day = '', month = '', year = ''] = formatDay(Day.parse(iso.slice(0, 10))!).split(' ');
  if (step >= 360 * DAY) return year;
  if (step >= 27 * DAY) return isFirst || month === 'Jan' ? `${month} ${year}` : month;
  const clock = iso.slice(11, 16);
  const hasClock = step > 0 && step < DAY && clock !== '00:00';
  if (isFirst) return `${day} ${month} ${year}${hasClock ? ` ${clock}` : ''}`;
  if (hasClock) return clock;
  return month === 'Jan' && Number(day) <= 7 ? `${day} ${month} ${year}` : `${day} ${month}`;
}
