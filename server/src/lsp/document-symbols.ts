/** The outline: sections with how far they are answered, and below them what stands on lines of its own. */
import {
  type DocumentSymbol,
  type DocumentSymbolParams,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver';
import { describeCounts } from '../check/checklist.ts';
import { identifierOf, spanOf } from '../engine/locate.ts';
import type { Span, TreeNode } from '../engine/located-tree.ts';
import { joinPointer } from '../engine/schema-guide.ts';
import { type Lines, toRange } from './convert.ts';
import { type OpenReview, openReview } from './open-review.ts';
import type { Session } from './session.ts';

export function provideDocumentSymbols(session: Session): void {
  session.connection.onDocumentSymbol(
    session.fence.request('document symbols', [], params => listSymbols(session, params)),
  );
}

function listSymbols(
  session: Session,
  { textDocument }: DocumentSymbolParams,
): DocumentSymbol[] | SymbolInformation[] {
  const open = openReview(session, textDocument);
  if (open === undefined) return [];
  const sections = listSections(session, open);
  return session.client.symbolTree ? sections : sections.map(section => flatten(section, textDocument.uri));
}

function listSections(session: Session, { uri, document }: OpenReview): DocumentSymbol[] {
  const { root } = session.workspace.parsed(uri);
  const details = new Map(
    session.checklist(uri).sections.map(({ key, counts }) => [key, describeCounts(counts, session.say)]),
  );
  return symbolsBelow({ lines: document, root }, root).map(symbol => {
    const detail = details.get(symbol.name);
    return { ...symbol, kind: SymbolKind.Module, ...(detail !== undefined && { detail }) };
  });
}

interface Placed {
  readonly lines: Lines;
  readonly root: TreeNode | undefined;
}

const KINDS: Readonly<Record<TreeNode['kind'], SymbolKind>> = {
  map: SymbolKind.Object,
  seq: SymbolKind.Array,
  scalar: SymbolKind.Field,
};

function flatten({ name, kind, range }: DocumentSymbol, uri: string): SymbolInformation {
  return { name, kind, location: { uri, range } };
}

/** What braces and brackets hold is left out: it would make the outline as long as the review. */
function symbolsBelow(place: Placed, node: TreeNode | undefined, pointer = ''): DocumentSymbol[] {
  if (node === undefined || node.kind === 'scalar' || node.flow) return [];
  if (node.kind === 'map')
    return node.pairs.map(({ key, keySpan, value }) =>
      toSymbol(place, key, keySpan, value, joinPointer(pointer, key)),
    );
  return node.items.map((item, i) => {
    const at = joinPointer(pointer, i);
    const head = spanOf(place.root, at, place.lines.getText());
    return toSymbol(place, identifierOf(item) ?? String(i + 1), head, item, at);
  });
}

function toSymbol(place: Placed, name: string, head: Span, value: TreeNode, pointer: string): DocumentSymbol {
  const whole = { start: Math.min(head.start, value.start), end: Math.max(head.end, value.end) };
  return {
    // Clients refuse a symbol without a name.
    name: name.trim() === '' ? '""' : name,
    kind: KINDS[value.kind],
    range: toRange(place.lines, whole),
    selectionRange: toRange(place.lines, head),
    children: symbolsBelow(place, value, pointer),
  };
}
