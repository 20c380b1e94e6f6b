/**
 * A text after an edit, read anew only in the sections that the edit touches. What comes out is what reading the whole
 * text gives; a property test holds that over any sequence of edits.
 *
 * A section is a key at the margin with everything under it. Nothing in one reaches into another as long as the text is
 * ordinary: no mistakes, no anchors, no directives, one document. Anything else is left to a full reading.
 */
import type { MapNode, Pair, ParsedText, SeqNode, TreeNode } from './located-tree.ts';
import { parseYaml } from './parse-yaml.ts';
import { type Mutable, repeated } from './yaml/nodes.ts';

/** Reads the text; `before` is what it was before it was edited, however much. */
export function reparseYaml(text: string, before: ParsedText | undefined): ParsedText {
  return (before && readChange(text, before)) ?? parseYaml(text);
}

function readChange(text: string, before: ParsedText): ParsedText | undefined {
  const sections = sectionsOf(before);
  if (!sections) return undefined;
  const { start, end } = changeBetween(before.text, text);
  const delta = text.length - before.text.length;
  // A section whose first character may have changed is no safe beginning, nor end.
  const first = sections.findLastIndex(({ keySpan }) => keySpan.start < start);
  if (first < 0) return undefined;
  const next = sections.findIndex(({ keySpan }) => keySpan.start > end);
  const from = sections[first]!.keySpan.start;
  const to = next < 0 ? text.length : sections[next]!.keySpan.start + delta;
  const changed = sectionsOf(parseYaml(text.slice(from, to)));
  if (!changed) return undefined;
  const pairs: Pair[] = [];
  const root: Mutable<MapNode> = {
    kind: 'map',
    start: sections[0]!.keySpan.start,
    end: 0,
    pairs,
    flow: false,
    parent: undefined,
  };
  for (const pair of sections.slice(0, first)) pairs.push(copyPair(pair, 0, root));
  for (const pair of changed) pairs.push(copyPair(pair, from, root));
  for (const pair of next < 0 ? [] : sections.slice(next)) pairs.push(copyPair(pair, delta, root));
  if (repeated(pairs).length > 0) return undefined;
  const last = pairs.at(-1)!;
  root.end = Math.max(last.keySpan.end, last.value.end);
  return { text, root, problems: [], isOrdinary: true };
}

/** Undefined where a full reading is needed. */
function sectionsOf({ text, root, isOrdinary }: ParsedText): readonly Pair[] | undefined {
  if (!isOrdinary || root?.kind !== 'map' || root.flow) return undefined;
  const isAtMargin = ({ keySpan: { start } }: Pair) => start === 0 || text.charCodeAt(start - 1) === 0x0a;
  return root.pairs.every(isAtMargin) ? root.pairs : undefined;
}

/** The stretch of the old text that is not in the new one; empty where something was only put in. */
function changeBetween(old: string, now: string): { start: number; end: number } {
  const most = Math.min(old.length, now.length);
  let start = 0;
  while (start < most && old.charCodeAt(start) === now.charCodeAt(start)) start++;
  let same = 0;
  while (
    same < most - start &&
    old.charCodeAt(old.length - 1 - same) === now.charCodeAt(now.length - 1 - same)
  )
    same++;
  return { start, end: old.length - same };
}

function copyPair({ key, keySpan, value }: Pair, by: number, parent: MapNode): Pair {
  const { start, end } = keySpan;
  const pair: Mutable<Pair> = { key, keySpan: { start: start + by, end: end + by }, value, parent };
  pair.value = copyNode(value, by, pair);
  return pair;
}

function copyNode(node: TreeNode, by: number, parent: TreeNode['parent']): TreeNode {
  const span = { start: node.start + by, end: node.end + by };
  if (node.kind === 'scalar') return { ...node, ...span, parent };
  if (node.kind === 'seq') {
    const items: TreeNode[] = [];
    const seq: SeqNode = { ...node, ...span, items, parent };
    for (const item of node.items) items.push(copyNode(item, by, seq));
    return seq;
  }
  const pairs: Pair[] = [];
  const map: MapNode = { ...node, ...span, pairs, parent };
  for (const pair of node.pairs) pairs.push(copyPair(pair, by, map));
  return map;
}
