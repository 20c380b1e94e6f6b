/** The words of the vocabularies as they stand in a review: as values, and as the keys of answers. */
import type { Span, TreeNode } from '../engine/located-tree.ts';
import type { GuideEntry, Word } from '../engine/schema-guide.ts';

export interface PlacedWord {
  readonly span: Span;
  readonly word: Word;
}

/** In the order of the text; the tree is walked along the schema, and only within a stretch of the text. */
export function* findWords(node: TreeNode, entry: GuideEntry, within: Span): Generator<PlacedWord> {
  if (node.end < within.start || node.start > within.end) return;
  if (node.kind === 'scalar') {
    const word = entry.words?.find(({ value }) => value === node.value);
    if (word !== undefined) yield { span: node, word };
  } else if (node.kind === 'seq') {
    if (entry.items === undefined) return;
    for (const item of node.items) yield* findWords(item, entry.items, within);
  } else {
    const words = entry.keys?.words;
    for (const { key, keySpan, value } of node.pairs) {
      const word = words?.find(known => String(known.value) === key);
      if (word !== undefined) yield { span: keySpan, word };
      const child = entry.child(key);
      if (child !== undefined) yield* findWords(value, child, within);
    }
  }
}

/** Whether a word is a code such as 18, 19C or C2, which says little to those who do not know the list. */
export function isCode({ value }: Word): boolean {
  return /^[A-Z]?\d{1,2}[A-Z]?$/.test(String(value));
}
