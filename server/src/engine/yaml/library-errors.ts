/** What the library reports, in our words and at the place that a person would mend. */
import type { CST, ErrorCode } from 'yaml';
import { isBlank, lineEnd, type ProblemCode, type ProblemList } from '../syntax-problems.ts';

export interface LibraryError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly pos: readonly [number, number];
}

const CODES: Record<ErrorCode, ProblemCode> = {
  ALIAS_PROPS: 'alias-with-properties',
  BAD_ALIAS: 'bad-alias',
  BAD_COLLECTION_TYPE: 'bad-tag',
  BAD_DIRECTIVE: 'bad-directive',
  BAD_DQ_ESCAPE: 'bad-escape',
  BAD_INDENT: 'bad-indent',
  BAD_PROP_ORDER: 'misplaced-properties',
  BAD_SCALAR_START: 'bad-start',
  BLOCK_AS_IMPLICIT_KEY: 'nested-on-one-line',
  BLOCK_IN_FLOW: 'block-in-flow',
  DUPLICATE_KEY: 'duplicate-key',
  IMPOSSIBLE: 'unreadable',
  KEY_OVER_1024_CHARS: 'key-too-long',
  MISSING_CHAR: 'missing-character',
  MULTILINE_IMPLICIT_KEY: 'key-on-several-lines',
  MULTIPLE_ANCHORS: 'misplaced-properties',
  MULTIPLE_DOCS: 'several-documents',
  MULTIPLE_TAGS: 'misplaced-properties',
  NON_STRING_KEY: 'complex-key',
  RESOURCE_EXHAUSTION: 'too-deep',
  TAB_AS_INDENT: 'tab-indent',
  TAG_RESOLVE_FAILED: 'bad-tag',
  UNEXPECTED_TOKEN: 'unexpected',
};

/** yaml 2.9 says MISSING_CHAR for ten different characters, and names the missing one only in its sentence. */
const BY_SENTENCE: readonly (readonly [RegExp, ProblemCode])[] = [
  [/^Missing closing/, 'missing-quote'],
  [/end with a/, 'missing-bracket'],
  [/^Missing , or :|^Missing ,/, 'missing-comma'],
  [/^Implicit map keys/, 'missing-colon'],
  [/^Sequence item without/, 'missing-dash'],
  [/^Comments must be/, 'bad-comment'],
  [/^Tags and anchors/, 'misplaced-properties'],
  [/^A block sequence may not/, 'bad-indent'],
];

function toProblemCode(code: ErrorCode, message: string): ProblemCode {
  if (code === 'MISSING_CHAR' || code === 'BAD_INDENT' || code === 'BLOCK_AS_IMPLICIT_KEY') {
    for (const [pattern, found] of BY_SENTENCE) if (pattern.test(message)) return found;
  }
  return CODES[code] ?? 'unreadable';
}

/** Where the library sees a mistake: an offset, a token, or a range of which the first two numbers count. */
type ErrorPlace = number | readonly number[] | { readonly offset: number; readonly source?: string };

/** Turns what the library reports into problems, at the place that a person would mend. */
export class LibraryErrors {
  readonly #text: string;
  readonly #problems: ProblemList;
  /** Quotes and brackets that were not closed: the library says only where it gave up waiting for the end. */
  #unclosed: [ProblemCode, number][] = [];

  constructor(text: string, problems: ProblemList) {
    this.#text = text;
    this.#problems = problems;
  }

  /** Stands in for the error handler of the library's composer. */
  readonly add = (place: ErrorPlace, code: ErrorCode, message: string, isWarning = false): void => {
    if (isWarning) return;
    const found = toProblemCode(code, message);
    let [start, end] = rangeOf(place);
    if (found === 'missing-quote' || found === 'missing-bracket') {
      this.#unclosed.push([found, start]);
      return;
    }
    // A key of several lines has that complaint; its length depends on the line ends.
    if (found === 'key-too-long' && end - this.#text.lastIndexOf('\n', start) <= 1024) return;
    if (found === 'bad-indent') {
      // Not the blanks but the words that stand too far left or right.
      while (start < this.#text.length && isBlank(this.#text.charCodeAt(start))) start++;
      end = lineEnd(this.#text, start);
    }
    this.#problems.add(found, start, end);
  };

  addAll(errors: readonly LibraryError[]): void {
    for (const { code, message, pos } of errors) this.add(pos, code, message);
  }

  /** Looks for the openings of what was not closed among the tokens of a document. Costs nothing where all is closed. */
  placeUnclosed(contents: CST.Token | undefined): void {
    if (this.#unclosed.length === 0) return;
    const isPlaced = contents !== undefined && this.#placeIn(contents);
    if (!isPlaced) for (const [code, at] of this.#unclosed) this.#problems.add(code, at, at + 1);
    this.#unclosed = [];
  }

  /**
   * True where something was left open in this token. A bracket around something left open was not closed either,
   * or by the end of another, but that is only the echo of it.
   */
  #placeIn(token: CST.Token): boolean {
    if (token.type === 'single-quoted-scalar' || token.type === 'double-quoted-scalar') {
      const { offset, source } = token;
      if (source.length > 1 && source.endsWith(source.charAt(0))) return false;
      this.#problems.add('missing-quote', offset, lineEnd(this.#text, offset));
      return true;
    }
    if (token.type !== 'block-map' && token.type !== 'block-seq' && token.type !== 'flow-collection')
      return false;
    let isOpenInside = false;
    for (const { key, value } of token.items) {
      if (key && this.#placeIn(key)) isOpenInside = true;
      if (value && this.#placeIn(value)) isOpenInside = true;
    }
    if (isOpenInside || token.type !== 'flow-collection') return isOpenInside;
    if (token.end[0]?.source === (token.start.source === '{' ? '}' : ']')) return false;
    this.#problems.add('missing-bracket', token.offset, token.offset + 1);
    return true;
  }
}

function rangeOf(place: ErrorPlace): [number, number] {
  if (typeof place === 'number') return [place, place + 1];
  if ('offset' in place) return [place.offset, place.offset + (place.source?.length ?? 1)];
  const [start = 0, end = start + 1] = place;
  return [start, end];
}
