/** What holds for the tree of every text, good or broken. */
import assert from 'node:assert/strict';
import { findNode, pointerOf } from '../../server/src/engine/locate.ts';
import type { Pair, ParsedText, Span, TreeNode } from '../../server/src/engine/located-tree.ts';

export function assertSoundTree({ text, root, problems }: ParsedText): void {
  for (const { span, message } of problems) {
    assertInside(span, { start: 0, end: text.length });
    assert.ok(span.start < span.end || text === '', 'the span of a problem is not empty');
    assert.match(message, /^[A-Z].*[.?]$/);
  }
  if (root) visit(root);

  function visit(node: TreeNode): void {
    assertInside(node, { start: 0, end: text.length });
    if (node.kind === 'scalar') {
      assert.ok(typeof node.value !== 'number' || Number.isFinite(node.value));
      return;
    }
    const ends = node.kind === 'seq' ? node.items.map(({ end }) => end) : node.pairs.map(endOf);
    assert.deepEqual(
      ends,
      ends.toSorted((a, b) => a - b),
      'children stand in the order of the text',
    );
    if (node.kind === 'seq') {
      for (const item of node.items) {
        assert.equal(item.parent, node);
        assertInside(item, node);
        visit(item);
      }
      return;
    }
    for (const pair of node.pairs) {
      assert.equal(pair.parent, node);
      assert.equal(pair.value.parent, pair);
      assertInside(pair.keySpan, node);
      assertInside(pair.value, node);
      visit(pair.value);
    }
  }
}

const endOf = ({ keySpan, value }: Pair): number => Math.max(keySpan.end, value.end);

function assertInside(inner: Span, outer: Span): void {
  const holds = outer.start <= inner.start && inner.start <= inner.end && inner.end <= outer.end;
  assert.ok(holds, `${inner.start}-${inner.end} is not inside ${outer.start}-${outer.end}`);
}

/** Every node but those below a key that occurs again. */
export function assertPointersLead(root: TreeNode | undefined): void {
  if (root) visit(root);

  function visit(node: TreeNode): void {
    assert.equal(findNode(root, pointerOf(node)), node);
    if (node.kind === 'scalar') return;
    for (const child of node.kind === 'seq' ? node.items : node.pairs) {
      if ('kind' in child) visit(child);
      else if (child.parent.pairs.findLast(({ key }) => key === child.key) === child) visit(child.value);
    }
  }
}

/** The tree as text: values with the stretch of text they were read from. */
export function outline({ text, root }: ParsedText): string {
  const quote = ({ start, end }: Span): string =>
    `<${text.slice(start, end).replaceAll('\n', '⏎').replaceAll('\r', '␍')}>`;
  const show = (node: TreeNode): string => {
    if (node.kind === 'scalar') return `${JSON.stringify(node.value)}${node.quoted ? '!' : ''}${quote(node)}`;
    if (node.kind === 'seq') return `[${node.items.map(show).join(', ')}]${quote(node)}`;
    return `{${node.pairs.map(({ key, keySpan, value }) => `${key}${quote(keySpan)}: ${show(value)}`).join(', ')}}${quote(node)}`;
  };
  return root ? show(root) : '';
}

export const problemsOf = ({ text, problems }: ParsedText): string[] =>
  problems.map(({ code, span }) => `${code} <${text.slice(span.start, span.end).replaceAll('\n', '⏎')}>`);
