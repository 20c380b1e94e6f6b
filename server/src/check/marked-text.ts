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
  readonly rule: string;
  /** Undefined where the marker does not pin the wording. */
  readonly message: string | undefined;
}

export interface MarkedText {
  readonly text: string;
  readonly marks: readonly Mark[];
}

const CARETS = /^(\s*)(#)(\s*)(\^+)\s+([\w-]+(?:\/[\w-]+)?)(?:\s+(".*"))?\s*$/;
const SPANNED = /^\s*#@ (\d+):(\d+)-(\d+):(\d+) ([\w-]+(?:\/[\w-]+)?)(?:\s+(".*"))?\s*$/;

export function parseMarkedText(source: string): MarkedText {
  const kept: string[] = [];
  const marks: { line: number; start: number; length: number; rule: string; message: string | undefined }[] =
    [];
  const spanned: {
    from: [number, number];
    to: [number, number];
    rule: string;
    message: string | undefined;
  }[] = [];
  for (const line of source.split('\n')) {
    const carets = CARETS.exec(line);
    const far = carets ? null : SPANNED.exec(line);
    if (carets) {
      const [, indent, , gap, run, rule, message] = carets as unknown as string[];
      const touching = gap === '';
      const start = indent!.length + (touching ? 0 : 1 + gap!.length);
      marks.push({
        line: kept.length - 1,
        start,
        length: run!.length + (touching ? 1 : 0),
        rule: rule!,
        message: unquote(message),
      });
    } else if (far) {
      const [, l1, c1, l2, c2, rule, message] = far as unknown as string[];
      spanned.push({
        from: [Number(l1) - 1, Number(c1) - 1],
        to: [Number(l2) - 1, Number(c2) - 1],
        rule: rule!,
        message: unquote(message),
      });
    } else kept.push(line);
  }
  const text = kept.join('\n');
  const index = new LineIndex(text);
  return {
    text,
    marks: [
      ...marks.map(({ line, start, length, rule, message }) => {
        const offset = index.offset(line, start);
        return { start: offset, end: offset + length, rule, message };
      }),
      ...spanned.map(({ from, to, rule, message }) => ({
        start: index.offset(...from),
        end: index.offset(...to),
        rule,
        message,
      })),
    ],
  };
}

const unquote = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : (JSON.parse(text) as string);

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
