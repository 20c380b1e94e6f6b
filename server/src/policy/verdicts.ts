/**
 * What the checks found in one review, kept while it is edited: a check is made anew only where something changed that
 * it looked at. What comes out is what making every check gives; a property test holds that over edits.
 */
import type { Clock, Finding } from '../engine/report.ts';
import type { CompiledCheck } from './compile-rule.ts';

/** Bits beside those of the sections, for what else a check may look at. */
export const OTHER_REVIEWS = 1 << 28;
export const WHOLE_TEXT = 1 << 29;
export const OTHER_CHECKS = 1 << 30;

export interface Verdict {
  /** Bits of what the check looked at. */
  readonly reads: number;
  readonly findings: readonly Finding[];
  readonly clocks: readonly Clock[];
  /** It asked something and had an answer; a clock that still runs is none. */
  readonly isJudged: boolean;
  /** It could not ask something, because that cannot be read. */
  readonly isUnread: boolean;
}

export interface Verdicts {
  readonly ofCheck: ReadonlyMap<CompiledCheck, Verdict>;
  /** Refs of the rules that failed. */
  readonly failed: readonly string[];
}

/** The verdicts before an edit, and the bits of what has changed since. */
export interface EarlierVerdicts {
  readonly verdicts: Verdicts;
  readonly changed: number;
}
