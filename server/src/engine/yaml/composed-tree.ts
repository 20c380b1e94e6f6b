/** From the nodes that the library's composer makes to the located tree: the long way, which knows all of YAML. */
import { Alias, Composer, type CST, Scalar, Schema, YAMLMap, YAMLSeq } from 'yaml';
import { resolvePlain, resolveTagged } from '../core-schema.ts';
import type { MapNode, Pair, ScalarNode, SeqNode, Span, TreeNode, Scalar as Value } from '../located-tree.ts';
import { isBlank, lineEnd, MAX_DEPTH, type ProblemList } from '../syntax-problems.ts';
import { type LibraryError, LibraryErrors } from './library-errors.ts';
import { blockScalarEnd, contentEnd, type Mutable, makeScalar, repeated } from './nodes.ts';

/** Nodes that aliases may add to one text, all of them together. */
const MAX_ALIAS_NODES = 10_000;

/**
 * Plain scalars are resolved by `resolvePlain` and not by the eight regular expressions of the library's core schema.
 * One object for all texts, because making a schema costs more than parsing a short file.
 */
const FAILSAFE = new Schema({ schema: 'failsafe', resolveKnownTags: false });
const OPTIONS = { schema: FAILSAFE, version: '1.2', uniqueKeys: false, logLevel: 'silent' } as const;

/** How deep a text is nested: where reading it was given up, and in how many collections it stands. */
interface Nesting {
  readonly tooDeepAt: number | undefined;
  readonly depth: number;
}

/** The tree of the first document, or undefined where there is none. */
export function composeTree(
  tokens: readonly CST.Token[],
  text: string,
  problems: ProblemList,
  { tooDeepAt, depth }: Nesting,
): TreeNode | undefined {
  const contents = compose(tokens, text, problems, tooDeepAt);
  return contents ? new TreeBuilder(text, problems).node(contents, undefined, depth) : undefined;
}

function compose(
  tokens: readonly CST.Token[],
  text: string,
  problems: ProblemList,
  tooDeepAt: number | undefined,
): unknown {
  const composer = new Composer(OPTIONS);
  const errors = new LibraryErrors(text, problems);
  // The library's own handler makes an Error with its stack for each mistake: of ten thousand, that takes a second.
  Object.assign(composer, { onError: errors.add });
  let contents: unknown;
  const finish = (documents: Iterable<{ contents: unknown; errors: readonly LibraryError[] }>): void => {
    for (const document of documents) {
      contents = document.contents;
      errors.addAll(document.errors);
    }
  };
  let documents = 0;
  let hasRest = false;
  for (const token of tokens) {
    if (token.type === 'document' && ++documents > 1) {
      problems.add('several-documents', token.offset, lineEnd(text, token.offset));
      break;
    }
    if (token.type === 'error') {
      if (!hasRest) errors.add(token, 'UNEXPECTED_TOKEN', '');
      if (documents > 0) break;
      continue;
    }
    if (token.type === 'document') {
      if (tooDeepAt !== undefined) {
        problems.add('too-deep', tooDeepAt, tooDeepAt + 1);
        problems.close();
      }
      hasRest = cutRest(token);
    }
    finish(composer.next(token));
    if (token.type === 'document') errors.placeUnclosed(token.value);
  }
  // Without a document a directive still gets its error this way.
  finish(composer.end(documents === 0, text.length));
  errors.addAll(composer.streamInfo().errors);
  return contents;
}

/**
 * Where a document ended too early, such as at a stray bracket, the library takes nothing in any more and complains of
 * each word that follows. Leaves the first of them; true where there is one.
 */
function cutRest({ end }: CST.Document): boolean {
  const first = end?.findIndex(({ source }) => source.trim() !== '' && !source.startsWith('#')) ?? -1;
  if (first >= 0) end?.splice(first + 1);
  return first >= 0;
}

type Parent = TreeNode['parent'];

/** Turns the library's nodes into ours, in the order of the text, which is what makes anchors simple. */
class TreeBuilder {
  readonly #text: string;
  readonly #problems: ProblemList;
  /** The last node of each anchor's name so far; undefined while that node is still open. */
  readonly #anchors = new Map<string, TreeNode | undefined>();
  #aliasNodesLeft = MAX_ALIAS_NODES;

  constructor(text: string, problems: ProblemList) {
    this.#text = text;
    this.#problems = problems;
  }

  /** `emptyAt` is where an empty value goes: right behind the colon or the dash. */
  node(from: unknown, parent: Parent, depth: number, emptyAt?: number): TreeNode {
    if (from instanceof Scalar) return this.#scalar(from, parent, emptyAt);
    if (from instanceof Alias) return this.#alias(from, parent, depth);
    if (from instanceof YAMLMap || from instanceof YAMLSeq) {
      const [start, end] = from.range ?? [0, 0];
      if (depth >= MAX_DEPTH) {
        this.#problems.add('too-deep', start, lineEnd(this.#text, start));
        return makeScalar(start, end, null, false, parent);
      }
      if (from.anchor !== undefined) this.#anchors.set(from.anchor, undefined);
      const node = from instanceof YAMLMap ? this.#map(from, parent, depth) : this.#seq(from, parent, depth);
      if (from.anchor !== undefined) this.#anchors.set(from.anchor, node);
      return node;
    }
    const at = emptyAt ?? this.#text.length;
    return makeScalar(at, at, null, false, parent);
  }

  #scalar(from: Scalar, parent: Parent, emptyAt: number | undefined): ScalarNode {
    let [start, end] = from.range ?? [0, 0];
    let value: Value;
    let quoted = false;
    if (start === end) {
      value = from.tag === undefined ? null : resolveTagged(from.tag, '');
      start = end = emptyAt === undefined ? start : this.#behindProperties(start, emptyAt);
    } else {
      const source = from.source ?? '';
      quoted = from.type !== 'PLAIN';
      if (from.tag !== undefined) value = resolveTagged(from.tag, source);
      else value = quoted ? source : resolvePlain(source);
      if (from.type === 'BLOCK_LITERAL' || from.type === 'BLOCK_FOLDED')
        end = blockScalarEnd(this.#text, start, end);
      else end = contentEnd(this.#text, start, end);
    }
    const node = makeScalar(start, end, value, quoted, parent);
    if (from.anchor !== undefined) this.#anchors.set(from.anchor, node);
    return node;
  }

  /** An empty value goes right behind the colon, or behind its tag or anchor where it has one. */
  #behindProperties(start: number, emptyAt: number): number {
    let end = start;
    while (end > emptyAt && isBlank(this.#text.charCodeAt(end - 1))) end--;
    return Math.max(end, emptyAt);
  }

  #map(from: YAMLMap, parent: Parent, depth: number): MapNode {
    const [start, rangeEnd] = from.range ?? [0, 0, 0];
    const flow = from.flow === true;
    const pairs: Pair[] = [];
    const map: Mutable<MapNode> = { kind: 'map', start, end: start, pairs, flow, parent };
    let end = start;
    for (const item of from.items) {
      const pair = this.#pair(item.key, item.value, map, depth);
      if (pair.keySpan.start < map.start) map.start = pair.keySpan.start;
      const pairEnd = Math.max(pair.keySpan.end, pair.value.end);
      if (pairEnd > end) end = pairEnd;
      pairs.push(pair);
    }
    for (const { keySpan } of repeated(pairs))
      this.#problems.add('duplicate-key', keySpan.start, keySpan.end);
    if (flow) this.#findKeysWithoutColon(from, pairs);
    map.end = flow ? Math.max(end, contentEnd(this.#text, start, rangeEnd)) : end;
    return map;
  }

  /** `{note: seen alone, at home}` is a note and a key: of text behind a comma nobody would be told otherwise. */
  #findKeysWithoutColon({ items }: YAMLMap, pairs: readonly Pair[]): void {
    const hasColon = (i: number) => items[i]?.value !== null && items[i]?.value !== undefined;
    for (let first = 0; first < pairs.length; first++) {
      if (hasColon(first)) continue;
      let last = first;
      while (last + 1 < pairs.length && !hasColon(last + 1)) last++;
      this.#problems.add('no-colon', pairs[first]!.keySpan.start, pairs[last]!.keySpan.end);
      first = last;
    }
  }

  #pair(fromKey: unknown, fromValue: unknown, parent: MapNode, depth: number): Pair {
    const key = this.node(fromKey, undefined, depth + 1);
    const { start, end } = key;
    let name: string;
    if (key.kind !== 'scalar') {
      this.#problems.add('complex-key', start, end);
      name = this.#text.slice(start, end);
    } else if (typeof key.value === 'string') {
      name = key.value;
      if (name === '<<' && !key.quoted) this.#problems.add('merge-key', start, end);
    } else {
      if (start === end && !parent.flow) this.#findSecondColon(start);
      name = fromKey instanceof Scalar ? (fromKey.source ?? '') : String(key.value ?? '');
    }
    const pair: Mutable<Pair> = { key: name, keySpan: { start, end }, value: key, parent };
    pair.value = this.node(fromValue, pair, depth + 1, this.#colonEnd(end, fromValue));
    return pair;
  }

  /** For `a: {b}: c` yaml 2.9 makes a pair with an empty key of the second colon, and has no complaint. */
  #findSecondColon(keyEnd: number): void {
    const text = this.#text;
    let colon = keyEnd;
    while (colon < text.length && isBlank(text.charCodeAt(colon))) colon++;
    let before = colon - 1;
    while (text[before] === ' ' || text[before] === '\t') before--;
    const isSecond = text[colon] === ':' && (text[before] === '}' || text[before] === ']');
    if (isSecond) this.#problems.add('nested-on-one-line', colon, colon + 1);
  }

  /** Behind the colon of a key that has no value; only a comment may stand between key and colon. */
  #colonEnd(keyEnd: number, value: unknown): number {
    if (value === null || value === undefined) return keyEnd;
    if (!(value instanceof Scalar) || value.range?.[0] !== value.range?.[1]) return keyEnd;
    const text = this.#text;
    let at = keyEnd;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === 0x3a /* : */) return at + 1;
      if (code === 0x23 /* # */) at = lineEnd(text, at);
      else if (!isBlank(code)) break;
      else at++;
    }
    return keyEnd;
  }

  #seq(from: YAMLSeq, parent: Parent, depth: number): SeqNode {
    const [start, rangeEnd] = from.range ?? [0, 0, 0];
    const flow = from.flow === true;
    const items: TreeNode[] = [];
    const seq: Mutable<SeqNode> = { kind: 'seq', start, end: start, items, flow, parent };
    let end = start + 1;
    for (const item of from.items) {
      const node = this.node(item, seq, depth + 1);
      if (node.kind === 'scalar' && node.start === node.end) this.#pullBack(node, end);
      if (node.end > end) end = node.end;
      items.push(node);
    }
    seq.end = flow ? Math.max(end, contentEnd(this.#text, start, rangeEnd)) : end;
    return seq;
  }

  /** An empty item lies right behind its dash; the library puts it behind the blanks that follow. */
  #pullBack(node: Mutable<ScalarNode>, floor: number): void {
    let at = node.start;
    while (at > floor && isBlank(this.#text.charCodeAt(at - 1))) at--;
    node.start = node.end = at;
  }

  #alias(from: Alias, parent: Parent, depth: number): TreeNode {
    const [start, end] = from.range ?? [0, 0];
    const target = this.#anchors.get(from.source);
    if (target === undefined) {
      this.#problems.add(this.#anchors.has(from.source) ? 'cyclic-alias' : 'unknown-alias', start, end);
      return makeScalar(start, end, null, false, parent);
    }
    return this.#copy(target, { start, end }, parent, depth);
  }

  #copy(node: TreeNode, at: Span, parent: Parent, depth: number): TreeNode {
    const { start, end } = at;
    if (this.#aliasNodesLeft <= 0 || depth > MAX_DEPTH) {
      // One report is enough; each further alias of a bomb would only repeat it.
      if (this.#aliasNodesLeft > -1) {
        this.#problems.add(depth > MAX_DEPTH ? 'too-deep' : 'too-many-aliases', start, end);
        this.#aliasNodesLeft = -1;
      }
      return makeScalar(start, end, null, false, parent);
    }
    this.#aliasNodesLeft--;
    if (node.kind === 'scalar') return makeScalar(start, end, node.value, node.quoted, parent);
    if (node.kind === 'seq') {
      const items: TreeNode[] = [];
      const seq: SeqNode = { kind: 'seq', start, end, items, flow: node.flow, parent };
      for (const item of node.items) items.push(this.#copy(item, at, seq, depth + 1));
      return seq;
    }
    const pairs: Pair[] = [];
    const map: MapNode = { kind: 'map', start, end, pairs, flow: node.flow, parent };
    for (const { key, value } of node.pairs) {
      const pair: Mutable<Pair> = { key, keySpan: { start, end }, value, parent: map };
      pair.value = this.#copy(value, at, pair, depth + 1);
      pairs.push(pair);
    }
    return map;
  }
}
