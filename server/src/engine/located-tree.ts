/**
 * The located tree: what a text says and where it says it.
 *
 * Everything behind the parser works on this tree and on nothing of the YAML library, so that reading can be
 * made incremental without touching schema findings, rules, fixes or completion.
 * A place is a pair of offsets in UTF-16 units, `start` inclusive, `end` exclusive.
 */

/** A stretch of text: offsets in UTF-16 units, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Scalar = string | number | boolean | null;

export interface ScalarNode extends Span {
  readonly kind: 'scalar';
  readonly value: Scalar;
  /** True where the text carries quotes or is a block scalar, so that its form was chosen by the writer. */
  readonly quoted: boolean;
  readonly parent: Pair | SeqNode | undefined;
}

export interface Pair {
  /** The key as a string: a key written `1` is "1". */
  readonly key: string;
  readonly keySpan: Span;
  /** An empty value (`key:`) is a scalar node of value null whose span is empty and lies behind the colon. */
  readonly value: TreeNode;
  readonly parent: MapNode;
}

export interface MapNode extends Span {
  readonly kind: 'map';
  /** In the order of the text. A key written twice is kept twice; the parser reports it. */
  readonly pairs: readonly Pair[];
  /** True for `{a: b}`, false for the block form. */
  readonly flow: boolean;
  readonly parent: Pair | SeqNode | undefined;
}

export interface SeqNode extends Span {
  readonly kind: 'seq';
  readonly items: readonly TreeNode[];
  /** True for `[a, b]`, false for the block form. */
  readonly flow: boolean;
  readonly parent: Pair | SeqNode | undefined;
}

export type TreeNode = ScalarNode | MapNode | SeqNode;

/** What the parser could not make sense of, with its place. */
export interface SyntaxProblem {
  /** A stable word, such as `bad-indent`, `duplicate-key`, `too-deep`. */
  readonly code: string;
  readonly message: string;
  readonly span: Span;
}

/** A parsed text: always a tree and the problems, never an exception. */
export interface ParsedText {
  readonly text: string;
  /** Undefined for a text without content. */
  readonly root: TreeNode | undefined;
  readonly problems: readonly SyntaxProblem[];
  /** Undefined of a text that does not stand in sections, such as one in brackets. */
  readonly sections?: readonly Section[];
}

/**
 * Whole lines from a key at the left margin on, until before the next one. Sections are read apart, so that a mistake
 * in one of them, such as a quote that is not closed, leaves the others as they are.
 */
export interface Section extends Span {
  /** Entries of the root; several where a key is not a plain word. */
  readonly pairs: readonly Pair[];
  readonly problems: readonly SyntaxProblem[];
}
