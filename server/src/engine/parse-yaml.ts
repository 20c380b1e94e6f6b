/**
 * Text to located tree: the only file that knows the `yaml` package.
 *
 * It never throws, whatever the text, and none of its messages quotes the text. What the tree means is judged elsewhere.
 */
import {
  Alias,
  Composer,
  type CST,
  type ErrorCode,
  Lexer,
  Parser,
  Scalar,
  Schema,
  YAMLMap,
  YAMLSeq,
} from 'yaml';
import { resolvePlain, resolveTagged } from './core-schema.ts';
import type {
  MapNode,
  Pair,
  ParsedText,
  ScalarNode,
  SeqNode,
  Span,
  TreeNode,
  Scalar as Value,
} from './located-tree.ts';
import { isBlank, lineEnd, MAX_DEPTH, type ProblemCode, ProblemList } from './syntax-problems.ts';

/** Nodes that aliases may add to one text, all of them together. */
const MAX_ALIAS_NODES = 10_000;

/**
 * Plain scalars are resolved here (see `resolvePlain`) and not by the eight regular expressions of the library's
 * core schema. One object for all texts, because making a schema costs more than parsing a short file.
 */
const FAILSAFE = new Schema({ schema: 'failsafe', resolveKnownTags: false });
const OPTIONS = { schema: FAILSAFE, version: '1.2', uniqueKeys: false, logLevel: 'silent' } as const;

export function parseYaml(text: string): ParsedText {
  const problems = new ProblemList(text);
  // UTF-16 read as UTF-8 is full of NULs, which YAML forbids; their first place tells more than the flood behind it.
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    problems.add('not-utf8', nul, nul + 1);
    return { text, root: undefined, problems: problems.inOrder() };
  }
  const loneReturn = text.includes('\r') ? text.search(/\r(?!\n)/) : -1;
  // YAML ends a line there, yaml 2.9 does not: what it makes of the text is not what the text says.
  if (loneReturn >= 0) problems.add('lone-carriage-return', loneReturn, loneReturn + 1);
  let root: TreeNode | undefined;
  try {
    const contents = compose(text, problems);
    if (contents) root = new TreeBuilder(text, problems).node(contents, undefined, 0);
  } catch (error) {
    // The library has no known case left; a text that finds one must not stop the other files of a run.
    problems.add(error instanceof RangeError ? 'too-deep' : 'unreadable', 0, lineEnd(text, 0));
  }
  return { text, root, problems: problems.inOrder() };
}

/** The contents of the first document, or undefined where there is none. Reads no further than it must. */
function compose(text: string, problems: ProblemList): unknown {
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
  for (const token of readTokens(text, problems)) {
    if (token.type === 'document' && ++documents > 1) {
      problems.add('several-documents', token.offset, lineEnd(text, token.offset));
      break;
    }
    if (token.type === 'error') {
      if (!hasRest) errors.add(token, 'UNEXPECTED_TOKEN', '');
      if (documents > 0) break;
      continue;
    }
    if (token.type === 'document') hasRest = cutRest(token);
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

function* readTokens(text: string, problems: ProblemList): Generator<CST.Token, void> {
  const parser = new Parser();
  const hasMark = text.startsWith('\ufeff');
  // With a byte order mark before it, yaml 2.9 misreads a list at the start of a text.
  if (hasMark) parser.offset = 1;
  for (const lexeme of new Lexer().lex(hasMark ? text.slice(1) : text)) {
    yield* parser.next(lexeme);
    // The stack holds the document, the collections and perhaps a scalar. Asking while reading keeps a hostile
    // file cheap: 100,000 brackets cost no more than a hundred.
    if (parser.stack.length > MAX_DEPTH + 2) {
      problems.add('too-deep', parser.offset, parser.offset + 1);
      problems.close();
      break;
    }
  }
  yield* parser.end();
}

interface LibraryError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly pos: readonly [number, number];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
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
        end = this.#blockScalarEnd(start, end);
      else end = this.#contentEnd(start, end);
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

  /** Without the blanks at the end, which even a quoted or bracketed value has when it is not closed. */
  #contentEnd(start: number, end: number): number {
    let last = Math.min(end, this.#text.length);
    while (last > start + 1 && isBlank(this.#text.charCodeAt(last - 1))) last--;
    return last;
  }

  #blockScalarEnd(start: number, end: number): number {
    const last = this.#contentEnd(start, end);
    const header = lineEnd(this.#text, start);
    if (last > header) return last;
    let indicator = start + 1;
    while (indicator < last && /[-+0-9]/.test(this.#text.charAt(indicator))) indicator++;
    return indicator;
  }

  #map(from: YAMLMap, parent: Parent, depth: number): MapNode {
    const [start, rangeEnd] = from.range ?? [0, 0, 0];
    const flow = from.flow === true;
    const pairs: Pair[] = [];
    const map: Mutable<MapNode> = { kind: 'map', start, end: start, pairs, flow, parent };
    const seen = from.items.length > 16 ? new Set<string>() : undefined;
    let end = start;
    for (const item of from.items) {
      const pair = this.#pair(item.key, item.value, map, depth);
      if (pair.keySpan.start < map.start) map.start = pair.keySpan.start;
      const pairEnd = Math.max(pair.keySpan.end, pair.value.end);
      if (pairEnd > end) end = pairEnd;
      if (seen === undefined ? pairs.some(earlier => earlier.key === pair.key) : seen.has(pair.key)) {
        this.#problems.add('duplicate-key', pair.keySpan.start, pair.keySpan.end);
      }
      seen?.add(pair.key);
      pairs.push(pair);
    }
    map.end = flow ? Math.max(end, this.#contentEnd(start, rangeEnd)) : end;
    return map;
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
    seq.end = flow ? Math.max(end, this.#contentEnd(start, rangeEnd)) : end;
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
      const pair: Mutable<Pair> = { key, keySpan: at, value, parent: map };
      pair.value = this.#copy(value, at, pair, depth + 1);
      pairs.push(pair);
    }
    return map;
  }
}

function makeScalar(start: number, end: number, value: Value, quoted: boolean, parent: Parent): ScalarNode {
  return { kind: 'scalar', start, end, value, quoted, parent };
}

const CODES: Record<ErrorCode, ProblemCode> = {
  ALIAS_PROPS: 'alias-with-properties',
  BAD_ALIAS: 'bad-alias',
  BAD_COLLECTION_TYPE: 'bad-tag',
  BAD_DIRECTIVE: 'bad-directive',
  BAD_DQ_ESCAPE: 'bad-escape',
  BAD_INDENT: 'bad-indent',
  BAD_PROP_ORDER: 'misplaced-properties',
  BAD_SCALAR_START: 'bad-start',
  BLOCK_AS_IMPLICIT_KEY: 'nested-on-one-line',
  BLOCK_IN_FLOW: 'block-in-flow',
  DUPLICATE_KEY: 'duplicate-key',
  IMPOSSIBLE: 'unreadable',
  KEY_OVER_1024_CHARS: 'key-too-long',
  MISSING_CHAR: 'missing-character',
  MULTILINE_IMPLICIT_KEY: 'key-on-several-lines',
  MULTIPLE_ANCHORS: 'misplaced-properties',
  MULTIPLE_DOCS: 'several-documents',
  MULTIPLE_TAGS: 'misplaced-properties',
  NON_STRING_KEY: 'complex-key',
  RESOURCE_EXHAUSTION: 'too-deep',
  TAB_AS_INDENT: 'tab-indent',
  TAG_RESOLVE_FAILED: 'bad-tag',
  UNEXPECTED_TOKEN: 'unexpected',
};

/** yaml 2.9 says MISSING_CHAR for ten different characters, and names the missing one only in its sentence. */
const BY_SENTENCE: readonly (readonly [RegExp, ProblemCode])[] = [
  [/^Missing closing/, 'missing-quote'],
  [/end with a/, 'missing-bracket'],
  [/^Missing , or :|^Missing ,/, 'missing-comma'],
  [/^Implicit map keys/, 'missing-colon'],
  [/^Sequence item without/, 'missing-dash'],
  [/^Comments must be/, 'bad-comment'],
  [/^Tags and anchors/, 'misplaced-properties'],
  [/^A block sequence may not/, 'bad-indent'],
];

function toProblemCode(code: ErrorCode, message: string): ProblemCode {
  if (code === 'MISSING_CHAR' || code === 'BAD_INDENT' || code === 'BLOCK_AS_IMPLICIT_KEY') {
    for (const [pattern, found] of BY_SENTENCE) if (pattern.test(message)) return found;
  }
  return CODES[code] ?? 'unreadable';
}

/** Where the library sees a mistake: an offset, a token, or a range of which the first two numbers count. */
type ErrorPlace = number | readonly number[] | { readonly offset: number; readonly source?: string };

/** Turns what the library reports into problems, at the place that a person would mend. */
class LibraryErrors {
  readonly #text: string;
  readonly #problems: ProblemList;
  /** Quotes and brackets that were not closed: the library says only where it gave up waiting for the end. */
  #unclosed: [ProblemCode, number][] = [];

  constructor(text: string, problems: ProblemList) {
    this.#text = text;
    this.#problems = problems;
  }

  /** Stands in for the error handler of the library's composer. */
  readonly add = (place: ErrorPlace, code: ErrorCode, message: string, isWarning = false): void => {
    if (isWarning) return;
    const found = toProblemCode(code, message);
    let [start, end] = rangeOf(place);
    if (found === 'missing-quote' || found === 'missing-bracket') {
      this.#unclosed.push([found, start]);
      return;
    }
    // A key of several lines has that complaint; its length depends on the line ends.
    if (found === 'key-too-long' && end - this.#text.lastIndexOf('\n', start) <= 1024) return;
    if (found === 'bad-indent') {
      // Not the blanks but the words that stand too far left or right.
      while (start < this.#text.length && isBlank(this.#text.charCodeAt(start))) start++;
      end = lineEnd(this.#text, start);
    }
    this.#problems.add(found, start, end);
  };

  addAll(errors: readonly LibraryError[]): void {
    for (const { code, message, pos } of errors) this.add(pos, code, message);
  }

  /** Looks for the openings of what was not closed among the tokens of a document. Costs nothing where all is closed. */
  placeUnclosed(contents: CST.Token | undefined): void {
    if (this.#unclosed.length === 0) return;
    const isPlaced = contents !== undefined && this.#placeIn(contents);
    if (!isPlaced) for (const [code, at] of this.#unclosed) this.#problems.add(code, at, at + 1);
    this.#unclosed = [];
  }

  /**
   * True where something was left open in this token. A bracket around something left open was not closed either,
   * or by the end of another, but that is only the echo of it.
   */
  #placeIn(token: CST.Token): boolean {
    if (token.type === 'single-quoted-scalar' || token.type === 'double-quoted-scalar') {
      const { offset, source } = token;
      if (source.length > 1 && source.endsWith(source.charAt(0))) return false;
      this.#problems.add('missing-quote', offset, lineEnd(this.#text, offset));
      return true;
    }
    if (token.type !== 'block-map' && token.type !== 'block-seq' && token.type !== 'flow-collection')
      return false;
    let isOpenInside = false;
    for (const { key, value } of token.items) {
      if (key && this.#placeIn(key)) isOpenInside = true;
      if (value && this.#placeIn(value)) isOpenInside = true;
    }
    if (isOpenInside || token.type !== 'flow-collection') return isOpenInside;
    if (token.end[0]?.source === (token.start.source === '{' ? '}' : ']')) return false;
    this.#problems.add('missing-bracket', token.offset, token.offset + 1);
    return true;
  }
}

function rangeOf(place: ErrorPlace): [number, number] {
  if (typeof place === 'number') return [place, place + 1];
  if ('offset' in place) return [place.offset, place.offset + (place.source?.length ?? 1)];
  const [start = 0, end = start + 1] = place;
  return [start, end];
}
