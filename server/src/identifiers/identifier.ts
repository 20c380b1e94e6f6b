/** An identifier as rules see it: its kind and its place, and nothing of what it says. */
import type { Span, TreeNode } from '../engine/located-tree.ts';

export class Identifier {
  readonly kind: string;
  readonly name: string;
  /** A checksum or a label says so; otherwise it only looks like one. */
  readonly certain: boolean;
  /** The smallest part of the review around it that the schema knows; undefined for a comment outside everything. */
  readonly $node: TreeNode | undefined;
  /** The characters themselves. */
  readonly $span: Span;

  constructor(kind: string, name: string, certain: boolean, node: TreeNode | undefined, span: Span) {
    this.kind = kind;
    this.name = name;
    this.certain = certain;
    this.$node = node;
    this.$span = span;
  }
}
