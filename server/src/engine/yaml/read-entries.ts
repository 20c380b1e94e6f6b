/**
 * Reading a text with a mistake, or with anything else out of the ordinary, entry by entry: the entries of a map or a
 * list begin in one column, and as long as each keeps to its lines, they are read apart. Only the smallest entry that
 * is not ordinary is left to the library, so that a mistake leaves everything around it as it is and costs little.
 *
 * Where the library sees no mistake in the whole text, the outcome is the same; a test holds that, and that there is
 * none without a problem where it sees one.
 */
import type { MapNode, Pair, SeqNode, SyntaxProblem, TreeNode } from '../located-tree.ts';
import { ProblemList } from '../syntax-problems.ts';
import { composeYaml } from './compose-yaml.ts';
import { readDirectly } from './direct-tree.ts';
import { type Mutable, moveNode, moveProblems, repeated } from './nodes.ts';

type Kind = 'map' | 'seq';

export interface Entries {
  readonly root: MapNode | SeqNode;
  readonly problems: readonly SyntaxProblem[];
}

/** A plain word as a key, or a dash. */
const HEAD = /(?:-|[A-Za-z_][\w-]*:)(?=[ \r\n]|$)/y;
/** A dash with a key behind it, or a key or a dash with nothing behind. */
const OUTER = /(- +)(?=[A-Za-z_][\w-]*:[ \r\n])|(-|[\w-]+(?=:)):? *(?:#[^\n]*)?\r?\n/y;
const EMPTY = /^ *(?:#[^\n]*)?\r?\n?$/;
/** A key that has no colon yet. */
const WORD = /^ *[A-Za-z_][\w-]*\r?\n$/;

/** Of what kind of collection an entry begins here. */
export function startsEntry(text: string, at: number): Kind | undefined {
  HEAD.lastIndex = at;
  if (!HEAD.test(text)) return undefined;
  return text[at] === '-' ? 'seq' : 'map';
}

/**
 * The entries of one map or list without brackets, which begin in this column; `depth` is how many collections that is
 * in. Undefined where the text is none, reaches further out, or something in it refers to what stands elsewhere.
 *
 * `isOdd` spares a try: what is around the text, and little more than it, could not be read directly.
 */
export function readEntries(text: string, column: number, depth: number, isOdd = false): Entries | undefined {
  const direct = isOdd ? undefined : readDirectly(text, depth);
  if (direct) return direct.flow ? undefined : { root: direct, problems: [] };
  const starts = startsIn(text, column);
  if (!starts) return undefined;
  const [first, second] = starts;
  const read =
    second !== undefined
      ? readApart(text, starts, column, depth)
      : first !== undefined && readInside(text, first, column, depth);
  if (read) return read;
  const { root, problems } = composeYaml(text, depth);
  const isApart =
    root !== undefined &&
    root.kind !== 'scalar' &&
    !root.flow &&
    problems.every(({ code }) => code !== 'unknown-alias');
  return isApart ? { root, problems } : undefined;
}

/**
 * Where the entries begin; nowhere if the first line is none. A word before the entries of a map is a mistake whatever
 * follows, and goes with the first of them. Undefined where a line belongs to what is around them.
 */
function startsIn(text: string, column: number): readonly number[] | undefined {
  const starts: number[] = [];
  let kind: Kind | undefined;
  let isHeaded = true;
  let word: number | undefined;
  for (let line = 0; line < text.length; ) {
    const next = text.indexOf('\n', line) + 1 || text.length;
    const content = text.slice(line, next);
    if (!EMPTY.test(content)) {
      let at = line;
      while (text[at] === ' ') at++;
      const isInColumn = at - line === column;
      const starting = isInColumn ? startsEntry(text, at) : undefined;
      // A list may stand in the column of its key, so what is no dash there goes on with the map.
      if (at - line < column || (isInColumn && kind === 'seq' && starting !== 'seq')) return undefined;
      if (starts.length > 0) {
        if (starting === kind) starts.push(at);
      } else if (starting !== undefined && (starting === 'map' || word === undefined)) {
        kind = starting;
        starts.push(word ?? at);
      } else if (word === undefined && isInColumn && WORD.test(content)) word = at;
      else isHeaded = false;
    }
    line = next;
  }
  return isHeaded ? starts : [];
}

function readApart(
  text: string,
  starts: readonly number[],
  column: number,
  depth: number,
): Entries | undefined {
  const problems = new ProblemList(text);
  let root: Root | undefined;
  for (const [i, start] of starts.entries()) {
    const from = i === 0 ? 0 : start - column;
    const next = starts[i + 1];
    const read = moved(readEntries(text.slice(from, next && next - column), column, depth), from);
    if (!read) return undefined;
    problems.takeOver(read.problems);
    root ??= emptyRoot(read.root.kind, read.root.start);
    if (!takeEntries(root, read.root)) return undefined;
  }
  if (root?.kind === 'map')
    for (const { keySpan } of repeated(root.pairs)) problems.add('duplicate-key', keySpan.start, keySpan.end);
  return root && { root, problems: problems.inOrder() };
}

/** One entry, if its value is a map or a list that can be read by itself. */
function readInside(text: string, start: number, column: number, depth: number): Entries | undefined {
  OUTER.lastIndex = start;
  const [head, dash, name] = OUTER.exec(text) ?? [];
  if (head === undefined) return undefined;
  const from = dash ? 0 : start + head.length;
  // What stands behind a dash is indented as if the dash were a blank.
  const inner = dash ? `${text.slice(0, start)} ${text.slice(start + 1)}` : text.slice(from);
  const first = dash ? start + head.length : firstContent(inner);
  const innerColumn = first - (inner.lastIndexOf('\n', first - 1) + 1);
  const isList = name !== '-' && !dash && innerColumn === column && startsEntry(inner, first) === 'seq';
  if (first >= inner.length || !(innerColumn > column || isList)) return undefined;
  const read = moved(readEntries(inner, innerColumn, depth + 1, true), from);
  if (!read) return undefined;
  const root = emptyRoot(dash || name === '-' ? 'seq' : 'map', start);
  if (root.kind === 'seq') takeItem(root, read.root);
  else {
    const keySpan = { start, end: start + name!.length };
    const pair: Pair = { key: name!, keySpan, value: read.root, parent: root };
    (read.root as Root).parent = pair;
    takePair(root, pair);
  }
  return { root, problems: read.problems };
}

/** What was read of a part of a text that begins there. */
function moved(read: Entries | undefined, from: number): Entries | undefined {
  if (!read) return undefined;
  moveNode(read.root, from);
  return { root: read.root, problems: moveProblems(read.problems, from) };
}

function firstContent(text: string): number {
  let line = 0;
  for (let next = 0; line < text.length; line = next) {
    next = text.indexOf('\n', line) + 1 || text.length;
    if (!EMPTY.test(text.slice(line, next))) break;
  }
  while (text[line] === ' ') line++;
  return line;
}

type Root = Mutable<MapNode> | Mutable<SeqNode>;

function emptyRoot(kind: Kind, start: number): Root {
  return kind === 'map'
    ? { kind, start, end: start, pairs: [], flow: false, parent: undefined }
    : { kind, start, end: start + 1, items: [], flow: false, parent: undefined };
}

/** False if those are of another kind. */
function takeEntries(root: Root, other: MapNode | SeqNode): boolean {
  if (root.kind === 'map' && other.kind === 'map') for (const pair of other.pairs) takePair(root, pair);
  else if (root.kind === 'seq' && other.kind === 'seq') for (const item of other.items) takeItem(root, item);
  else return false;
  return true;
}

function takePair(map: Mutable<MapNode>, pair: Mutable<Pair>): void {
  pair.parent = map;
  (map.pairs as Pair[]).push(pair);
  map.end = Math.max(map.end, pair.keySpan.end, pair.value.end);
}

function takeItem(seq: Mutable<SeqNode>, item: Mutable<TreeNode>): void {
  item.parent = seq;
  (seq.items as TreeNode[]).push(item as TreeNode);
  seq.end = Math.max(seq.end, item.end);
}
