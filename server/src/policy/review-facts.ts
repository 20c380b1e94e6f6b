/** One review as rules are given it. */
import type { Sections } from '../engine/facts.ts';
import type { TreeNode } from '../engine/located-tree.ts';
import type { Finding } from '../engine/report.ts';
import type { Surroundings } from './cel-functions.ts';

export interface ReviewFacts {
  readonly text: string;
  readonly root: TreeNode | undefined;
  /** Sections by name, from the fact builder. */
  readonly sections: Sections;
  readonly id: string | undefined;
  readonly state: string | undefined;
  /** RFC 3339 instant or date; undefined when the review does not say. */
  readonly asOf: string | undefined;
  /** Whether it is asked which rules came to a verdict. */
  readonly isCounted?: boolean | undefined;
  readonly surroundings: Surroundings;
  /** Whether a waiver of the review covers the finding. */
  isWaived(finding: Finding): boolean;
}
