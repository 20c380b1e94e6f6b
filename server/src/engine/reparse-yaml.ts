/**
 * A text after an edit, read anew only where the edit lies. What comes out is what reading the whole text gives; a
 * property test holds that over any sequence of edits, broken texts included.
 *
 * Read anew are some neighbouring entries of one map or list, as deep inside as the edit goes, below stand-ins for the
 * collections that they are in and before a stand-in for the entry behind them. Where these are read as what they are,
 * nothing in the entries reaches out of them, mistakes or not: that is tried from the innermost entries outwards. The
 * rest of the text must be ordinary: no mistakes, no anchors, no directives, one document. Anything else is left to a
 * full reading. Nodes outside the entries and not above them stay the very same objects, so that whoever knows what
 * they say need not look again; after a full reading those of the sections that say the same.
 */
import type {
  MapNode,
  Oddity,
  Pair,
  ParsedText,
  SeqNode,
  Span,
  SyntaxProblem,
  TreeNode,
} from './located-tree.ts';
import { parseYaml } from './parse-yaml.ts';
import { MAX_PROBLEMS } from './syntax-problems.ts';
import { type Mutable, repeated } from './yaml/nodes.ts';

type Collection = MapNode | SeqNode;

/** The entries of a collection between which an edit lies: from `first` until before `next`. */
interface Level {
  readonly node: Collection;
  readonly first: number;
  readonly next: number;
  readonly column: number;
  /** Where the first of them begins, and keeps beginning. */
  readonly head: number;
  /** Where these entries stand in the old text: whole lines. */
  readonly from: number;
  readonly to: number;
  /** Where the last entry of the collection ends. */
  readonly end: number;
}

/** Some entries read anew, and what is out of the ordinary in them. */
interface Reading {
  /** Where the lines begin that were read with them. */
  readonly anchor: number;
  readonly changed: Collection;
  /** How far they are from where they belong. */
  readonly by: number;
  readonly problems: readonly SyntaxProblem[];
  readonly isOrdinary: boolean;
  /** The value of the last entry if it was not read again, and where it belongs. */
  readonly skipped: TreeNode | undefined;
  readonly placeOfSkipped: Mutable<Pair> | undefined;
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
  const { isOrdinary, oddity } = before;
  if (!isOrdinary && !oddity) return undefined;
  const change = changeBetween(before.text, text);
  if (oddity) {
    const beside = readBeside(text, before, change, oddity);
    if (beside) return beside;
  }
  const around = oddity
    ? { start: Math.min(change.start, oddity.head + 1), end: Math.max(change.end, oddity.to - 1) }
    : change;
  const levels = levelsAround(before, around, oddity?.depth);
  for (; levels.length > 0; levels.pop()) {
    const level = levels.at(-1)!;
    const wider = widened(level, before.text);
    const tries = [
      fromItsLine(level, text, before, change),
      wider && fromItsLine(wider, text, before, change),
    ];
    for (const tried of [...tries, level, wider]) {
      const parsed = tried && readInside([...levels.slice(0, -1), tried], text, before, change);
      if (parsed) return parsed;
    }
  }
  return undefined;
}

/** The edit lies apart from what is out of the ordinary and from the lines that it was read with, and adds nothing to it. */
function readBeside(text: string, before: ParsedText, change: Span, oddity: Oddity): ParsedText | undefined {
  if (change.end >= oddity.anchor && change.start <= oddity.to) return undefined;
  const levels = levelsAround(before, change);
  const level = levels.at(-1);
  if (!level || (level.to > oddity.anchor && anchorOf(levels, before.text).at < oddity.to)) return undefined;
  const read = readEntries(levels, text, before, change);
  if (!read?.isOrdinary) return undefined;
  const delta = text.length - before.text.length;
  const by = level.from < oddity.from ? delta : 0;
  const { anchor, from, to, head } = oddity;
  return {
    text,
    root: put(read, levels, delta),
    problems: shiftProblems(before.problems, by),
    oddity: { ...oddity, anchor: anchor + by, from: from + by, to: to + by, head: head + by },
  };
}

function readInside(
  levels: readonly Level[],
  text: string,
  before: ParsedText,
  change: Span,
): ParsedText | undefined {
  const read = readEntries(levels, text, before, change);
  if (!read) return undefined;
  const delta = text.length - before.text.length;
  const root = put(read, levels, delta);
  if (read.isOrdinary) return { text, root, problems: [], isOrdinary: true };
  const { from, to, head } = levels.at(-1)!;
  const { anchor, problems, skipped } = read;
  return {
    text,
    root,
    problems,
    oddity: { anchor, from, to: to + delta, head, depth: levels.length, skipped },
  };
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

/** From the root inwards, at most `depth`; each level lies in the one entry that the level before it names. */
function levelsAround({ root, text }: ParsedText, change: Span, depth = Number.POSITIVE_INFINITY): Level[] {
  const levels: Level[] = [];
  let node = root;
  let to = text.length;
  while (node && node.kind !== 'scalar' && !node.flow && levels.length < depth) {
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
  if (sizeOf(node) === 0) return undefined;
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
      return text.slice(from, head).trim() === ''
        ? { node, first: i, next, column, head, from, to, end }
        : undefined;
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

/** The entries from the line of the edit on, where that is behind the entry that the level begins with. */
function fromItsLine(level: Level, text: string, { text: old, oddity }: ParsedText, change: Span) {
  const { node, first, column, to } = level;
  if (node.kind !== 'map') return undefined;
  const line = text.lastIndexOf('\n', change.start - 1) + 1;
  const from = oddity ? Math.min(line, oddity.from) : line;
  if (node.pairs[first]!.value.end >= from) return undefined;
  const trivia = /(?: *(?:#.*)?\r?\n)*/y;
  trivia.lastIndex = from;
  const head = from + trivia.exec(text)![0].length + column;
  if (head >= to + text.length - old.length || text.slice(head - column, head).trim() !== '')
    return undefined;
  return /[^\s#]/.test(text.charAt(head)) ? { ...level, first: first + 1, from, head } : undefined;
}

/** With the entry behind, which a word without its colon takes in. */
function widened(level: Level, text: string): Level | undefined {
  const { node, next, column, end } = level;
  if (next === sizeOf(node)) return undefined;
  if (next + 1 === sizeOf(node)) return { ...level, next: next + 1, to: end };
  const head = headOf(node, next + 1, text, column);
  return head < 0 ? undefined : { ...level, next: next + 1, to: head - column };
}

/** Names of what stands in for the rest of the text. */
const STAND_IN = 'stand-in-for';
const NEXT = `${STAND_IN}-next`;
const OVERNEXT = `${STAND_IN}-overnext`;

/** Undefined where what is read in place of the old entries is not entries of their collection and nothing else. */
function readEntries(
  levels: readonly Level[],
  text: string,
  before: ParsedText,
  change: Span,
): Reading | undefined {
  const level = levels.at(-1)!;
  const { node, first, next, column, head, from, to } = level;
  const delta = text.length - before.text.length;
  const skipped = skippedValue(level, before, change);
  const skippedAt = skipped && before.text.lastIndexOf('\n', skipped.start) + 1;
  const entries = text.slice(from, (skippedAt ?? to) + delta);
  if (entries.includes(STAND_IN)) return undefined;
  if (column > 0 && new RegExp(`^ {0,${column - 1}}[^ #\r\n]`, 'm').test(entries)) return undefined;
  const anchor = anchorOf(levels, before.text);
  const heads = headsAbove(anchor.collections);
  const above = heads + text.slice(anchor.at, from);
  const own = above + entries;
  let source = own;
  if (skipped) source += twoEntries(skipped, skipped.start - skippedAt!);
  const isEnd = to === before.text.length;
  if (!isEnd) source += twoEntries(node, column) + quotesBehind(entries, text.slice(to + delta));
  // A copy: parts of a text hold the whole of it in memory, and there will be a next text for every letter.
  const { root, problems, isOrdinary = false } = parseYaml(structuredClone(source));
  const changed = innermost(root, levels);
  if (!changed || !isConfined(problems, above.length, own.length)) return undefined;
  if (sizeOf(changed) <= (first > 0 ? 1 : 0) + (isEnd ? 0 : 2)) return undefined;
  if (headOf(changed, first > 0 ? 1 : 0, source, column) !== above.length + head - from) return undefined;
  if (
    first > 0 &&
    !takePrevious(
      changed,
      childOf(node, first - 1),
      anchor.collections.slice(levels.length),
      heads.length - anchor.at,
    )
  )
    return undefined;
  if (!isEnd && !takeTwo(changed, source.lastIndexOf(NEXT))) return undefined;
  if (changed.kind === 'map') {
    if (repeatsOther(node as MapNode, first, next, changed)) return undefined;
    // A key without a word that a mistake leaves at the very end lies in no line of these.
    if (changed.pairs.at(-1)!.keySpan.start >= own.length) return undefined;
  }
  const placeOfSkipped = skipped && placeOf(skipped, changed, own.length + skipped.start - skippedAt!);
  if (skipped && !placeOfSkipped) return undefined;
  const by = from - above.length;
  return {
    anchor: anchor.at,
    changed,
    by,
    problems: shiftProblems(problems, by),
    isOrdinary,
    skipped,
    placeOfSkipped,
  };
}

/** From where on the text above the entries is read again. */
interface Anchor {
  readonly at: number;
  /** From the root to the one whose entry begins there. */
  readonly collections: readonly { readonly node: Collection; readonly column: number }[];
}

/**
 * The last key or dash above the entries, with the lines behind it: all that the library still knows of at their first
 * letter. How far a word reaches that has no colon yet can rest on a blank line before it.
 */
function anchorOf(levels: readonly Level[], text: string): Anchor {
  const { node, first, column } = levels.at(-1)!;
  if (first === 0 || (first === 1 && !startsLine(node, text)))
    return { at: levels.at(-2)?.from ?? 0, collections: levels.slice(0, -1) };
  const collections: { node: Collection; column: number }[] = [...levels];
  let at = headOf(node, first - 1, text, column) - column;
  for (let last = childOf(node, first - 1); last.kind !== 'scalar' && !last.flow && sizeOf(last) > 0; ) {
    const own = columnOf(last.start, text);
    const head = headOf(last, sizeOf(last) - 1, text, own);
    if (head < 0 || text.slice(head - own, head).trim() !== '') break;
    collections.push({ node: last, column: own });
    at = head - own;
    last = childOf(last, sizeOf(last) - 1);
  }
  return { at, collections };
}

const startsLine = ({ start }: Span, text: string) =>
  text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';

const columnOf = (offset: number, text: string) => offset - (text.lastIndexOf('\n', offset - 1) + 1);

/** Stand-ins for the keys and dashes that the anchor is in. */
function headsAbove(collections: Anchor['collections']): string {
  return collections
    .slice(0, -1)
    .map(({ node, column }) => `${' '.repeat(column)}${node.kind === 'map' ? `${STAND_IN}-outer:` : '-'}\n`)
    .join('');
}

/** Takes the entry above off again, if it says what it said. */
function takePrevious(
  changed: Collection,
  was: TreeNode,
  inside: Anchor['collections'],
  by: number,
): boolean {
  let is = childOf(changed, 0);
  for (const { node } of inside) {
    if (is.kind === 'scalar' || is.kind !== node.kind || is.flow || sizeOf(is) !== 1) return false;
    was = childOf(node, sizeOf(node) - 1);
    is = childOf(is, 0);
  }
  if (!isSame(was, is, by, was.parent, is.parent)) return false;
  entriesOf(changed).shift();
  return true;
}

/**
 * The value of the last entry, where it is a collection on lines of its own behind the edit: it says what it said,
 * whatever becomes of its key. Of what is out of the ordinary only such a value is known to be as it was.
 */
function skippedValue(
  { node, first, next }: Level,
  { text, oddity }: ParsedText,
  change: Span,
): Collection | undefined {
  const pair = node.kind === 'map' && next > first ? node.pairs[next - 1] : undefined;
  if (!pair || pair.value.kind === 'scalar' || pair.value.flow) return undefined;
  const { keySpan, value } = pair;
  const line = text.lastIndexOf('\n', value.start) + 1;
  if (line <= change.end || line <= keySpan.end) return undefined;
  return oddity && keySpan.start < oddity.to && value !== oddity.skipped ? undefined : value;
}

/** Two, because what the library carries over from a mistake shows in how far the first one goes. */
function twoEntries({ kind }: Collection, column: number): string {
  const head = ' '.repeat(column) + (kind === 'map' ? '' : '- ');
  const value = kind === 'map' ? ': x' : '';
  return `${head}${NEXT}${value}\n${head}${OVERNEXT}${value}\n`;
}

/** An open quote ends with its block if there is another one somewhere in the text; if not, it goes on to the end. */
function quotesBehind(entries: string, rest: string): string {
  const quotes = [
    entries.includes('"') && /(?<!\\)"/.test(rest) ? '"' : '',
    entries.includes("'") && /(?<!')'(?!')/.test(rest) ? "'" : '',
  ].join('');
  return quotes && `# ${quotes}\n`;
}

/** The collection of the last level, if there is nothing beside it. */
function innermost(root: TreeNode | undefined, levels: readonly Level[]): Collection | undefined {
  let node = root;
  for (const [i, level] of levels.entries()) {
    if (!node || node.kind === 'scalar' || node.kind !== level.node.kind || node.flow) return undefined;
    if (i === levels.length - 1) return node;
    if (sizeOf(node) !== 1) return undefined;
    node = childOf(node, 0);
  }
  return undefined;
}

/** What the library calls unreadable may be owed to the next entry. */
function isConfined(problems: readonly SyntaxProblem[], from: number, to: number): boolean {
  return (
    problems.length < MAX_PROBLEMS &&
    problems.every(({ code, span }) => span.start >= from && span.end <= to && code !== 'unreadable')
  );
}

/** Takes the stand-ins at the end off again, if they are read as what they are. */
function takeTwo(collection: Collection, at: number): boolean {
  const size = sizeOf(collection);
  if (!isStandIn(collection, size - 2, NEXT, at)) return false;
  if (!isStandIn(collection, size - 1, OVERNEXT)) return false;
  entriesOf(collection).length -= 2;
  return true;
}

function isStandIn(collection: Collection, i: number, name: string, at?: number): boolean {
  const child = childOf(collection, i);
  if (child.kind !== 'scalar') return false;
  if (collection.kind === 'seq') return child.value === name && child.start === (at ?? child.start);
  const { key, keySpan } = collection.pairs[i]!;
  return key === name && child.value === 'x' && keySpan.start === (at ?? keySpan.start);
}

/** The pair whose value is the stand-in for `skipped`. */
function placeOf(skipped: Collection, changed: Collection, at: number): Mutable<Pair> | undefined {
  const pair = changed.kind === 'map' ? changed.pairs.at(-1) : undefined;
  const value = pair?.value;
  if (!value || value.kind === 'scalar' || value.kind !== skipped.kind || value.flow) return undefined;
  return value.start === at &&
    sizeOf(value) === 2 &&
    isStandIn(value, 0, NEXT) &&
    isStandIn(value, 1, OVERNEXT)
    ? pair
    : undefined;
}

function repeatsOther({ pairs }: MapNode, first: number, next: number, changed: MapNode): boolean {
  const all = [...pairs.slice(0, first), ...changed.pairs, ...pairs.slice(next)];
  return repeated(all).length > repeated(changed.pairs).length;
}

/** The tree with the entries in their place; the old one is used up. */
function put(
  { changed, by, skipped, placeOfSkipped: place }: Reading,
  levels: readonly Level[],
  delta: number,
): Collection {
  shift(changed, by);
  if (skipped && place) place.value = moved(shift(skipped, delta), place);
  return rebuilt(levels, changed, delta, undefined);
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
    map.end = pairs.reduce((end, { keySpan, value }) => Math.max(end, keySpan.end, value.end), map.start);
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

function shiftProblems(problems: readonly SyntaxProblem[], by: number): readonly SyntaxProblem[] {
  return problems.map(({ code, message, span: { start, end } }) => ({
    code,
    message,
    span: { start: start + by, end: end + by },
  }));
}

function move(span: Mutable<Span>, by: number): void {
  span.start += by;
  span.end += by;
}

const sizeOf = (node: Collection) => (node.kind === 'map' ? node.pairs.length : node.items.length);

const entriesOf = (node: Collection) =>
  (node.kind === 'map' ? node.pairs : node.items) as (Pair | TreeNode)[];

const childOf = (node: Collection, i: number) =>
  node.kind === 'map' ? node.pairs[i]!.value : node.items[i]!;
