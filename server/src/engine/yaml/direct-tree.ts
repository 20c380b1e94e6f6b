/**
 * The short way from a text to our tree, for YAML as people write it: without the library's tokens and nodes in
 * between, which cost many times as much.
 *
 * It takes only what it knows to be without a mistake and without anchors, aliases, tags, directives, document marks,
 * explicit keys, merge keys or tabs. For anything else it gives up, and the library finds out what it is. Tests hold
 * that what is taken here is read as the library reads it, so in doubt it gives up.
 */
import { CST } from 'yaml';
import { resolvePlain } from '../core-schema.ts';
import type { MapNode, Pair, ScalarNode, SeqNode, TreeNode } from '../located-tree.ts';
import { isBlank, isLineBreak, MAX_DEPTH } from '../syntax-problems.ts';
import { blockScalarEnd, type Mutable, makeScalar, repeated } from './nodes.ts';

type Parent = TreeNode['parent'];

/**
 * Undefined where the text holds anything out of the ordinary, such as a key that is there twice. `depth` is how many
 * collections it is in.
 */
export function readDirectly(text: string, depth = 0): MapNode | SeqNode | undefined {
  // Within a quoted text these may be ordinary; asking costs more than it is worth.
  if (/^(?:---|\.\.\.)|\0|\r(?!\n)/m.test(text)) return undefined;
  try {
    return new DirectReader(text).root(depth);
  } catch (error) {
    if (error === UNUSUAL) return undefined;
    throw error;
  }
}

const LF = 0x0a;
const CR = 0x0d;
const TAB = 0x09;
const SPACE = 0x20;
const QUOTE = 0x22;
const HASH = 0x23;
const APOSTROPHE = 0x27;
const COMMA = 0x2c;
const DASH = 0x2d;
const COLON = 0x3a;
const GREATER = 0x3e;
const BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSING_BRACKET = 0x5d;
const BRACE = 0x7b;
const PIPE = 0x7c;
const CLOSING_BRACE = 0x7d;

const UNUSUAL = Symbol('left to the library');

function unusual(): never {
  throw UNUSUAL;
}

/** YAML takes a key only if its colon comes soon. */
const LONGEST_KEY = 1000;

/** A block's `column` is how far it is indented; what belongs to one of its entries stands further in. */
class DirectReader {
  readonly #text: string;
  /** What is read next. */
  #at: number;
  /** Of the line that `#at` was in when it was last behind the indentation. */
  #lineStart: number;

  constructor(text: string) {
    this.#text = text;
    this.#at = this.#lineStart = text.startsWith('\ufeff') ? 1 : 0;
  }

  root(depth: number): MapNode | SeqNode {
    this.#skip();
    const root = this.#node(undefined, -1, depth, true);
    this.#skip();
    if (root.kind === 'scalar' || !this.#isEnd()) return unusual();
    return root;
  }

  /** On the line of its key, a value is no block. */
  #node(parent: Parent, column: number, depth: number, mayBeBlock: boolean): TreeNode {
    const start = this.#at;
    const first = this.#code();
    if (first === PIPE || first === GREATER) return this.#blockScalar(parent, column);
    if (this.#isDash()) return mayBeBlock ? this.#blockSeq(parent, depth) : unusual();
    const node = this.#flowNode(parent, column, depth, false);
    if (node.kind === 'scalar' && this.#isColon()) {
      this.#at = start;
      return mayBeBlock ? this.#blockMap(parent, depth) : unusual();
    }
    this.#endLine();
    return node;
  }

  #blockMap(parent: Parent, depth: number): MapNode {
    const pairs: Pair[] = [];
    const map: Mutable<MapNode> = { kind: 'map', start: this.#at, end: 0, pairs, flow: false, parent };
    const column = this.#column();
    do {
      const pair = this.#key(map, depth);
      const behind = this.#at;
      const isBelow = this.#skip();
      const isValue = !isBelow || this.#isInside(column) || (this.#column() === column && this.#isDash());
      pair.value =
        isValue && !this.#isEnd()
          ? this.#node(pair, column, depth + 1, isBelow)
          : makeScalar(behind, behind, null, false, pair);
      map.end = Math.max(pair.keySpan.end, pair.value.end);
      pairs.push(pair);
    } while (this.#isNext(column));
    return repeated(pairs).length > 0 ? unusual() : map;
  }

  #blockSeq(parent: Parent, depth: number): SeqNode {
    if (depth >= MAX_DEPTH) return unusual();
    const items: TreeNode[] = [];
    const start = this.#at;
    const seq: Mutable<SeqNode> = { kind: 'seq', start, end: start + 1, items, flow: false, parent };
    const column = this.#column();
    do {
      const behind = ++this.#at;
      const isBelow = this.#skip();
      const isValue = !isBelow || this.#isInside(column);
      const item =
        isValue && !this.#isEnd()
          ? this.#node(seq, column, depth + 1, true)
          : makeScalar(behind, behind, null, false, seq);
      if (item.end > seq.end) seq.end = item.end;
      items.push(item);
    } while (this.#isNext(column) && this.#isDash());
    return seq;
  }

  /** A key and its colon, inside a map of this depth; the value is put in later. */
  #key(parent: MapNode, depth: number): Mutable<Pair> {
    const start = this.#at;
    const first = this.#code();
    const isQuoted = first === QUOTE || first === APOSTROPHE;
    // No line is indented so far, so a key ends on its line.
    const key = isQuoted ? this.#quoted(first, Infinity) : this.#plain(Infinity, parent.flow);
    const end = this.#at;
    if (key === '<<' || depth + 1 >= MAX_DEPTH) return unusual();
    // In brackets, what follows a quote and a colon may stand close.
    const isColon = this.#isColon() || (parent.flow && isQuoted && this.#code() === COLON);
    if (!isColon || this.#at - start > LONGEST_KEY) return unusual();
    this.#at++;
    return { key, keySpan: { start, end }, value: EMPTY, parent };
  }

  #flowNode(parent: Parent, column: number, depth: number, inFlow: boolean): TreeNode {
    const start = this.#at;
    const first = this.#code();
    if (first === BRACE || first === BRACKET) {
      if (depth >= MAX_DEPTH) return unusual();
      this.#at++;
      return first === BRACE
        ? this.#flowMap(start, parent, column, depth)
        : this.#flowSeq(start, parent, column, depth);
    }
    const isQuoted = first === QUOTE || first === APOSTROPHE;
    const value = isQuoted ? this.#quoted(first, column) : resolvePlain(this.#plain(column, inFlow));
    return makeScalar(start, this.#at, value, isQuoted, parent);
  }

  #flowMap(start: number, parent: Parent, column: number, depth: number): MapNode {
    const pairs: Pair[] = [];
    const map: Mutable<MapNode> = { kind: 'map', start, end: 0, pairs, flow: true, parent };
    while (!this.#isClosed(CLOSING_BRACE, column)) {
      const pair = this.#key(map, depth);
      const behind = this.#at;
      this.#skipInside(column);
      const next = this.#code();
      pair.value =
        next === COMMA || next === CLOSING_BRACE
          ? makeScalar(behind, behind, null, false, pair)
          : this.#flowNode(pair, column, depth + 1, true);
      pairs.push(pair);
      this.#separate(CLOSING_BRACE, column);
    }
    map.end = this.#at;
    return repeated(pairs).length > 0 ? unusual() : map;
  }

  #flowSeq(start: number, parent: Parent, column: number, depth: number): SeqNode {
    const items: TreeNode[] = [];
    const seq: Mutable<SeqNode> = { kind: 'seq', start, end: 0, items, flow: true, parent };
    while (!this.#isClosed(CLOSING_BRACKET, column)) {
      items.push(this.#flowNode(seq, column, depth + 1, true));
      this.#separate(CLOSING_BRACKET, column);
    }
    seq.end = this.#at;
    return seq;
  }

  /** Goes behind the bracket, if it is next. */
  #isClosed(bracket: number, column: number): boolean {
    this.#skipInside(column);
    if (this.#code() !== bracket) return false;
    this.#at++;
    return true;
  }

  /** Goes behind the comma, which only the closing bracket can spare. */
  #separate(bracket: number, column: number): void {
    this.#skipInside(column);
    if (this.#code() === COMMA) this.#at++;
    else if (this.#code() !== bracket) unusual();
  }

  /** Only what escapes and line breaks stand for is left to the library. */
  #quoted(quote: number, column: number): string {
    const start = this.#at;
    this.#at = this.#quoteEnd(quote);
    const source = this.#text.slice(start, this.#at);
    const isFolded = source.includes('\n');
    if (isFolded) this.#checkLines(start, column);
    if (quote === QUOTE)
      return isFolded || source.includes('\\')
        ? resolved('double-quoted-scalar', source)
        : source.slice(1, -1);
    const isSimple = !isFolded && source.indexOf("'", 1) === source.length - 1;
    return isSimple ? source.slice(1, -1) : resolved('single-quoted-scalar', source);
  }

  /** Behind the closing quote. */
  #quoteEnd(quote: number): number {
    const text = this.#text;
    const character = quote === QUOTE ? '"' : "'";
    for (let end = text.indexOf(character, this.#at + 1); end >= 0; end = text.indexOf(character, end + 1)) {
      if (quote === APOSTROPHE) {
        if (text.charCodeAt(end + 1) !== APOSTROPHE) return end + 1;
        end++;
        continue;
      }
      let before = end;
      while (text.charCodeAt(before - 1) === BACKSLASH) before--;
      if ((end - before) % 2 === 0) return end + 1;
    }
    return unusual();
  }

  /** The lines of a quoted text stand inside the block. */
  #checkLines(start: number, column: number): void {
    const text = this.#text;
    for (let end = text.indexOf('\n', start); end >= 0 && end < this.#at; end = text.indexOf('\n', end + 1)) {
      const content = this.#indented(end + 1);
      const code = text.charCodeAt(content);
      if (code === TAB || (!isLineBreak(code) && content - end - 1 <= column)) unusual();
    }
  }

  #plain(column: number, inFlow: boolean): string {
    const start = this.#at;
    const first = this.#code();
    if (this.#isEnd() || NO_START.has(first)) return unusual();
    if (first === DASH && (this.#isBlankAt(start + 1) || FLOW.has(this.#text.charCodeAt(start + 1))))
      return unusual();
    this.#at = this.#plainEnd(column, inFlow);
    const source = this.#text.slice(start, this.#at);
    return source.includes('\n') ? resolved('scalar', source) : source;
  }

  #plainEnd(column: number, inFlow: boolean): number {
    const text = this.#text;
    let end = this.#at;
    for (let at = end; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === SPACE) {
        if (text.charCodeAt(at + 1) === HASH) break;
        continue;
      }
      if (isLineBreak(code)) {
        const next = this.#continuation(at, column);
        if (next < 0) break;
        at = next - 1;
        continue;
      }
      if (code === COLON) {
        if (this.#isBlankAt(at + 1) || (inFlow && FLOW.has(text.charCodeAt(at + 1)))) break;
      } else if (inFlow && FLOW.has(code)) break;
      else if (code === TAB) return unusual();
      end = at + 1;
    }
    return end;
  }

  /** Where a plain text goes on behind a line break; negative if it does not. */
  #continuation(at: number, column: number): number {
    const text = this.#text;
    for (let lineBreak = text.indexOf('\n', at); ; lineBreak = text.indexOf('\n', lineBreak + 1)) {
      if (lineBreak < 0) return -1;
      const content = this.#indented(lineBreak + 1);
      const code = text.charCodeAt(content);
      if (isLineBreak(code)) continue;
      const isInside = content < text.length && code !== HASH && content - lineBreak - 1 > column;
      return isInside ? content : -1;
    }
  }

  #blockScalar(parent: Parent, column: number): ScalarNode {
    const text = this.#text;
    const start = this.#at;
    const [head, header] = HEADER.exec(text.slice(start, this.#lineEnd(start))) ?? unusual();
    const from = start + head.length + 1;
    let indent = 0;
    let at = from;
    while (at < text.length) {
      const content = this.#indented(at);
      const code = text.charCodeAt(content);
      if (content < text.length && !isLineBreak(code)) {
        if (indent === 0 && content - at > column) indent = content - at;
        if (indent === 0 || content - at < indent) {
          if (code === TAB) return unusual();
          break;
        }
      }
      at = this.#lineEnd(content) + 1;
    }
    // Which blank lines it keeps where it has no other ones, the library knows.
    if (indent === 0 && header!.length > 1) return unusual();
    this.#at = this.#lineStart = Math.min(at, text.length);
    const source = text.slice(from, this.#at);
    const props: CST.Token[] = [{ type: 'block-scalar-header', offset: start, indent: 0, source: header! }];
    const token: CST.BlockScalar = { type: 'block-scalar', offset: start, indent: 0, props, source };
    const { value } = CST.resolveAsScalar(token, true, unusual);
    return makeScalar(start, blockScalarEnd(text, start, this.#at), value, true, parent);
  }

  /** Goes over blanks, line breaks and comments; true if it came to another line. */
  #skip(): boolean {
    const text = this.#text;
    const from = this.#lineStart;
    let at = this.#at;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === LF) this.#lineStart = at + 1;
      else if (code === HASH) {
        if (at > this.#lineStart && text.charCodeAt(at - 1) !== SPACE) unusual();
        at = this.#lineEnd(at) - 1;
      } else if (code !== SPACE && code !== CR) break;
    }
    this.#at = at;
    return this.#lineStart > from;
  }

  #skipInside(column: number): void {
    if (this.#skip() && !this.#isInside(column)) unusual();
  }

  /** Behind a value: nothing but a comment stands on its line. */
  #endLine(): void {
    const text = this.#text;
    const end = this.#indented(this.#at);
    const code = text.charCodeAt(end);
    if (end < text.length && !isLineBreak(code) && code !== HASH) unusual();
  }

  /** Behind an entry: whether another may stand in the same column. Nothing stands further in. */
  #isNext(column: number): boolean {
    this.#skip();
    if (this.#isEnd()) return false;
    return this.#isInside(column) ? unusual() : this.#column() === column;
  }

  /** Goes to the colon behind a key. */
  #isColon(): boolean {
    const colon = this.#indented(this.#at);
    if (this.#text.charCodeAt(colon) !== COLON) return false;
    this.#at = colon;
    return this.#isBlankAt(colon + 1);
  }

  #isDash(): boolean {
    return this.#code() === DASH && this.#isBlankAt(this.#at + 1);
  }

  #isInside(column: number): boolean {
    return this.#column() > column;
  }

  #column(): number {
    return this.#at - this.#lineStart;
  }

  #isEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Not a number at the end of the text. */
  #code(): number {
    return this.#text.charCodeAt(this.#at);
  }

  /** The end of the text counts as a blank. */
  #isBlankAt(at: number): boolean {
    return at >= this.#text.length || isBlank(this.#text.charCodeAt(at));
  }

  /** Behind the spaces. */
  #indented(from: number): number {
    let at = from;
    while (this.#text.charCodeAt(at) === SPACE) at++;
    return at;
  }

  /** Before the LF, or the end of the text. */
  #lineEnd(from: number): number {
    const end = this.#text.indexOf('\n', from);
    return end < 0 ? this.#text.length : end;
  }
}

const FLOW = codes(',[]{}');
/** What no plain text begins with, and a question mark or colon, with which few do. A dash needs a closer look. */
const NO_START = codes('\ufeff\n\r\t ?:,[]{}#&*!|>\'"%@`');

/** The head of a block scalar that finds its indentation in its first line. */
const HEADER = /^([|>][-+]?) *(?: #[^\r]*)?\r?$/;

/** Stands in until the value is made, which needs the pair. */
const EMPTY = makeScalar(0, 0, null, false, undefined);

function codes(characters: string): ReadonlySet<number> {
  return new Set([...characters].map(character => character.charCodeAt(0)));
}

function resolved(type: CST.FlowScalar['type'], source: string): string {
  return CST.resolveAsScalar({ type, offset: 0, indent: 0, source } as CST.FlowScalar, true, unusual).value;
}
