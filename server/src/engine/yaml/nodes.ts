/** Making nodes of the located tree, for both ways of reading. */
import type { Pair, Scalar, ScalarNode, Section, Span, SyntaxProblem, TreeNode } from '../located-tree.ts';
import { isBlank, lineEnd } from '../syntax-problems.ts';

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export function makeScalar(
  start: number,
  end: number,
  value: Scalar,
  quoted: boolean,
  parent: TreeNode['parent'],
): ScalarNode {
  return { kind: 'scalar', start, end, value, quoted, parent };
}

/** Without the blanks at the end, which even a quoted or bracketed value has when it is not closed. */
export function contentEnd(text: string, start: number, end: number): number {
  let last = Math.min(end, text.length);
  while (last > start + 1 && isBlank(text.charCodeAt(last - 1))) last--;
  return last;
}

/** The end of the last line with content, or of the header where there is none. */
export function blockScalarEnd(text: string, start: number, end: number): number {
  const last = contentEnd(text, start, end);
  const header = lineEnd(text, start);
  if (last > header) return last;
  let indicator = start + 1;
  while (indicator < last && /[-+0-9]/.test(text.charAt(indicator))) indicator++;
  return indicator;
}

/** The pairs of a map whose key stands before them already. */
export function repeated(pairs: readonly Pair[]): readonly Pair[] {
  const found: Pair[] = [];
  // Most maps are so short that looking back costs less than a set.
  const seen = pairs.length > 16 ? new Set<string>() : undefined;
  for (let i = 0; i < pairs.length; i++) {
    const { key } = pairs[i]!;
    if (seen ? seen.has(key) : isBefore(pairs, key, i)) found.push(pairs[i]!);
    seen?.add(key);
  }
  return found;
}

function isBefore(pairs: readonly Pair[], key: string, end: number): boolean {
  for (let i = 0; i < end; i++) if (pairs[i]!.key === key) return true;
  return false;
}

/** The section with everything in it, so many characters further on; its nodes stay the same objects. */
export function moveSection(section: Section, by: number): Section {
  if (by === 0) return section;
  for (const pair of section.pairs) movePair(pair, by);
  return {
    start: section.start + by,
    end: section.end + by,
    pairs: section.pairs,
    problems: moveProblems(section.problems, by),
  };
}

export function moveProblems(problems: readonly SyntaxProblem[], by: number): readonly SyntaxProblem[] {
  return problems.map(({ span, ...problem }) => ({
    ...problem,
    span: { start: span.start + by, end: span.end + by },
  }));
}

function movePair(pair: Pair, by: number): void {
  move(pair.keySpan, by);
  moveNode(pair.value, by);
}

/** An alias stands for a copy, so no node is there twice. */
export function moveNode(node: TreeNode, by: number): void {
  move(node, by);
  if (node.kind === 'map') for (const pair of node.pairs) movePair(pair, by);
  else if (node.kind === 'seq') for (const item of node.items) moveNode(item, by);
}

function move(span: Mutable<Span>, by: number): void {
  span.start += by;
  span.end += by;
}
