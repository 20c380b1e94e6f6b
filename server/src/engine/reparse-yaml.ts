/**
 * A text after an edit, read anew only where the edit lies. What comes out is what reading the whole text gives; a
 * property test holds that over any sequence of edits.
 *
 * Read anew are some neighbouring entries of one map or list, as deep inside as the edit goes. Nothing in them reaches
 * out of them as long as the text is ordinary: no mistakes, no anchors, no directives, one document. Anything else is
 * left to a full reading. Nodes outside the entries and not above them stay the very same objects, so that whoever
 * knows what they say need not look again; after a full reading those of the sections that say the same.
 */
import type { MapNode, Pair, ParsedText, SeqNode, Span, TreeNode } from './located-tree.ts';
import { parseYaml } from './parse-yaml.ts';
import { MAX_DEPTH } from './syntax-problems.ts';
import { type Mutable, repeated } from './yaml/nodes.ts';

type Collection = MapNode | SeqNode;

/** The entries of a collection between which an edit lies: from `first` until before `next`. */
interface Level {
  readonly node: Collection;
  readonly first: number;
  readonly next: number;
  readonly column: number;
  /** Where these entries stand in the old text: whole lines. */
  readonly from: number;
  readonly to: number;
}

/**
 * Reads the text; `before` is what it was before it was edited, however much. Its tree is taken apart to build the new
 * one, so nothing may look at it afterwards.
 */
export function reparseYaml(text: string, before: ParsedText | undefined): ParsedText {
  if (!before) return parseYaml(text);
  return readChange(text, before) ?? keepSame(parseYaml(text), before);
}

/** The same, and `before` stays as it is. */
export function readEdited(text: string, before: ParsedText): ParsedText {
  if (!before.isOrdinary) return parseYaml(text);
  return reparseYaml(text, { ...before, root: before.root && copied(before.root, undefined) });
}

function readChange(text: string, before: ParsedText): ParsedText | undefined {
  if (!before.isOrdinary) return undefined;
  const levels = levelsAround(before, changeBetween(before.text, text));
  const level = levels.at(-1);
  if (!level) return undefined;
  const delta = text.length - before.text.length;
  // A copy: parts of a text hold the whole of it in memory, and there will be a next text for every letter.
  const entries = structuredClone(text.slice(level.from, level.to + delta));
  const changed = readEntries(entries, level, level.to === before.text.length);
  if (!changed || depthOf(changed) + levels.length >= MAX_DEPTH - 1) return undefined;
  if (changed.kind === 'map' && holdsTwice(level.node as MapNode, level, changed)) return undefined;
  shift(changed, level.from);
  return { text, root: rebuilt(levels, changed, delta, undefined), problems: [], isOrdinary: true };
}

/** The stretch of the old text that is not in the new one; empty where something was only put in. */
function changeBetween(old: string, now: string): Span {
  const most = Math.min(old.length, now.length);
  const start = countSame(most, (from, to) => old.slice(from, to) === now.slice(from, to));
  const same = countSame(most - start, (from, to) => {
    const [oldEnd, nowEnd] = [old.length - from, now.length - from];
    return old.slice(oldEnd - to + from, oldEnd) === now.slice(nowEnd - to + from, nowEnd);
  });
  return { start, end: old.length - same };
}

/** How many characters are the same from one end on: whole stretches are compared, each a sixteenth of the last. */
function countSame(most: number, isSame: (from: number, to: number) => boolean): number {
  let count = 0;
  for (let step = 1 << 16; step >= 1; step >>= 4)
    while (count + step <= most && isSame(count, count + step)) count += step;
  return count;
}

/** From the root inwards; each level lies in the one entry that the level before it names. */
function levelsAround({ root, text }: ParsedText, change: Span): Level[] {
  const levels: Level[] = [];
  let node = root;
  let to = text.length;
  while (node && node.kind !== 'scalar' && !node.flow) {
    const level: Level | undefined = levelIn(node, text, change, to);
    if (!level) break;
    levels.push(level);
    if (level.next > level.first + 1) break;
    to = level.to;
    node = childOf(node, level.first);
  }
  return levels;
}

/** An entry whose first character may have changed is no safe beginning, nor is one behind another on its line. */
function levelIn(node: Collection, text: string, change: Span, end: number): Level | undefined {
  const start = headOf(node, 0, text, 0);
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  let next = sizeOf(node);
  let to = end;
  for (let i = next - 1; i >= 0; i--) {
    const head = headOf(node, i, text, column);
    if (head < 0) return undefined;
    const from = head - column;
    if (from > change.end) {
      next = i;
      to = from;
    } else if (head < change.start)
      return text.slice(from, head).trim() === '' ? { node, first: i, next, column, from, to } : undefined;
  }
  return undefined;
}

/** Where an entry begins: its key or its dash. Negative where the dash is not found. */
function headOf(node: Collection, i: number, text: string, column: number): number {
  if (node.kind === 'map') return node.pairs[i]!.keySpan.start;
  if (i === 0) return node.start;
  // An empty entry starts right behind its dash, where the line of the next one may begin.
  const lineBreak = text.lastIndexOf(`\n${' '.repeat(column)}-`, node.items[i]!.start - column - 2);
  return lineBreak < node.items[i - 1]!.end ? -1 : lineBreak + 1 + column;
}

/** Written behind the entries that are read: where it is not read as an entry of its own, they reach further. */
const NEXT = 'next-entry';

/** Undefined where the lines are not entries of the same kind in the same column and nothing else. */
function readEntries(text: string, { node, column }: Level, isEnd: boolean): Collection | undefined {
  if (column > 0 && new RegExp(`^ {0,${column - 1}}[^ #\r\n]`, 'm').test(text)) return undefined;
  const next = node.kind === 'map' ? `${NEXT}:\n` : `- ${NEXT}\n`;
  const { root, isOrdinary } = parseYaml(isEnd ? text : text + ' '.repeat(column) + next);
  if (!isOrdinary || root?.kind !== node.kind || root.flow) return undefined;
  if (headOf(root, 0, text, column) !== column) return undefined;
  return isEnd || endsApart(root) ? root : undefined;
}

/** Takes the next entry off again, if that is what it was read as. */
function endsApart(root: Collection): boolean {
  if (root.kind === 'map') return (root.pairs as Pair[]).pop()?.key === NEXT && root.pairs.length > 0;
  const last = (root.items as TreeNode[]).pop();
  return last?.kind === 'scalar' && last.value === NEXT && root.items.length > 0;
}

function depthOf(node: TreeNode): number {
  if (node.kind === 'scalar') return 0;
  let deepest = 0;
  for (let i = 0; i < sizeOf(node); i++) deepest = Math.max(deepest, depthOf(childOf(node, i)));
  return deepest + 1;
}

function holdsTwice({ pairs }: MapNode, { first, next }: Level, changed: MapNode): boolean {
  return repeated([...pairs.slice(0, first), ...changed.pairs, ...pairs.slice(next)]).length > 0;
}

/** The collection of the first level with the changed entries in their place, and what it holds else moved into it. */
function rebuilt(
  [level, ...inner]: readonly Level[],
  changed: Collection,
  delta: number,
  parent: TreeNode['parent'],
): Collection {
  const { node, first, next } = level!;
  const size = sizeOf(node);
  if (node.kind === 'map') {
    const pairs: Pair[] = [];
    const map: Mutable<MapNode> = { ...node, pairs, parent };
    for (let i = 0; i < first; i++) pairs.push(moved(node.pairs[i]!, map));
    if (inner.length > 0) {
      const pair: Mutable<Pair> = { ...node.pairs[first]!, parent: map };
      pair.value = rebuilt(inner, changed, delta, pair);
      pairs.push(pair);
    } else for (const pair of (changed as MapNode).pairs) pairs.push(moved(pair, map));
    for (let i = next; i < size; i++) pairs.push(moved(shiftPair(node.pairs[i]!, delta), map));
    const last = pairs.at(-1)!;
    map.end = Math.max(last.keySpan.end, last.value.end);
    return map;
  }
  const items: TreeNode[] = [];
  const seq: Mutable<SeqNode> = { ...node, items, parent };
  for (let i = 0; i < first; i++) items.push(moved(node.items[i]!, seq));
  if (inner.length > 0) items.push(rebuilt(inner, changed, delta, seq));
  else for (const item of (changed as SeqNode).items) items.push(moved(item, seq));
  for (let i = next; i < size; i++) items.push(moved(shift(node.items[i]!, delta), seq));
  seq.end = items.reduce((end, item) => Math.max(end, item.end), seq.start + 1);
  return seq;
}

/** Puts the sections of the old tree in the place of new ones that are the same but for where they stand. */
function keepSame(parsed: ParsedText, before: ParsedText): ParsedText {
  if (parsed.root?.kind !== 'map' || before.root?.kind !== 'map') return parsed;
  const old = new Map(before.root.pairs.map(pair => [pair.key, pair]));
  for (const pair of parsed.root.pairs as Mutable<Pair>[]) {
    const same = old.get(pair.key);
    const by = pair.value.start - (same?.value.start ?? 0);
    if (!same || !isSame(same.value, pair.value, by, same, pair)) continue;
    old.delete(pair.key);
    pair.value = moved(shift(same.value, by), pair);
  }
  return parsed;
}

/** What an alias stands for has one parent and several places; it is not the same as anything. */
function isSame(
  old: TreeNode,
  now: TreeNode,
  by: number,
  oldParent: TreeNode['parent'],
  nowParent: TreeNode['parent'],
): boolean {
  if (old.parent !== oldParent || now.parent !== nowParent || !isMoved(old, now, by)) return false;
  if (old.kind === 'scalar')
    return now.kind === 'scalar' && Object.is(old.value, now.value) && old.quoted === now.quoted;
  if (now.kind === 'scalar' || sizeOf(old) !== sizeOf(now) || old.flow !== now.flow) return false;
  if (old.kind === 'seq')
    return now.kind === 'seq' && old.items.every((item, i) => isSame(item, now.items[i]!, by, old, now));
  return (
    now.kind === 'map' &&
    old.pairs.every((pair, i) => {
      const other = now.pairs[i]!;
      return (
        pair.key === other.key &&
        isMoved(pair.keySpan, other.keySpan, by) &&
        isSame(pair.value, other.value, by, pair, other)
      );
    })
  );
}

const isMoved = (old: Span, now: Span, by: number) =>
  old.start + by === now.start && old.end + by === now.end;

function copied(node: TreeNode, parent: TreeNode['parent']): TreeNode {
  if (node.kind === 'scalar') return { ...node, parent };
  if (node.kind === 'seq') {
    const items: TreeNode[] = [];
    const seq: SeqNode = { ...node, items, parent };
    for (const item of node.items) items.push(copied(item, seq));
    return seq;
  }
  const pairs: Pair[] = [];
  const map: MapNode = { ...node, pairs, parent };
  for (const { key, keySpan, value } of node.pairs) {
    const pair: Mutable<Pair> = { key, keySpan: { ...keySpan }, value, parent: map };
    pair.value = copied(value, pair);
    pairs.push(pair);
  }
  return map;
}

function moved<T extends Pair | TreeNode>(entry: T, parent: T['parent']): T {
  (entry as Mutable<Pair | TreeNode>).parent = parent;
  return entry;
}

function shift<T extends TreeNode>(node: T, by: number): T {
  if (by === 0) return node;
  move(node, by);
  if (node.kind === 'map') for (const pair of node.pairs) shiftPair(pair, by);
  else if (node.kind === 'seq') for (const item of node.items) shift(item, by);
  return node;
}

function shiftPair(pair: Pair, by: number): Pair {
  move(pair.keySpan, by);
  shift(pair.value, by);
  return pair;
}

function move(span: Mutable<Span>, by: number): void {
  span.start += by;
  span.end += by;
}

const sizeOf = (node: Collection) => (node.kind === 'map' ? node.pairs.length : node.items.length);

const childOf = (node: Collection, i: number) =>
  node.kind === 'map' ? node.pairs[i]!.value : node.items[i]!;
