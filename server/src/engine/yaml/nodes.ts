/** Making nodes of the located tree, for both ways of reading. */
import type { Pair, Scalar, ScalarNode, TreeNode } from '../located-tree.ts';
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
