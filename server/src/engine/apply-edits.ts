/** Applies edits to a text. How a change becomes edits is decided elsewhere. */
import type { Span } from './located-tree.ts';

/** Replaces the text from `start` to `end`; an empty span inserts. */
export interface Edit extends Span {
  readonly newText: string;
}

/**
 * All edits refer to the text as given, in any order; two insertions at one place keep their order.
 * Edits that overlap or lie outside the text are a mistake of the caller and throw.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, newText } of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < at || end < start || end > text.length)
      throw new RangeError('Edits overlap or leave the text.');
    result += text.slice(at, start) + newText;
    at = end;
  }
  return result + text.slice(at);
}
