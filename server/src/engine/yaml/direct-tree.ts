/**
 * The short way from the library's tokens to our tree, for YAML as people write it: without building the library's
 * own nodes in between, which costs a third of reading.
 *
 * It takes only what it knows to be without a mistake and without anchors, aliases, tags, directives, explicit keys or
 * merge keys. For anything else it gives up, and the library's composer finds out what it is. A test holds that what
 * is taken here is read as the composer reads it.
 */
import { CST } from 'yaml';
import { resolvePlain } from '../core-schema.ts';
import type { MapNode, Pair, ScalarNode, SeqNode, TreeNode } from '../located-tree.ts';
import { MAX_DEPTH, type ProblemList } from '../syntax-problems.ts';
import { blockScalarEnd, type Mutable, makeScalar, repeated } from './nodes.ts';

type Parent = TreeNode['parent'];

/** Undefined where the tokens hold anything out of the ordinary. Keys written twice are reported and kept. */
export function readDirectly(
  tokens: readonly CST.Token[],
  text: string,
  problems: ProblemList,
): TreeNode | undefined {
  try {
    return new DirectReader(text, problems).root(tokens);
  } catch (error) {
    if (error === UNUSUAL) return undefined;
    throw error;
  }
}

const UNUSUAL = Symbol('left to the composer');

function unusual(): never {
  throw UNUSUAL;
}

class DirectReader {
  readonly #text: string;
  readonly #problems: ProblemList;
  /** Reported only once everything was taken. */
  readonly #twice: Pair[] = [];

  constructor(text: string, problems: ProblemList) {
    this.#text = text;
    this.#problems = problems;
  }

  root(tokens: readonly CST.Token[]): TreeNode {
    let document: CST.Document | undefined;
    for (const token of tokens) {
      if (token.type === 'document' && !document) document = token;
      else if (token.type !== 'comment' && token.type !== 'newline') unusual();
    }
    const value = document?.value;
    if (!document || !value || !COLLECTIONS.has(value.type)) return unusual();
    between(document.start, true);
    const root = this.#node(value, undefined, 0);
    if (document.end) between(document.end, true);
    for (const { keySpan } of this.#twice) this.#problems.add('duplicate-key', keySpan.start, keySpan.end);
    return root;
  }

  #node(token: CST.Token, parent: Parent, depth: number): TreeNode {
    switch (token.type) {
      case 'scalar':
      case 'single-quoted-scalar':
      case 'double-quoted-scalar':
      case 'block-scalar':
        return this.#scalar(token, parent);
      case 'block-map':
      case 'block-seq':
      case 'flow-collection':
        if (depth >= MAX_DEPTH) return unusual();
        if (token.type === 'block-map') return this.#blockMap(token, parent, depth);
        if (token.type === 'block-seq') return this.#blockSeq(token, parent, depth);
        return token.start.source === '{'
          ? this.#flowMap(token, parent, depth)
          : this.#flowSeq(token, parent, depth);
      default:
        return unusual();
    }
  }

  #scalar(token: CST.FlowScalar | CST.BlockScalar, parent: Parent): ScalarNode {
    const { offset, source } = token;
    if (token.type === 'block-scalar') {
      const { value, range } = resolved(token);
      return makeScalar(offset, blockScalarEnd(this.#text, offset, range[1]), value, true, parent);
    }
    if (token.end) between(token.end, false);
    const text = flowText(token);
    const isPlain = token.type === 'scalar';
    const value = isPlain ? resolvePlain(text) : text;
    return makeScalar(offset, offset + source.length, value, !isPlain, parent);
  }

  #blockMap(token: CST.BlockMap, parent: Parent, depth: number): MapNode {
    const pairs: Pair[] = [];
    const map: Mutable<MapNode> = { kind: 'map', start: token.offset, end: 0, pairs, flow: false, parent };
    for (const { start, key, sep, value, explicitKey } of token.items) {
      between(start, true);
      if (!key && !sep && !value && !explicitKey) continue;
      if (!key || !sep || explicitKey || !('indent' in key) || key.indent !== token.indent) return unusual();
      const pair = this.#pair(key, sep, value, map, depth);
      if (value?.type === 'block-map' && !sep.some(({ type }) => type === 'newline')) return unusual();
      pairs.push(pair);
    }
    return this.#closed(map, token.offset);
  }

  #flowMap(token: CST.FlowCollection, parent: Parent, depth: number): MapNode {
    const pairs: Pair[] = [];
    const map: Mutable<MapNode> = {
      kind: 'map',
      start: token.offset,
      end: flowEnd(token, '}'),
      pairs,
      flow: true,
      parent,
    };
    for (let i = 0, end = countFlowItems(token); i < end; i++) {
      const { key, sep, value } = token.items[i]!;
      if (!key || !sep || isBlock(value)) return unusual();
      pairs.push(this.#pair(key, sep, value, map, depth));
    }
    this.#findTwice(pairs);
    return map;
  }

  #pair(
    key: CST.Token,
    sep: readonly CST.SourceToken[],
    value: CST.Token | null | undefined,
    parent: MapNode,
    depth: number,
  ): Pair {
    if (!isFlowScalar(key) || depth + 1 >= MAX_DEPTH) return unusual();
    const token = key;
    const { offset, source } = token;
    const name = flowText(token);
    if (source === '' || source.includes('\n') || name === '<<') return unusual();
    if (token.end && token.end.length > 0) return unusual();
    const colon = indicator(sep, 'map-value-ind', false);
    if (colon - offset > 1000) return unusual();
    const at = colon + 1;
    const keySpan = { start: offset, end: offset + source.length };
    const pair: Mutable<Pair> = { key: name, keySpan, value: EMPTY, parent };
    pair.value = value ? this.#node(value, pair, depth + 1) : makeScalar(at, at, null, false, pair);
    return pair;
  }

  #closed(map: Mutable<MapNode>, offset: number): MapNode {
    const [first, last] = [map.pairs[0], map.pairs.at(-1)];
    if (!first || !last) return unusual();
    map.start = Math.min(offset, first.keySpan.start);
    map.end = Math.max(last.keySpan.end, last.value.end);
    this.#findTwice(map.pairs);
    return map;
  }

  #findTwice(pairs: readonly Pair[]): void {
    for (const pair of repeated(pairs)) this.#twice.push(pair);
  }

  #blockSeq(token: CST.BlockSequence, parent: Parent, depth: number): SeqNode {
    const items: TreeNode[] = [];
    const seq: Mutable<SeqNode> = {
      kind: 'seq',
      start: token.offset,
      end: token.offset + 1,
      items,
      flow: false,
      parent,
    };
    for (const { start, value } of token.items) {
      if (!value && start.every(({ type }) => type !== 'seq-item-ind')) {
        between(start, true);
        continue;
      }
      const at = indicator(start, 'seq-item-ind', true) + 1;
      const node = value ? this.#node(value, seq, depth + 1) : makeScalar(at, at, null, false, seq);
      if (node.end > seq.end) seq.end = node.end;
      items.push(node);
    }
    return seq;
  }

  #flowSeq(token: CST.FlowCollection, parent: Parent, depth: number): SeqNode {
    const items: TreeNode[] = [];
    const seq: SeqNode = {
      kind: 'seq',
      start: token.offset,
      end: flowEnd(token, ']'),
      items,
      flow: true,
      parent,
    };
    for (let i = 0, end = countFlowItems(token); i < end; i++) {
      const { key, sep, value } = token.items[i]!;
      if (key || sep || !value || isBlock(value)) return unusual();
      items.push(this.#node(value, seq, depth + 1));
    }
    return seq;
  }
}

const COLLECTIONS: ReadonlySet<string> = new Set(['block-map', 'block-seq', 'flow-collection']);

/** A collection without brackets, or a block scalar. */
function isBlock(token: CST.Token | null | undefined): boolean {
  return token?.type.startsWith('block') ?? false;
}

function isFlowScalar(token: CST.Token): token is CST.FlowScalar {
  const { type } = token;
  return type === 'scalar' || type === 'double-quoted-scalar' || type === 'single-quoted-scalar';
}

/** Stands in until the value is made, which needs the pair. */
const EMPTY = makeScalar(0, 0, null, false, undefined);

type Resolved = NonNullable<ReturnType<typeof CST.resolveAsScalar>>;

function resolved(token: CST.FlowScalar | CST.BlockScalar): Resolved {
  return CST.resolveAsScalar(token, true, unusual) ?? unusual();
}

/** What a plain scalar may not begin with. */
const BAD_START: ReadonlySet<number> = new Set([...'\t,%|>@`'].map(character => character.charCodeAt(0)));

/** The text of a scalar on one line without escapes is there to be taken; of the others the library works it out. */
function flowText(token: CST.FlowScalar): string {
  const { source } = token;
  const last = source.length - 1;
  switch (token.type) {
    case 'scalar':
      if (source === '' || BAD_START.has(source.charCodeAt(0))) return unusual();
      return source.includes('\n') ? resolved(token).value : source;
    case 'double-quoted-scalar':
      if (source.includes('\n') || source.includes('\\')) return resolved(token).value;
      return last > 0 && source.endsWith('"') ? source.slice(1, last) : unusual();
    default:
      if (source.includes('\n') || source.indexOf("'", 1) !== last) return resolved(token).value;
      return last > 0 ? source.slice(1, last) : unusual();
  }
}

/** Nothing but blanks, line ends and comments, each comment behind one of them. */
function between(tokens: readonly CST.SourceToken[], startsLine: boolean): void {
  let isSpaced = startsLine;
  for (const token of tokens) {
    if (!isBlankToken(token) && !(token.type === 'comment' && isSpaced)) unusual();
    isSpaced = token.type !== 'comment';
  }
}

/** The offset of the one indicator among blanks and comments. */
function indicator(tokens: readonly CST.SourceToken[], type: string, startsLine: boolean): number {
  let at = -1;
  let isSpaced = startsLine;
  for (const token of tokens) {
    if (token.type === type && at < 0) at = token.offset;
    else if (!isBlankToken(token) && !(token.type === 'comment' && isSpaced)) unusual();
    isSpaced = token.type === 'space' || token.type === 'newline';
  }
  return at < 0 ? unusual() : at;
}

/** A tab may or may not be an indentation. */
function isBlankToken({ type, source }: CST.SourceToken): boolean {
  return type === 'newline' || (type === 'space' && !source.includes('\t'));
}

/** How many items of a flow collection hold something, each but the first behind one comma: the last may be empty. */
function countFlowItems({ items }: CST.FlowCollection): number {
  for (let i = 0; i < items.length; i++) {
    const { start } = items[i]!;
    if (i > 0) indicator(start, 'comma', false);
    else between(start, false);
  }
  const last = items.at(-1);
  return last && !last.key && !last.sep && !last.value ? items.length - 1 : items.length;
}

/** Behind the closing bracket. */
function flowEnd({ end: [close, ...rest] }: CST.FlowCollection, bracket: string): number {
  if (close?.source !== bracket) return unusual();
  between(rest, false);
  return close.offset + 1;
}
