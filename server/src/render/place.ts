/** Lines and columns as a person counts them, from 1. Inside the tool a place is a pair of offsets. */
import type { LineIndex } from '../engine/line-index.ts';
import type { Span } from '../engine/located-tree.ts';

/** A text and where its lines begin. */
export interface Source {
  readonly text: string;
  readonly lines: LineIndex;
}

/** A place, columns counted in UTF-16 units as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export interface Region {
  readonly start: Position;
  readonly end: Position;
}

export function toPosition(source: Source, offset: number): Position {
  // A place in another file may be older than the file.
  const inside = Math.min(Math.max(offset, 0), source.text.length);
  const { line, character } = source.lines.position(inside);
  return { line: line + 1, column: character + 1, offset: inside };
}

export function toRegion(source: Source, span: Span): Region {
  return { start: toPosition(source, span.start), end: toPosition(source, span.end) };
}
