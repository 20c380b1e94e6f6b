/** The tree as plain data. An empty value (`key:`) is the same as an absent one; of a key written twice the last counts. */
import type { TreeNode } from './located-tree.ts';

export function plainValue(node: TreeNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'seq') return node.items.map(plainValue);
  const plain: Record<string, unknown> = {};
  for (const { key, value } of node.pairs) {
    if (isBlank(value)) delete plain[key];
    else if (key === '__proto__')
      Object.defineProperty(plain, key, {
        value: plainValue(value),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    else plain[key] = plainValue(value);
  }
  return plain;
}

export function isBlank(node: TreeNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}
