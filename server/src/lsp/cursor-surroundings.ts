/**
 * The lines around a cursor that say where it stands: the entries that it is in, down from its top-level section, and
 * of their neighbours no more than a dash or a key, or the words of a list. Indentation tells that; what it does not
 * tell is kept as it is.
 */
import type { Span } from '../engine/located-tree.ts';

/** A dash or a plain key at the beginning of a line. */
const HEAD = /^ *(?:-|[\w-]+:)(?=\s|$)/;
/** A dash and words: what the list holds besides is not offered once more. */
const WORDS = /^ *- +[\w"'][^:#]*$/;
const EMPTY = /^\s*(?:#|$)/;

export interface Surroundings {
  readonly before: string;
  readonly after: string;
}

/** What is kept of the text before the word at the cursor and behind it. */
export function surroundingsOf(text: string, word: Span): Surroundings {
  const section = sectionAt(text, word.start);
  const lines = text.slice(section.start, section.end).split('\n');
  const lineStart = text.lastIndexOf('\n', word.start - 1) + 1;
  const cursor = text.slice(section.start, lineStart).split('\n').length - 1;
  const block = new Block(lines, cursor, word.start - lineStart);
  while (block.narrow());
  const lineEnd = lineStart + lines[cursor]!.length;
  const join = (some: readonly (string | undefined)[]) => some.filter(line => line !== undefined).join('\n');
  return {
    before: join([...block.kept.slice(0, cursor), text.slice(lineStart, word.start)]),
    after: join([text.slice(word.end, lineEnd), ...block.kept.slice(cursor + 1)]),
  };
}

/** From the top-level key above to the next one below. */
export function sectionAt(text: string, at: number): Span {
  const isTop = (start: number): boolean => /[^\s#-]/.test(text[start] ?? ' ');
  let start = text.lastIndexOf('\n', at - 1) + 1;
  const own = start;
  while (start > 0 && (start === own || !isTop(start))) start = text.lastIndexOf('\n', start - 2) + 1;
  let end = text.indexOf('\n', at);
  while (end >= 0 && !isTop(end + 1)) end = text.indexOf('\n', end + 1);
  return { start, end: end < 0 ? text.length : end + 1 };
}

/** An entry of a map or a list, from its first line until before `end`. */
interface Entry {
  readonly start: number;
  end: number;
  /** False with a line that indentation does not explain: a bracket that closes, say. */
  isPlain: boolean;
}

/** The map or list around the cursor, outermost first. */
class Block {
  readonly kept: (string | undefined)[];
  /** As the block sees them: the dash or key of the entry that it is in is blank. */
  readonly #lines: string[];
  readonly #cursor: number;
  readonly #column: number;
  #from = 0;
  #to: number;

  constructor(lines: readonly string[], cursor: number, column: number) {
    this.kept = [...lines];
    this.#lines = [...lines];
    this.#to = lines.length;
    this.#cursor = cursor;
    this.#column = column;
  }

  /** Shortens the entries beside the one with the cursor, and steps into that; false where it is no block. */
  narrow(): boolean {
    const entries = this.#entries();
    const own = entries.findLast(({ start }) => start <= this.#cursor);
    if (own === undefined) return false;
    for (const entry of entries) if (entry !== own && entry.isPlain) this.#shorten(entry);
    if (own.start === this.#cursor) return false;
    const head = this.#head(own);
    const rest = this.#lines[own.start]!.slice(head.length);
    this.#lines[own.start] = ' '.repeat(head.length) + rest;
    this.#from = EMPTY.test(rest) ? own.start + 1 : own.start;
    this.#to = own.end;
    return true;
  }

  #shorten(entry: Entry): void {
    const { start, end } = entry;
    if (WORDS.test(this.#lines[start]!)) return;
    this.kept[start] = this.kept[start]!.slice(0, this.#head(entry).length);
    this.kept.fill(undefined, start + 1, end);
  }

  #head({ start }: Entry): string {
    return HEAD.exec(this.#lines[start]!)?.[0] ?? '';
  }

  /** None where the lines are no map or list in block style, or one of them stands further out than the first. */
  #entries(): Entry[] {
    const entries: Entry[] = [];
    let column: number | undefined;
    for (let at = this.#from; at < this.#to; at++) {
      const line = this.#lines[at]!;
      const isCursor = at === this.#cursor;
      if (!isCursor && EMPTY.test(line)) continue;
      const indentation = this.#indentation(at);
      column ??= indentation;
      if (indentation > column) continue;
      if (indentation < column && !isCursor) return [];
      const last = entries.at(-1);
      if (isCursor || HEAD.test(line)) {
        if (last) last.end = at;
        entries.push({ start: at, end: this.#to, isPlain: true });
      } else if (last) last.isPlain = false;
      else return [];
    }
    return entries;
  }

  #indentation(at: number): number {
    const indentation = this.#lines[at]!.search(/\S/);
    if (at !== this.#cursor) return indentation;
    return indentation < 0 ? this.#column : Math.min(indentation, this.#column);
  }
}
