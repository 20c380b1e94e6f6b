/**
 * Places inside a scalar: which stretch of the text a part of the value stands for, whatever the style (plain, quoted,
 * literal or folded). What is written and what is read differ only in blanks, escapes and doubled quotes, so the two
 * are laid side by side: words meet words, and blanks lie between them.
 */
import type { ScalarNode, Span } from './located-tree.ts';

export interface ScalarPlaces {
  /** The stretch of the text for a part of the value. */
  toText(part: Span): Span;
  /** The offset in the value for a place of the text; a place before or behind the scalar gives its first or last. */
  toValue(offset: number): number;
}

/** The whole scalar stands for each of its parts where it has no text of its own, as behind an alias. */
export function placesIn(text: string, node: ScalarNode): ScalarPlaces {
  const value = typeof node.value === 'string' ? node.value : '';
  const units = align(value, [...unitsOf(text, node)], node.end);
  if (!units) return { toText: () => ({ start: node.start, end: node.end }), toValue: () => value.length };
  return {
    toText({ start, end }) {
      const from = units[start]?.start ?? units.at(-1)?.end ?? node.end;
      return { start: from, end: end > start ? (units[end - 1]?.end ?? node.end) : from };
    },
    toValue: offset => {
      const next = units.findIndex(unit => unit.end > offset);
      return next < 0 ? value.length : next;
    },
  };
}

/** What stands in the text for one UTF-16 unit of the value. */
interface Unit extends Span {
  readonly char: string;
}

const isBlank = (char: string | undefined): boolean => char !== undefined && ' \t\n\r'.includes(char);

/** The unit for each unit of the value; undefined where the two do not fit together. */
function align(value: string, written: readonly Unit[], end: number): Unit[] | undefined {
  const units: Unit[] = [];
  let at = 0;
  for (let i = 0; i < value.length; ) {
    const blanks = runOf(k => value[i + k]);
    const around = written.slice(at, at + runOf(k => written[at + k]?.char));
    at += around.length;
    const next = written[at]?.start ?? around.at(-1)?.end ?? end;
    for (let k = 0; k < blanks; k++) {
      // A line break and its indentation may stand for one blank: the first is the break, the others lie before the word.
      const unit = around[k === 0 ? 0 : Math.max(k, around.length - blanks + k)];
      units.push(unit ?? { char: value[i + k]!, start: next, end: next });
    }
    i += blanks;
    if (i === value.length) break;
    const unit = written[at++];
    if (unit === undefined || unit.char !== value[i++]) return undefined;
    units.push(unit);
  }
  return units;
}

function runOf(charAt: (k: number) => string | undefined): number {
  let length = 0;
  while (isBlank(charAt(length))) length++;
  return length;
}

function unitsOf(text: string, { start, end, quoted }: ScalarNode): Iterable<Unit> {
  const first = text[start];
  if (!quoted) return plainUnits(text, start, end);
  if (first === '"') return escapedUnits(text, start + 1, end - 1);
  if (first === "'") return quotedUnits(text, start + 1, end - 1);
  const header = text.indexOf('\n', start);
  return header < 0 || header > end ? [] : plainUnits(text, header + 1, end);
}

function* plainUnits(text: string, start: number, end: number): Generator<Unit> {
  for (let i = start; i < end; i++) yield { char: text[i]!, start: i, end: i + 1 };
}

function* quotedUnits(text: string, start: number, end: number): Generator<Unit> {
  for (let i = start; i < end; i++) {
    const from = i;
    if (text[i] === "'") i++;
    yield { char: text[i]!, start: from, end: i + 1 };
  }
}

const ESCAPE = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|\r?\n[ \t]*|[\s\S])/y;
const ESCAPED: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

function* escapedUnits(text: string, start: number, end: number): Generator<Unit> {
  for (let i = start; i < end; ) {
    ESCAPE.lastIndex = i;
    const sequence = text[i] === '\\' ? ESCAPE.exec(text)?.[0] : undefined;
    const from = i;
    i += sequence?.length ?? 1;
    // A character beyond the first plane has two units, and both are that escape.
    for (const char of (sequence === undefined ? text[from]! : meaningOf(sequence)).split(''))
      yield { char, start: from, end: i };
  }
}

function meaningOf(sequence: string): string {
  const sign = sequence[1]!;
  if (sign === '\n' || sign === '\r') return '';
  const code = sequence.length > 2 ? Number.parseInt(sequence.slice(2), 16) : Number.NaN;
  if (code > 0x10ffff) return sequence;
  return Number.isNaN(code) ? (ESCAPED[sign] ?? sign) : String.fromCodePoint(code);
}
