/** The values of a review with what the schema says about them, and the words of vocabularies among them. */
import type { Scalar, Span, TreeNode } from '../engine/located-tree.ts';
import type { GuideEntry, Word } from '../engine/schema-guide.ts';

export interface PlacedValue {
  readonly span: Span;
  readonly value: Scalar;
  readonly entry: GuideEntry;
}

/**
 * Every value that the schema knows, and every key that is a word, in the order of the text. The tree is walked along
 * the schema, and only within a stretch of the text.
 */
export function* findValues(node: TreeNode, entry: GuideEntry, within: Span): Generator<PlacedValue> {
  if (node.end < within.start || node.start > within.end) return;
  if (node.kind === 'scalar') {
    yield { span: node, value: node.value, entry };
  } else if (node.kind === 'seq') {
    if (entry.items === undefined) return;
    for (const item of node.items) yield* findValues(item, entry.items, within);
  } else {
    const { keys } = entry;
    for (const { key, keySpan, value } of node.pairs) {
      if (keys !== undefined) yield { span: keySpan, value: key, entry: keys };
      const child = entry.child(key);
      if (child !== undefined) yield* findValues(value, child, within);
    }
  }
}

export function wordOf({ value, entry }: PlacedValue): Word | undefined {
  return entry.words?.find(word => word.value === value);
}

/** Whether a word is a code such as 18, 19C or C2, which says little to those who do not know the list. */
export function isCode({ value }: Word): boolean {
  return /^[A-Z]?\d{1,2}[A-Z]?$/.test(String(value));
}
