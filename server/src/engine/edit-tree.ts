/**
 * One patch operation as edits of the text: where an entry begins and ends, what of the line around it goes with it,
 * and how deep a new one is indented. Whether the outcome says what was meant is proved by `patch-to-edits.ts`, so
 * rare forms need not be told apart here.
 */
import type { Edit } from './apply-edits.ts';
import { findNode, findPair, isPair, nearest, parsePointer } from './locate.ts';
import type { MapNode, Pair, ParsedText, SeqNode, Span, TreeNode } from './located-tree.ts';
import { wrapInParents } from './patch-value.ts';
import type { PatchOperation } from './report.ts';
import {
  type BlockLayout,
  isInline,
  type Quote,
  writeBehindKey,
  writeBlock,
  writeInline,
  writeItem,
  writePair,
  writeScalar,
} from './write-yaml.ts';

type Edits = readonly Edit[] | undefined;

/** Undefined where the text has no such place. */
export function editTree(parsed: ParsedText, operation: PatchOperation): Edits {
  return new TreeEditor(parsed).edit(operation);
}

class TreeEditor {
  readonly #text: string;
  readonly #root: TreeNode | undefined;
  readonly #layout: BlockLayout;

  constructor({ text, root }: ParsedText) {
    this.#text = text;
    this.#root = root;
    const lineBreak = /\r?\n/.exec(text)?.[0] ?? '\n';
    this.#layout = { lineBreak, ...this.#findSteps(root) };
  }

  edit({ op, path, value }: PatchOperation): Edits {
    if (op === 'add') return this.#add(path, value);
    const node = findNode(this.#root, path);
    if (node === undefined) return undefined;
    if (op === 'replace') return this.#replace(node, value);
    const { parent } = node;
    if (parent === undefined || this.#isAliasCopy(isPair(parent) ? parent.parent : parent)) return undefined;
    if (op === 'remove') return isPair(parent) ? this.#removePair(parent) : this.#removeItem(parent, node);
    return isPair(parent) && typeof value === 'string' ? this.#rename(parent, value) : undefined;
  }

  #add(path: string, value: unknown): Edits {
    const segments = parsePointer(path);
    if (segments === undefined) return undefined;
    if (this.#root === undefined) return this.#addToEmpty(wrapInParents(segments, value));
    if (segments.length === 0) return this.#replace(this.#root, value);
    const place = nearest(this.#root, path.slice(0, path.lastIndexOf('/')))!;
    const depth = parsePointer(place.pointer)!.length;
    const [segment, rest] = [segments[depth]!, segments.slice(depth + 1)];
    const { node } = place;
    if (node.kind === 'scalar') {
      return node.value === null
        ? this.#replace(node, wrapInParents(segments.slice(depth), value))
        : undefined;
    }
    if (this.#isAliasCopy(node)) return undefined;
    const added = wrapInParents(rest, value);
    if (node.kind === 'seq')
      return this.#insertItem(node, segment === '-' ? node.items.length : Number(segment), added);
    const existing = findPair(node, segment);
    return existing ? this.#replace(existing.value, added) : this.#addPair(node, segment, added);
  }

  /** A text without content, or with comments only. */
  #addToEmpty(value: unknown): Edits {
    const { length } = this.#text;
    const { lineBreak } = this.#layout;
    const before = length === 0 || /[\n\ufeff]$/.test(this.#text) ? '' : lineBreak;
    return [insertion(length, before + writeBlock(value, 0, this.#layout) + lineBreak)];
  }

  // ---- replacing

  #replace(node: TreeNode, value: unknown): Edits {
    const { parent } = node;
    if (parent === undefined) return this.#replaceRoot(node, value);
    const container = isPair(parent) ? parent.parent : parent;
    if (this.#isAliasCopy(container)) return undefined;
    const isEmpty = node.start === node.end;
    if (container.flow || isInline(value)) {
      const text = writeInline(value, { flow: container.flow, quote: this.#quoteAt(node.start, isEmpty) });
      if (isEmpty) return this.#fillEmpty(node, text);
      if (!isPair(parent) || !this.#isBelowKey(parent)) return [replacement(node, text)];
      return this.#replaceLines(parent, ` ${text}`);
    }
    return isPair(parent) ? this.#replaceByBlock(parent, value) : this.#replaceItemByBlock(node, value);
  }

  #replaceRoot(root: TreeNode, value: unknown): Edits {
    const text = writeBlock(value, this.#column(root.start), this.#layout);
    // An empty root stands behind a document marker.
    return [
      root.start < root.end ? replacement(root, text) : insertion(root.start, this.#layout.lineBreak + text),
    ];
  }

  #fillEmpty(node: TreeNode, text: string): Edits {
    const { parent } = node;
    const hasColon = parent === undefined || !isPair(parent) || node.start > parent.keySpan.end;
    if (hasColon) return [insertion(node.start, ` ${text}`)];
    return parent.parent.flow ? [insertion(node.start, `: ${text}`)] : undefined;
  }

  /** The value on lines below its key gives way to one behind the colon; comments between the two stay. */
  #replaceLines(pair: Pair, text: string): Edits {
    const colon = this.#colonEnd(pair);
    if (colon === undefined) return undefined;
    const first = this.#lineBreakBefore(pair.value.start);
    return [insertion(colon, text), { start: first, end: this.#lineEnd(pair.value.end), newText: '' }];
  }

  #replaceByBlock(pair: Pair, value: unknown): Edits {
    const { value: node } = pair;
    const indent = this.#indentOf(pair.parent);
    if (this.#isBelowKey(pair)) {
      const column = this.#column(node.start);
      const wanted = column > indent || Array.isArray(value) ? column : indent + this.#layout.mapStep;
      const text = ' '.repeat(wanted) + writeBlock(value, wanted, this.#layout);
      return [{ start: this.#lineStart(node.start), end: node.end, newText: text }];
    }
    const colon = this.#colonEnd(pair);
    if (colon === undefined) return undefined;
    const lineEnd = this.#lineEnd(node.end);
    const block = insertion(lineEnd, writeBehindKey(value, indent, this.#layout));
    const removed = { start: node.start === node.end ? node.start : colon, end: node.end, newText: '' };
    return removed.start === removed.end ? [block] : [removed, block];
  }

  #replaceItemByBlock(node: TreeNode, value: unknown): Edits {
    if (node.start < node.end)
      return [replacement(node, writeBlock(value, this.#column(node.start), this.#layout))];
    const indent = this.#column(node.start - 1) + 2;
    return [insertion(node.start, ` ${writeBlock(value, indent, this.#layout)}`)];
  }

  #rename(pair: Pair, key: string): Edits {
    const taken = findPair(pair.parent, key);
    if (taken !== undefined && taken !== pair) return undefined;
    const { start, end } = pair.keySpan;
    const quote = this.#quoteAt(start, start === end);
    return [replacement(pair.keySpan, writeScalar(key, { flow: pair.parent.flow, quote }))];
  }

  // ---- adding

  #addPair(map: MapNode, key: string, value: unknown): Edits {
    if (!map.flow) {
      const indent = this.#indentOf(map);
      return [
        this.#lineAfter(this.#lastSpan(map), indent, indent > 0, writePair(key, value, indent, this.#layout)),
      ];
    }
    const first = map.pairs[0];
    // Where the first key is in double quotes, as in JSON, everything is.
    const quote = first && this.#text[first.keySpan.start] === '"' ? '"' : undefined;
    const form = { flow: true, quote } as const;
    const text = `${writeScalar(key, form)}: ${writeInline(value, form)}`;
    if (this.#text[map.start] !== '{') return [insertion(map.start, '{'), insertion(map.end, `, ${text}}`)];
    return this.#appendToFlow(map, map.pairs.map(pairSpan), text);
  }

  #insertItem(seq: SeqNode, index: number, value: unknown): Edits {
    const { items } = seq;
    if (!(index >= 0 && index <= items.length)) return undefined;
    if (seq.flow)
      return this.#insertIntoFlow(seq, index, writeInline(value, { flow: true, quote: undefined }));
    const indent = this.#column(seq.start);
    const text = writeItem(value, indent, this.#layout);
    if (index === 0) return [insertion(seq.start, text + this.#layout.lineBreak + ' '.repeat(indent))];
    const isAtEnd = index === items.length;
    const isDeeper = this.#indentAbove(seq) < indent;
    return [this.#lineAfter(items[index - 1]!, indent, isAtEnd && isDeeper, text)];
  }

  #insertIntoFlow(seq: SeqNode, index: number, text: string): Edits {
    const item = seq.items[index];
    if (item === undefined) return this.#appendToFlow(seq, seq.items, text);
    const margin = this.#marginOf(item.start);
    return [
      insertion(
        item.start,
        margin === undefined ? `${text}, ` : `${text},${this.#layout.lineBreak}${margin}`,
      ),
    ];
  }

  #appendToFlow(container: TreeNode, entries: readonly Span[], text: string): Edits {
    const last = entries.at(-1);
    if (last === undefined) {
      // A bracket that was never closed has no inside to write into.
      if (container.end - container.start < 2) return undefined;
      const inside = { start: container.start + 1, end: container.end - 1 };
      const isBlank = this.#text.slice(inside.start, inside.end).trim() === '';
      return [isBlank ? replacement(inside, text) : insertion(inside.start, text)];
    }
    const margin = this.#marginOf(last.start);
    const isClosedBelow = this.#lineEnd(last.end) < container.end;
    if (margin === undefined || !isClosedBelow) return [insertion(last.end, `, ${text}`)];
    const hasComma = /^[ \t]*,/.test(this.#text.slice(last.end, this.#lineEnd(last.end)));
    const line = insertion(
      this.#lineEnd(last.end),
      `${this.#layout.lineBreak}${margin}${text}${hasComma ? ',' : ''}`,
    );
    return hasComma ? [line] : [insertion(last.end, ','), line];
  }

  /**
   * A new line behind an entry, its comment on the same line and the comment lines that are indented deeper than
   * the entry, or as deep where `takesEqual`: those speak of the entry and not of what follows.
   */
  #lineAfter(entry: Span, indent: number, takesEqual: boolean, text: string): Edit {
    const { lineBreak } = this.#layout;
    const line = ' '.repeat(indent) + text;
    let at = this.#lineEnd(entry.end);
    if (this.#endsInKeptLines(entry)) {
      const blanks = /^(?:[ \t]*\r?\n)+/.exec(this.#text.slice(at + 1))?.[0].length;
      if (blanks !== undefined) return insertion(at + 1 + blanks, line + lineBreak);
    }
    const depth = indent + (takesEqual ? 0 : 1);
    for (let next = this.#afterLineBreak(at); next > at; next = this.#afterLineBreak(at)) {
      const lineEnd = this.#lineEnd(next);
      const comment = /^([ \t]*)#/.exec(this.#text.slice(next, lineEnd));
      if (comment === null || comment[1]!.length < depth) break;
      at = lineEnd;
    }
    return insertion(at, lineBreak + line);
  }

  /** Whether the last line belongs to a block scalar that keeps its blank lines (`|+`). */
  #endsInKeptLines(entry: Span): boolean {
    const text = this.#text.slice(entry.start, entry.end);
    return /[|>]\d?\+\d?[^\n]*\n/.test(text);
  }

  // ---- removing

  #removePair(pair: Pair): Edits {
    const map = pair.parent;
    const index = map.pairs.indexOf(pair);
    if (map.flow) return this.#removeFromFlow(map, map.pairs.map(pairSpan), index);
    if (map.pairs.length === 1) return this.#replace(map, {});
    return this.#removeLines(pairSpan(pair), index === 0);
  }

  #removeItem(seq: SeqNode, item: TreeNode): Edits {
    const index = seq.items.indexOf(item);
    if (seq.flow) return this.#removeFromFlow(seq, seq.items, index);
    if (seq.items.length === 1) return this.#replace(seq, []);
    return this.#removeLines({ start: this.#dashOf(seq, index), end: item.end }, index === 0);
  }

  #removeLines(entry: Span, isFirst: boolean): Edits {
    const lineEnd = this.#lineEnd(entry.end);
    if (this.#marginOf(entry.start) === undefined) {
      // It shares its line with a dash or a key above; what follows moves up to there.
      if (!isFirst) return undefined;
      const blanks = /^\s*/.exec(this.#text.slice(lineEnd))![0].length;
      return [{ start: entry.start, end: lineEnd + blanks, newText: '' }];
    }
    const start = this.#lineStart(entry.start);
    const next = this.#afterLineBreak(lineEnd);
    if (next > lineEnd || start === 0) return [{ start, end: next, newText: '' }];
    return [{ start: this.#lineBreakBefore(entry.start), end: lineEnd, newText: '' }];
  }

  #removeFromFlow(container: TreeNode, entries: readonly Span[], index: number): Edits {
    const entry = entries[index]!;
    const [before, after] = [entries[index - 1], entries[index + 1]];
    if (!before && !after) {
      if (!/[{[]/.test(this.#text.charAt(container.start))) return [replacement(container, '{}')];
      return [replacement({ start: container.start + 1, end: container.end - 1 }, '')];
    }
    const lineEnd = this.#lineEnd(entry.end);
    const rest = this.#text.slice(entry.end, lineEnd);
    if (this.#marginOf(entry.start) !== undefined && /^[ \t]*,?[ \t]*(?:#.*)?$/.test(rest)) {
      return [{ start: this.#lineStart(entry.start), end: this.#afterLineBreak(lineEnd), newText: '' }];
    }
    if (after) return [{ start: entry.start, end: after.start, newText: '' }];
    return [{ start: before!.end, end: entry.end, newText: '' }];
  }

  // ---- reading the text around a place

  /** An alias stands for the whole copy that it makes; there is no text to edit inside. */
  #isAliasCopy(container: MapNode | SeqNode): boolean {
    return this.#text[container.start] === '*';
  }

  #quoteAt(start: number, isEmpty: boolean): Quote {
    const character = this.#text[start];
    return !isEmpty && (character === '"' || character === "'") ? character : undefined;
  }

  #isBelowKey({ keySpan, value }: Pair): boolean {
    return value.start > keySpan.end && this.#text.slice(keySpan.end, value.start).includes('\n');
  }

  /** Behind the colon; undefined where a tag or an anchor stands between it and the value. */
  #colonEnd({ keySpan, value }: Pair): number | undefined {
    const between = this.#text.slice(keySpan.end, value.start);
    const match = /^\s*:(?:\s|#[^\r\n]*)*$/.exec(between);
    return match === null ? undefined : keySpan.end + between.indexOf(':') + 1;
  }

  #dashOf(seq: SeqNode, index: number): number {
    if (index === 0) return seq.start;
    const from = this.#lineEnd(seq.items[index - 1]!.end);
    return from + /^(?:\s|#[^\r\n]*)*/.exec(this.#text.slice(from, seq.end))![0].length;
  }

  #lastSpan(map: MapNode): Span {
    return pairSpan(map.pairs.at(-1)!);
  }

  /** The column of the keys of a block map. */
  #indentOf(map: MapNode): number {
    const start = this.#lineStart(map.start);
    const dashes = /^ *(?:[-?] +)*/.exec(this.#text.slice(start, map.start))!;
    return dashes[0].length;
  }

  /** The column of the key or dash that a list hangs on; -1 for the root. */
  #indentAbove({ parent }: SeqNode): number {
    if (parent === undefined) return -1;
    return isPair(parent) ? this.#indentOf(parent.parent) : this.#column(parent.start);
  }

  /** The blanks before a place that is the first of its line; undefined where something else stands before it. */
  #marginOf(at: number): string | undefined {
    const before = this.#text.slice(this.#lineStart(at), at);
    return before.trim() === '' ? before : undefined;
  }

  #column(at: number): number {
    return at - this.#lineStart(at);
  }

  #lineStart(at: number): number {
    if (at === 0) return 0;
    const start = this.#text.lastIndexOf('\n', at - 1) + 1;
    return start === 0 && this.#text.startsWith('\ufeff') ? 1 : start;
  }

  /** Before the line break, or the end of the text. */
  #lineEnd(at: number): number {
    const end = this.#text.indexOf('\n', at);
    if (end < 0) return this.#text.length;
    return this.#text[end - 1] === '\r' && end > at ? end - 1 : end;
  }

  #afterLineBreak(lineEnd: number): number {
    const next = this.#text.indexOf('\n', lineEnd);
    return next < 0 ? lineEnd : next + 1;
  }

  #lineBreakBefore(at: number): number {
    const start = this.#lineStart(at);
    return this.#text[start - 2] === '\r' ? start - 2 : Math.max(start - 1, 0);
  }

  /** The indentation that the text uses where it first shows one. */
  #findSteps(root: TreeNode | undefined): Pick<BlockLayout, 'mapStep' | 'listStep'> {
    let mapStep: number | undefined;
    let listStep: number | undefined;
    const visit = (node: TreeNode): void => {
      if (node.kind === 'scalar' || node.flow || (mapStep !== undefined && listStep !== undefined)) return;
      for (const child of node.kind === 'seq' ? node.items : node.pairs) {
        if ('kind' in child) {
          visit(child);
          continue;
        }
        const { value } = child;
        if (value.kind !== 'scalar' && !value.flow && this.#isBelowKey(child)) {
          const step = this.#column(value.start) - this.#indentOf(child.parent);
          if (value.kind === 'map') mapStep ??= Math.max(step, 1);
          else listStep ??= Math.max(step, 0);
        }
        visit(value);
      }
    };
    if (root) visit(root);
    return { mapStep: mapStep ?? (listStep || 2), listStep: listStep ?? mapStep ?? 2 };
  }
}

function pairSpan({ keySpan, value }: Pair): Span {
  return { start: keySpan.start, end: Math.max(keySpan.end, value.end) };
}

function insertion(at: number, newText: string): Edit {
  return { start: at, end: at, newText };
}

function replacement({ start, end }: Span, newText: string): Edit {
  return { start, end, newText };
}
