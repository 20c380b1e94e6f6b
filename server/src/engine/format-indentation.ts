/** Indentation: every level of block style begins two blanks further in than the one around it, lists under a key too. */
import type { Edit } from './apply-edits.ts';
import { LineIndex } from './line-index.ts';
import type { MapNode, SeqNode, TreeNode } from './located-tree.ts';

const STEP = 2;

export function indentLines(text: string, root: TreeNode): Edit[] {
  const columns = new Columns(text);
  columns.place(root, 0);
  return columns.edits();
}

interface Move {
  readonly from: number;
  readonly to: number;
}

class Columns {
  readonly #text: string;
  readonly #lines: LineIndex;
  /** Lines that begin with a key or a dash: the column of it before and after. */
  readonly #moves = new Map<number, Move>();
  /** Lines in the midst of a value: by how much they follow its key or dash. */
  readonly #shifts = new Map<number, number>();

  constructor(text: string) {
    this.#text = text;
    this.#lines = new LineIndex(text);
  }

  place(node: TreeNode, column: number): void {
    if (node.kind === 'scalar' || node.flow || this.#text[node.start] === '*') return;
    if (node.kind === 'map') this.#placeMap(node, column);
    else this.#placeList(node, column);
  }

  edits(): Edit[] {
    const edits: Edit[] = [];
    for (let line = 0; line < this.#lines.lineCount; line++) {
      const start = this.#lines.offset(line, 0);
      const from = this.#widthOf(line);
      const to = this.#columnOf(line, from);
      if (to !== from) edits.push({ start, end: start + from, newText: ' '.repeat(to) });
    }
    return edits;
  }

  #placeMap({ pairs }: MapNode, column: number): void {
    for (const { keySpan, value } of pairs) {
      const shift = this.#move(keySpan.start, column);
      this.#carry(keySpan.start, value, shift);
      this.place(value, column + STEP);
    }
  }

  #placeList({ items, start }: SeqNode, column: number): void {
    let from = start;
    for (const item of items) {
      const dash = this.#dashBefore(item, from);
      const shift = this.#move(dash, column);
      this.#carry(dash, item, shift);
      this.place(item, column + STEP);
      from = item.end;
    }
  }

  /** The first dash that stands in no comment; a later one may be part of an anchor. */
  #dashBefore(item: TreeNode, from: number): number {
    const between = this.#text.slice(from, item.start).replace(/#.*/g, comment => ' '.repeat(comment.length));
    return from + between.indexOf('-');
  }

  /** Notes where a key or dash has to stand; answers by how much it moves. */
  #move(offset: number, to: number): number {
    const { line, character } = this.#lines.position(offset);
    const from = line === 0 && this.#text.startsWith('\ufeff') ? character - 1 : character;
    if (this.#widthOf(line) === from) this.#moves.set(line, { from, to });
    return to - from;
  }

  /** The further lines of a value keep their distance. */
  #carry(owner: number, value: TreeNode, shift: number): void {
    if (value.kind !== 'scalar' && !value.flow) return;
    const first = this.#lines.position(owner).line + 1;
    const last = this.#lines.position(value.end).line;
    const start = this.#lines.position(value.start).line;
    for (let line = first; line <= last; line++)
      // Blanks on an empty line are text in a scalar, and nothing before it or in brackets.
      if ((value.kind === 'scalar' && line > start) || !this.#isEmpty(line)) this.#shifts.set(line, shift);
  }

  #columnOf(line: number, from: number): number {
    const move = this.#moves.get(line);
    if (move !== undefined) return move.to;
    const shift = this.#shifts.get(line);
    if (shift !== undefined) return from === 0 ? 0 : Math.max(0, from + shift);
    return this.#isComment(line, from) ? this.#commentColumn(line, from) : from;
  }

  /** A comment moves with the line below if it stands as far in, or else with the last line above that does. */
  #commentColumn(line: number, from: number): number {
    for (let below = line + 1; below < this.#lines.lineCount; below++) {
      const move = this.#moves.get(below);
      if (move?.from === from) return move.to;
      if (move !== undefined) break;
    }
    for (let above = line - 1; above >= 0; above--) {
      const move = this.#moves.get(above);
      if (move?.from === from) return move.to;
    }
    return from;
  }

  #isComment(line: number, from: number): boolean {
    return this.#text[this.#lines.offset(line, from)] === '#';
  }

  #isEmpty(line: number): boolean {
    return /[\r\n]/.test(this.#text[this.#lines.offset(line, this.#widthOf(line))] ?? '\n');
  }

  /** The blanks at the beginning of a line. */
  #widthOf(line: number): number {
    const start = this.#lines.offset(line, 0);
    let end = start;
    while (this.#text[end] === ' ' || this.#text[end] === '\t') end++;
    return end - start;
  }
}
