/** Go to definition in policy files: a parameter, a source or a rule in its pack, a name of a check in that check. */
import type { Location } from 'vscode-languageserver';
import { findNode, isPair, pathAt, pointerOf } from '../engine/locate.ts';
import type { Span, TreeNode } from '../engine/located-tree.ts';
import type { PolicyHome } from '../workspace/policy-desk.ts';
import { toRange } from './convert.ts';
import { type CelAtCursor, celAt, type OpenPolicy } from './open-policy.ts';
import { readLines } from './read-lines.ts';
import type { Session } from './session.ts';

export function definePolicy(session: Session, open: OpenPolicy, offset: number): Location[] {
  const { desk } = session.workspace;
  const root = desk.parsed(open.uri)?.root;
  const cel = celAt(session, open, offset);
  if (!cel) return locations(session, namedAt(session, open, root, offset));
  const thing = cel.cursor.thing();
  if (thing?.kind === 'parameter') return locations(session, desk.homeOf(open.uri, 'parameter', thing.name));
  const span = thing?.kind === 'name' ? homeOfName(cel, root, thing.name) : undefined;
  return locations(session, span && { uri: open.uri, span });
}

/** What is named outside of CEL: by the key of a parameter or a rule, or in a list of sources. */
function namedAt(
  { workspace: { desk } }: Session,
  { uri, kind }: OpenPolicy,
  root: TreeNode | undefined,
  offset: number,
): PolicyHome | undefined {
  const found = pathAt(root, offset);
  if (!found) return undefined;
  const { part, pointer, node, pair } = found;
  const value = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : '';
  if (/\/sources\/\d+$/.test(pointer)) return desk.homeOf(uri, 'source', value);
  if (kind !== 'config' || part !== 'key' || !pair) return undefined;
  if (pointer === `/adopted/${pair.key}`) return desk.homeOf(uri, 'parameter', pair.key);
  return pointer.startsWith('/severities/') ? desk.homeOf(uri, 'rule', pair.key) : undefined;
}

/** A name of the check: under \`let\`, or called so by \`as\`. */
function homeOfName({ piece }: CelAtCursor, root: TreeNode | undefined, name: string): Span | undefined {
  const segments = pointerOf(piece.node).split('/');
  for (let depth = segments.length - 1; depth > 0; depth--) {
    const owner = findNode(root, segments.slice(0, depth).join('/'));
    const own = findNode(owner, `/let/${name}`)?.parent;
    if (own && isPair(own)) return own.keySpan;
    const as = findNode(owner, '/as');
    if (as?.kind === 'scalar' && as.value === name) return as;
  }
  return undefined;
}

function locations(session: Session, home: PolicyHome | undefined): Location[] {
  if (!home) return [];
  const range = toRange(readLines(session, home.uri), home.span);
  return [{ uri: session.documents.spelled(home.uri), range }];
}
