/** The line of a review that a finding points at, with the place underlined. It shows what the review says. */
import type { Span } from '../engine/located-tree.ts';
import type { Colour, Paint } from './paint.ts';
import { type Source, toRegion } from './place.ts';
import { toPrintable, widthOf } from './printable.ts';

const MARGIN = 24;

/** Two lines, `12 │ text` and the underline; a span over several lines is underlined to the end of its first. */
export function formatFrame(
  source: Source,
  span: Span,
  width: number,
  paint: Paint,
  colour: Colour,
): string[] {
  const { start, end } = toRegion(source, span);
  const lineStart = start.offset - (start.column - 1);
  const line = toPrintable(lineAt(source.text, lineStart));
  const number = String(start.line);
  const room = Math.max(width - number.length - 3, MARGIN * 2);
  const from = start.column - 1;
  const to = end.line === start.line ? end.column - 1 : line.length;
  const window = line.length <= room ? { first: 0, last: line.length } : clip(line.length, from, room);
  const before = line.slice(window.first, from);
  const marked = line.slice(from, Math.max(to, from)).slice(0, window.last - from);
  const underline = ' '.repeat(widthOf(before)) + '^'.repeat(Math.max(widthOf(marked), 1));
  return [
    `${paint.dim(`${number} │`)} ${line.slice(window.first, window.last)}`.trimEnd(),
    `${paint.dim(`${' '.repeat(number.length)} │`)} ${colour(underline)}`,
  ];
}

function lineAt(text: string, start: number): string {
  const rest = text.slice(start).search(/\r?\n|\r/);
  return rest < 0 ? text.slice(start) : text.slice(start, start + rest);
}

/** The part of a long line that is shown: some of what stands before the place, and as much as fits behind. */
function clip(length: number, from: number, room: number): { readonly first: number; readonly last: number } {
  const first = Math.max(0, Math.min(from - MARGIN, length - room));
  return { first, last: Math.min(length, first + room) };
}
