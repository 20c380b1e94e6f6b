/**
 * What can be wrong with the YAML of a text, in our own words: no message quotes the text or the library.
 * Finding it is for `parse-yaml.ts`.
 */
import type { SyntaxProblem } from './located-tree.ts';

/** Collections inside one another; a review needs six. */
export const MAX_DEPTH = 100;
/** A text with more problems than this is not a review; the first ones are enough. */
export const MAX_PROBLEMS = 100;

/**
 * Behind these the parser is off the track: what else it reports may be nothing but an echo. The other problems leave
 * the text around them as it was written.
 */
const DERAILING: ReadonlySet<ProblemCode> = new Set([
  'bad-indent',
  'block-in-flow',
  'key-on-several-lines',
  'lone-carriage-return',
  'missing-bracket',
  'missing-character',
  'missing-colon',
  'missing-comma',
  'missing-dash',
  'missing-quote',
  'nested-on-one-line',
  'tab-indent',
  'unexpected',
]);

/**
 * Collects problems: their place made safe, none twice, no echoes, never more than anyone would read.
 *
 * The rule about echoes: a section is what begins with a line that is not indented and ends before the next one. In
 * each section, nothing is reported behind the first problem that derails the parser. Every section stands for
 * itself, because the parser is back on the track at a line that is not indented. A second slip in one section shows
 * when the first is mended.
 */
export class ProblemList {
  readonly #text: string;
  #problems: SyntaxProblem[] = [];
  #sectionStarts: readonly number[] | undefined;
  /** By section, where the parser left the track. */
  readonly #derailed = new Map<number, number>();
  #isClosed = false;

  constructor(text: string) {
    this.#text = text;
  }

  add(code: ProblemCode, start: number, end: number): void {
    if (this.#isClosed || this.#problems.length >= MAX_PROBLEMS) return;
    const at = this.#visible(start);
    const section = this.#sectionAt(at);
    const derailed = this.#derailed.get(section);
    // Where something was opened and not closed, that is the cause of whatever else is said of the same place.
    const isCause = code === 'missing-bracket' || code === 'missing-quote';
    if (derailed !== undefined && (isCause ? at > derailed : at >= derailed)) return;
    const isKnown = this.#problems.some(p => p.code === code && p.span.start === at);
    if (isKnown) return;
    if (DERAILING.has(code)) {
      // Two lines stand on this one for the parser, and what it says of them is an echo.
      const from = code === 'lone-carriage-return' ? this.#text.lastIndexOf('\n', at) + 1 : at;
      this.#derailed.set(section, from);
      this.#problems = this.#problems.filter(
        p => p.span.start < from || this.#sectionAt(p.span.start) !== section,
      );
    }
    this.#problems.push({
      code,
      message: MESSAGES[code],
      span: { start: at, end: this.#endOnLine(at, end) },
    });
  }

  /** What was found in a part of the text. */
  takeOver(problems: readonly SyntaxProblem[]): void {
    for (const { code, span } of problems) this.add(code as ProblemCode, span.start, span.end);
  }

  /** Nothing after this is reported: it would be an echo of giving up. */
  close(): void {
    this.#isClosed = true;
  }

  inOrder(): readonly SyntaxProblem[] {
    return this.#problems.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  }

  /**
   * An offset inside the text and on a line. What lies at a line break is shown by the last character before it: a
   * break cannot be seen, and with CRLF it would be another place.
   */
  #visible(offset: number): number {
    const text = this.#text;
    const at = Math.max(0, Math.min(offset, text.length - 1));
    if (!isLineBreak(text.charCodeAt(at))) return at;
    let last = at - 1;
    while (last >= 0 && isBlank(text.charCodeAt(last))) last--;
    if (last < 0) return at;
    return last > 0 && isLowSurrogate(text.charCodeAt(last)) ? last - 1 : last;
  }

  /** On the line of `start` and without its break; behind `start`, unless the text ends there. */
  #endOnLine(start: number, end: number): number {
    const text = this.#text;
    const least = start + (isLowSurrogate(text.charCodeAt(start + 1)) ? 2 : 1);
    return Math.min(text.length, Math.max(least, Math.min(end, lineEnd(text, start))));
  }

  /** The section's number; -1 before the first. */
  #sectionAt(offset: number): number {
    this.#sectionStarts ??= sectionStarts(this.#text);
    let low = 0;
    let high = this.#sectionStarts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sectionStarts[middle]! <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

/** The lines that are not indented, but for comments, entries of a list and the brackets that end a value. */
function sectionStarts(text: string): number[] {
  const starts: number[] = [];
  for (let at = 0; at < text.length; ) {
    const first = text.charCodeAt(at);
    const isEntry = first === 0x2d && isBlank(text.charCodeAt(at + 1));
    if (!isBlank(first) && !isEntry && !'#]}'.includes(text.charAt(at))) starts.push(at);
    const end = text.indexOf('\n', at);
    if (end < 0) break;
    at = end + 1;
  }
  return starts;
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
    'This bracket is not closed by one of its kind. Add the closing bracket, indented deeper than its key.',
  'missing-character': 'A character is missing here. Check the colon, comma, dash or space in this place.',
  'missing-colon': 'A colon is missing after this key. Write it as "key: value".',
  'missing-comma': 'A comma is missing between these entries. Add the comma.',
  'missing-dash': 'An entry of a list must begin with a dash. Add "- " before it.',
  'missing-quote': 'The quote opened here is not closed. Add the closing quote.',
  'nested-on-one-line':
    'Only one "key: value" fits on a line here. Put the value on its own, deeper indented line, or quote it.',
  'no-colon':
    'This stands in brackets without a colon, so it is read as a key of its own. Quote the text that it belongs to, or write "key: value".',
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

export function isLineBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

export function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isLineBreak(text.charCodeAt(at))) at++;
  return at;
}
