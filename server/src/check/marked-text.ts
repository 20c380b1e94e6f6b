/**
 * Marked texts: a review in which comment lines of carets name the findings expected in the line above.
 *
 *     recorded_at: 2026-02-04T03:10:00Z
 *     #            ^^^^^^^^^^^^^^^^^^^^ recording/within-24-hours "Recorded 30 h …"
 *
 * Carets that touch the hash count the hash too, so that column 1 can be marked. `#@ line:col-line:col id` marks a
 * span over several lines (1-based, of the text without markers). Marker lines are cut out before the text is judged.
 */
import { LineIndex } from '../engine/line-index.ts';
import type { Span } from '../engine/located-tree.ts';

export interface Mark extends Span {
  /** Where the marker itself stands in the source. */
  readonly marker: Span;
  readonly rule: string;
  /** Undefined where the marker does not pin the wording. */
  readonly message: string | undefined;
}

export interface MarkedText {
  /** The source without its markers. */
  readonly text: string;
  readonly marks: readonly Mark[];
  /** The place in the source of a place in the text. */
  toSource(part: Span): Span;
}

const CARETS = /^(\s*)(#)(\s*)(\^+)\s+([\w-]+(?:\/[\w-]+)?)(?:\s+(".*"))?\s*$/;
const SPANNED = /^\s*#@ (\d+):(\d+)-(\d+):(\d+) ([\w-]+(?:\/[\w-]+)?)(?:\s+(".*"))?\s*$/;

export function parseMarkedText(source: string): MarkedText {
  const kept: { readonly line: string; readonly start: number }[] = [];
  const found: ((index: LineIndex) => Mark)[] = [];
  let start = 0;
  for (const line of source.split('\n')) {
    const read = readCarets(line, kept.length - 1) ?? readSpanned(line);
    if (read) {
      const marker = { start: start + line.search(/\S/), end: start + line.trimEnd().length };
      found.push(index => ({ ...read(index), marker }));
    } else kept.push({ line, start });
    start += line.length + 1;
  }
  const text = kept.map(({ line }) => line).join('\n');
  const index = new LineIndex(text);
  const toSource = (offset: number): number => {
    const { line, character } = index.position(offset);
    return (kept[line]?.start ?? 0) + character;
  };
  return {
    text,
    marks: found.map(make => make(index)),
    toSource: part => ({ start: toSource(part.start), end: toSource(part.end) }),
  };
}

type MarkReader = (index: LineIndex) => Omit<Mark, 'marker'>;

function readCarets(line: string, above: number): MarkReader | undefined {
  const carets = CARETS.exec(line);
  if (!carets) return undefined;
  const [, indent, , gap, run, rule, message] = carets as unknown as string[];
  const touching = gap === '';
  const character = indent!.length + (touching ? 0 : 1 + gap!.length);
  const length = run!.length + (touching ? 1 : 0);
  return index => {
    const start = index.offset(above, character);
    return { start, end: start + length, rule: rule!, message: unquote(message) };
  };
}

function readSpanned(line: string): MarkReader | undefined {
  const spanned = SPANNED.exec(line);
  if (!spanned) return undefined;
  const [, l1, c1, l2, c2, rule, message] = spanned as unknown as string[];
  const offset = (index: LineIndex, row: string, column: string) =>
    index.offset(Number(row) - 1, Number(column) - 1);
  return index => ({
    start: offset(index, l1!, c1!),
    end: offset(index, l2!, c2!),
    rule: rule!,
    message: unquote(message),
  });
}

/** A message that is no JSON text is taken as it is written, and matches nothing. */
function unquote(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as string);
  } catch {
    return text;
  }
}

/** The text with a marker below the line of each finding: what `parseMarkedText` reads. */
export function writeMarkedText(
  text: string,
  findings: readonly { readonly span: Span; readonly rule: string; readonly message: string }[],
): string {
  const index = new LineIndex(text);
  const below = new Map<number, string[]>();
  for (const { span, rule, message } of findings) {
    const [from, to] = [index.position(span.start), index.position(span.end)];
    const length = to.character - from.character;
    // Carets that touch the hash count it; a single one can only stand apart from it.
    const isShort = from.line !== to.line || length < 2;
    const carets = `${' '.repeat(from.character)}#${'^'.repeat(Math.max(0, length - 1))}`;
    const place = `${from.line + 1}:${from.character + 1}-${to.line + 1}:${to.character + 1}`;
    const mark = `${isShort ? `#@ ${place}` : carets} ${rule} ${JSON.stringify(message)}`;
    below.set(from.line, [...(below.get(from.line) ?? []), mark]);
  }
  return text
    .split('\n')
    .flatMap((line, i) => [line, ...(below.get(i) ?? [])])
    .join('\n');
}
