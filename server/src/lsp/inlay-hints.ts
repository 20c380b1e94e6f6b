/** Inlay hints: how long a clock of the policy ran and what it allows, and what a code of the vocabularies stands for. */
import { type InlayHint, InlayHintKind, type InlayHintParams } from 'vscode-languageserver';
import { titleOf } from '../check/dated-places.ts';
import { describeClock } from '../check/describe-clock.ts';
import { findNode } from '../engine/locate.ts';
import type { Span, TreeNode } from '../engine/located-tree.ts';
import type { SchemaGuide } from '../engine/schema-guide.ts';
import { toRange, toSpan } from './convert.ts';
import { openReview } from './open-review.ts';
import type { Session } from './session.ts';
import { findValues, isCode, wordOf } from './vocabulary.ts';

export function provideInlayHints(session: Session): void {
  session.connection.languages.inlayHint.on(
    session.fence.request('inlay hints', [], params => listHints(session, params)),
  );
}

/** What is shown behind a value. */
interface Hint {
  readonly at: number;
  readonly label: string;
  readonly tooltip: string;
}

function listHints(session: Session, { textDocument, range }: InlayHintParams): InlayHint[] {
  const open = openReview(session, textDocument);
  if (open === undefined) return [];
  const shown = toSpan(open.document, range);
  const { root } = session.workspace.parsed(open.uri);
  const hints = [
    ...(root ? codeHints(session.workspace.guide(open.uri), root, shown) : []),
    ...clockHints(session, open.uri, root, shown),
  ];
  return hints.map(({ at, label, tooltip }) => ({
    position: toRange(open.document, { start: at, end: at }).start,
    label,
    kind: InlayHintKind.Type,
    paddingLeft: true,
    ...(tooltip !== '' && { tooltip }),
  }));
}

function clockHints(
  { workspace, say }: Session,
  uri: string,
  root: TreeNode | undefined,
  shown: Span,
): Hint[] {
  const hints = new Map<string, Hint>();
  const { root: schema } = workspace.guide(uri);
  const titles = new Map(workspace.rules(uri).map(({ id, title }) => [id, title]));
  for (const clock of workspace.report(uri).clocks) {
    const isStopped = clock.state === 'within' || clock.state === 'over';
    const node = findNode(root, isStopped ? clock.to : clock.from);
    if (node?.kind !== 'scalar' || !isShown(node.end, shown)) continue;
    const words = describeClock(clock, say);
    // At its start nothing beside it says what the clock waits for.
    const label = isStopped ? words : `${titleOf(root, schema, clock.to)}: ${words}`;
    const hint = { at: node.end, label, tooltip: titles.get(clock.rule) ?? '' };
    // Several checks may read the same clock.
    hints.set(`${hint.at} ${hint.label}`, hint);
  }
  return [...hints.values()];
}

function codeHints(guide: SchemaGuide, root: TreeNode, shown: Span): Hint[] {
  return [...findValues(root, guide.root, shown)].flatMap(placed => {
    const { span } = placed;
    const word = wordOf(placed);
    if (word === undefined || !isCode(word) || !isShown(span.end, shown)) return [];
    // Titles begin with the code where people say it: "18: investigation complete, no suspect identified".
    const label = word.title.replace(/^[\w/]+: /, '');
    return [{ at: span.end, label, tooltip: word.description }];
  });
}

function isShown(at: number, { start, end }: Span): boolean {
  return start <= at && at <= end;
}
