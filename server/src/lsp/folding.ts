/** Folding: sections, entries and whatever else stretches over lines, and comments of several lines. */
import { type FoldingRange, FoldingRangeKind, type FoldingRangeParams } from 'vscode-languageserver';
import type { Span, TreeNode } from '../engine/located-tree.ts';
import { type Lines, toRange } from './convert.ts';
import { openReview } from './open-review.ts';
import type { Session } from './session.ts';

export function provideFolding(session: Session): void {
  session.connection.onFoldingRanges(
    session.fence.request('folding', [], params => listFolds(session, params)),
  );
}

function listFolds(session: Session, { textDocument }: FoldingRangeParams): FoldingRange[] {
  const open = openReview(session, textDocument);
  if (open === undefined) return [];
  const { root } = session.workspace.parsed(open.uri);
  const folds = [
    ...[...stretches(root)].flatMap(span => toFold(open.document, span)),
    ...commentBlocks(open.document.getText()).flatMap(span =>
      toFold(open.document, span, FoldingRangeKind.Comment),
    ),
  ];
  // An entry and its first field may begin on one line; the longer one counts.
  const byLine = new Map<number, FoldingRange>();
  for (const fold of folds) {
    const known = byLine.get(fold.startLine);
    if (known === undefined || known.endLine < fold.endLine) byLine.set(fold.startLine, fold);
  }
  return [...byLine.values()].sort((a, b) => a.startLine - b.startLine);
}

/** From a key to the end of its value, and every entry of a list. */
function* stretches(node: TreeNode | undefined): Generator<Span> {
  if (node === undefined || node.kind === 'scalar') return;
  if (node.kind === 'seq') {
    for (const item of node.items) {
      yield item;
      yield* stretches(item);
    }
    return;
  }
  for (const { keySpan, value } of node.pairs) {
    yield { start: keySpan.start, end: value.end };
    yield* stretches(value);
  }
}

function commentBlocks(text: string): Span[] {
  return [...text.matchAll(/^[ \t]*#.*(?:\r?\n[ \t]*#.*)+/gm)].map(({ 0: block, index }) => ({
    start: index,
    end: index + block.length,
  }));
}

function toFold(lines: Lines, span: Span, kind?: FoldingRangeKind): FoldingRange[] {
  const { start, end } = toRange(lines, span);
  return start.line < end.line
    ? [{ startLine: start.line, endLine: end.line, ...(kind !== undefined && { kind }) }]
    : [];
}
