/** Blanks between the tokens of one line: one behind a colon, a dash and a comma, none within brackets. */
import type { Edit } from './apply-edits.ts';
import type { MapNode, SeqNode, Span, TreeNode } from './located-tree.ts';

export function spaceTokens(text: string, root: TreeNode): Edit[] {
  return [...gaps(text, root)].flatMap(({ start, end, allowed, wanted }) => {
    const gap = text.slice(start, end);
    return gap !== wanted && allowed.test(gap) ? trimmed(start, gap, wanted) : [];
  });
}

/** What stands between two tokens. It is left alone unless it has the form allowed: comments, anchors, line breaks. */
interface Gap extends Span {
  readonly allowed: RegExp;
  readonly wanted: string;
}

const COLON = /^[ \t]*:[ \t]+$/;
const COMMA = /^[ \t]*,[ \t]*$/;
const BLANKS = /^[ \t]+$/;

function* gaps(text: string, node: TreeNode): Generator<Gap> {
  // An alias has no inside of its own.
  if (node.kind === 'scalar' || text[node.start] === '*') return;
  const bounds = boundsOf(node);
  if (node.flow && /[[{]/.test(text[node.start] ?? '')) yield* flowGaps(text, node, bounds);
  if (node.kind === 'map') {
    for (const { keySpan, value } of node.pairs) {
      if (value.start < value.end)
        yield { start: keySpan.end, end: value.start, allowed: COLON, wanted: ': ' };
      yield* gaps(text, value);
    }
    return;
  }
  for (const item of node.items) {
    const dash = node.flow ? -1 : text.lastIndexOf('-', item.start - 1);
    if (dash >= 0 && item.start < item.end)
      yield { start: dash + 1, end: item.start, allowed: BLANKS, wanted: ' ' };
    yield* gaps(text, item);
  }
}

function* flowGaps(text: string, { start, end }: Span, bounds: readonly Span[]): Generator<Gap> {
  const [first, last] = [bounds[0], bounds.at(-1)];
  if (first === undefined || last === undefined) {
    yield { start: start + 1, end: end - 1, allowed: BLANKS, wanted: '' };
    return;
  }
  yield { start: start + 1, end: first.start, allowed: BLANKS, wanted: '' };
  for (const [i, next] of bounds.slice(1).entries()) {
    const before = bounds[i]!;
    // An empty key begins right behind the comma, however far away its colon is.
    const isNamed = /\S/.test(text[next.start] ?? '');
    if (isNamed && !isOpenEnded(text, before))
      yield { start: before.end, end: next.start, allowed: COMMA, wanted: ', ' };
  }
  if (!isOpenEnded(text, last)) yield { start: last.end, end: end - 1, allowed: BLANKS, wanted: '' };
}

/** A key without a value needs the blank behind its colon. */
function isOpenEnded(text: string, { end }: Span): boolean {
  return text[end - 1] === ':';
}

/** From the first to the last character of each entry. */
function boundsOf(node: MapNode | SeqNode): Span[] {
  if (node.kind === 'seq') return node.items.map(({ start, end }) => ({ start, end }));
  return node.pairs.map(({ keySpan, value }) => ({
    start: keySpan.start,
    end: Math.max(keySpan.end, value.end),
  }));
}

/** Only what differs is edited: of `  :  ` the colon stays. */
function trimmed(start: number, gap: string, wanted: string): Edit[] {
  const token = gap.trim();
  if (token === '') return [{ start, end: start + gap.length, newText: wanted }];
  const at = gap.indexOf(token);
  const before = { start, end: start + at, newText: '' };
  const after = { start: start + at + token.length, end: start + gap.length, newText: ' ' };
  return [before, after].filter(edit => edit.newText !== gap.slice(edit.start - start, edit.end - start));
}
