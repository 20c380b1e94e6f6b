/** Selection ranges: from the word at the cursor to its value, its field, its entry, its section and the whole review. */
import type { SelectionRange, SelectionRangeParams } from 'vscode-languageserver';
import { isPair, pathAt } from '../engine/locate.ts';
import type { Pair, ParsedText, Span, TreeNode } from '../engine/located-tree.ts';
import { refAt } from '../engine/refs.ts';
import { toOffset, toRange } from './convert.ts';
import { openReview } from './open-review.ts';
import type { Session } from './session.ts';

export function provideSelectionRanges(session: Session): void {
  session.connection.onSelectionRanges(
    session.fence.request('selection ranges', [], params => listRanges(session, params)),
  );
}

function listRanges(session: Session, { textDocument, positions }: SelectionRangeParams): SelectionRange[] {
  const open = openReview(session, textDocument);
  if (open === undefined) return [];
  const parsed = session.workspace.parsed(open.uri);
  return positions.map(position => {
    const spans = growingSpans(parsed, toOffset(open.document, position));
    return spans.reduceRight<SelectionRange | undefined>(
      (parent, span) => ({ range: toRange(open.document, span), ...(parent && { parent }) }),
      undefined,
    )!;
  });
}

/** Each within the next; the last is the whole text. */
function growingSpans(parsed: ParsedText, offset: number): Span[] {
  const { text, root } = parsed;
  const found = pathAt(root, offset);
  const word = refAt(text, offset) ?? wordAt(text, offset);
  const inner: readonly (Span | undefined)[] =
    found === undefined
      ? [word]
      : found.part === 'key'
        ? [word, found.pair?.keySpan, found.pair && spanOfPair(found.pair), ...around(found.pair?.parent)]
        : [word, insideQuotes(text, found.node), ...around(found.node)];
  const spans: Span[] = [];
  for (const span of [...inner, { start: 0, end: text.length }]) {
    const last = spans.at(-1);
    if (span === undefined || span.start > offset || span.end < offset) continue;
    if (
      last === undefined ||
      (span.start <= last.start && span.end >= last.end && lengthOf(span) > lengthOf(last))
    )
      spans.push({ start: span.start, end: span.end });
  }
  return spans;
}

/** The node, the field it is the value of, and so on outwards. */
function around(node: TreeNode | undefined): Span[] {
  if (node === undefined) return [];
  const { parent } = node;
  if (parent === undefined) return [node];
  return isPair(parent) ? [node, spanOfPair(parent), ...around(parent.parent)] : [node, ...around(parent)];
}

function spanOfPair({ keySpan, value }: Pair): Span {
  return { start: keySpan.start, end: Math.max(keySpan.end, value.end) };
}

function insideQuotes(text: string, { start, end, kind }: TreeNode): Span | undefined {
  const isQuoted = kind === 'scalar' && /^["']/.test(text.slice(start, end));
  return isQuoted ? { start: start + 1, end: end - 1 } : undefined;
}

function wordAt(text: string, offset: number): Span | undefined {
  const from = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(from, `${text}\n`.indexOf('\n', from));
  const words = [...line.matchAll(/[\p{L}\p{N}_]+/gu)].map(({ 0: word, index }) => ({
    start: from + index,
    end: from + index + word.length,
  }));
  return words.find(({ start, end }) => start <= offset && offset <= end);
}

const lengthOf = ({ start, end }: Span): number => end - start;
