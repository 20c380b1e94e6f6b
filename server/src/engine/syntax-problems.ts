/**
 * What can be wrong with the YAML of a text, in our own words: no message quotes the text or the library.
 * Finding it is for `parse-yaml.ts`.
 */
import type { Span, SyntaxProblem } from './located-tree.ts';

/** Collections inside one another; a review needs six. */
export const MAX_DEPTH = 100;
/** A text with more problems than this is not a review; the first ones are enough. */
const MAX_PROBLEMS = 100;

/** Collects problems: their place made safe, none twice, never more than anyone would read. */
export class ProblemList {
  readonly #text: string;
  readonly #problems: SyntaxProblem[] = [];
  #isClosed = false;

  constructor(text: string) {
    this.#text = text;
  }

  add(code: ProblemCode, start: number, end: number): void {
    if (this.#isClosed || this.#problems.length >= MAX_PROBLEMS) return;
    const span = this.#readable(start, end);
    const isKnown = this.#problems.some(p => p.code === code && p.span.start === span.start);
    if (!isKnown) this.#problems.push({ code, message: MESSAGES[code], span });
  }

  /** Nothing after this is reported: it would be an echo of giving up. */
  close(): void {
    this.#isClosed = true;
  }

  inOrder(): readonly SyntaxProblem[] {
    return this.#problems.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  }

  /** Inside the text, on one line, and not empty unless the text is. */
  #readable(start: number, end: number): Span {
    const { length } = this.#text;
    const from = Math.max(0, Math.min(start, length - 1));
    const to = Math.min(Math.max(end, from + 1), length);
    return {
      start: from,
      end: Math.min(to, Math.max(lineEnd(this.#text, from), Math.min(from + 1, length))),
    };
  }
}

const MESSAGES = {
  'alias-with-properties':
    'An alias (*name) cannot carry a tag or an anchor of its own. Remove the tag or the anchor.',
  'bad-alias':
    'The name of this anchor or alias is missing. Write & or * followed by a name, or quote the text.',
  'bad-comment': 'A comment needs a space before its #. Add the space, or quote the text.',
  'bad-directive':
    'This line starting with % is not a directive that YAML knows. Remove it, or quote the text.',
  'bad-escape':
    'This backslash sequence does not exist in double quotes. Double the backslash, or use single quotes.',
  'bad-indent':
    'The indentation does not match the lines around it. Align this line with its neighbours, using spaces.',
  'bad-tag': 'This tag cannot be read. Remove the ! or quote the text.',
  'bad-start': 'A value cannot start with this character. Put the value in quotes.',
  'block-in-flow':
    'Inside [ ] and { } everything must be written with brackets too, without dashes or indented keys.',
  'complex-key': 'A key must be a single word or text. Write a plain key here.',
  'cyclic-alias': 'This alias (*name) refers to the entry that it stands in. Write the value out.',
  'duplicate-key': 'This key occurs twice in the same place. Keep one of them.',
  'key-too-long': 'This key is too long. Put the colon within 1,024 characters of its start.',
  'key-on-several-lines': 'A key must stand on one line. Is a colon or a quote missing?',
  'lone-carriage-return':
    'A line ends in a carriage return alone here. Save the file with LF or CRLF line ends.',
  'merge-key': 'Merge keys (<<) are not supported. Write the keys out.',
  'misplaced-properties':
    'A tag or anchor stands in the wrong place here. Put it directly before the value, and only one of each.',
  'missing-bracket':
    'A bracket opened here or above is not closed. Add the closing bracket, indented deeper than its key.',
  'missing-character': 'A character is missing here. Check the colon, comma, dash or space in this place.',
  'missing-colon': 'A colon is missing after this key. Write it as "key: value".',
  'missing-comma': 'A comma is missing between these entries. Add the comma.',
  'missing-dash': 'An entry of a list must begin with a dash. Add "- " before it.',
  'missing-quote': 'A quote opened in this value is not closed. Add the closing quote.',
  'nested-on-one-line':
    'Only one "key: value" fits on a line here. Put the value on its own, deeper indented line, or quote it.',
  'not-utf8': 'This file is not UTF-8 text. Save it with the encoding UTF-8.',
  'several-documents':
    'A file holds one review only. Remove this "---" or move what follows to its own file.',
  'tab-indent': 'Tabs cannot indent YAML. Use spaces.',
  'too-deep': `Entries are nested deeper than ${MAX_DEPTH} levels here. Flatten them.`,
  'too-many-aliases': 'Aliases (*name) make this file too large to read. Write the values out.',
  unexpected:
    'This is not expected here. Check the quotes, brackets and indentation in this line and the one before.',
  'unknown-alias': 'This alias (*name) has no anchor (&name) before it. Add the anchor, or quote the text.',
  unreadable: 'This file cannot be read as YAML. Check its quotes, brackets and indentation.',
} as const satisfies Record<string, string>;

export type ProblemCode = keyof typeof MESSAGES;

export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

export function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== 0x0a && text.charCodeAt(at) !== 0x0d) at++;
  return at;
}
