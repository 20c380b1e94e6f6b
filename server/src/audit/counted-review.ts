/** What is counted of one review: a few words about it, and one verdict for each rule. Small, because all are kept. */
import type { Finding, Report } from '../engine/report.ts';
import { groupBy } from './group-by.ts';

/**
 * What a rule came to in one review. Only `broken` and `kept` are its population: silence and doubt are no failure, a
 * waiver is told apart, and where a rule asks about what did not happen there is nothing to judge.
 */
export const VERDICTS = ['broken', 'kept', 'not_recorded', 'cannot_tell', 'waived', 'not_asked'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What counting needs to know of a rule. */
export interface CountedRule {
  readonly id: string;
  readonly ref: string;
  readonly title: string;
  /** Failings of the published audit, such as `F5`. */
  readonly catches: readonly string[];
}

export interface CountedReview {
  readonly uri: string;
  readonly id: string | undefined;
  readonly isDraft: boolean;
  /** Undefined where the review gives no usable code. */
  readonly round: string | undefined;
  /** A word of the vocabulary of dispositions, or one of `OUTCOMES_BESIDE`. */
  readonly outcome: string;
  /** A word of the vocabulary of grades, or one of `GRADES_BESIDE`. */
  readonly grade: string;
  /** By theme. */
  readonly themes: Readonly<Record<string, string>>;
  readonly areThemesRead: boolean;
  readonly rules: readonly CountedRule[];
  /** For each of the rules the index of its verdict. */
  readonly verdicts: Uint8Array;
}

/** Sent back without a result yet; not sent back; nothing said of it; what is said cannot be read. */
export const OUTCOMES_BESIDE = ['no_result', 'not_returned', 'not_said', 'unread'] as const;
export const GRADES_BESIDE = ['not_graded', 'unread'] as const;

/** `rules` are those in force for the review; the report was made with `counted`. */
export function countReview(report: Report, rules: readonly CountedRule[]): CountedReview {
  const { uri, id, state, audit, counted } = report;
  return {
    uri,
    id,
    // As in a check, what cannot be read cannot pass for a draft.
    isDraft: state === 'draft',
    round: audit?.round,
    outcome: outcomeOf(audit),
    grade: counted?.grades === undefined ? 'unread' : (counted.grades.overall ?? 'not_graded'),
    themes: counted?.grades?.themes ?? {},
    areThemesRead: counted?.grades !== undefined,
    rules,
    verdicts: verdictsOf(report, rules),
  };
}

function outcomeOf(audit: Report['audit']): string {
  if (audit?.unread) return 'unread';
  if (audit?.returned === undefined) return 'not_said';
  return audit.returned ? (audit.disposition ?? 'no_result') : 'not_returned';
}

function verdictsOf({ findings, counted }: Report, rules: readonly CountedRule[]): Uint8Array {
  const judged = new Set(counted?.judged);
  const unread = new Set(counted?.unread);
  const byRule = groupBy(findings, ({ rule }) => rule);
  return Uint8Array.from(rules, ({ id }) =>
    VERDICTS.indexOf(verdictOf(byRule.get(id) ?? [], judged.has(id), unread.has(id))),
  );
}

/** A breach that nobody waived decides. Otherwise a rule is kept only where nothing about it is left open. */
function verdictOf(findings: readonly Finding[], isJudged: boolean, isUnread: boolean): Verdict {
  const finds = (outcome: Finding['outcome']) =>
    findings.some(finding => finding.outcome === outcome && !finding.waived);
  if (finds('breach')) return 'broken';
  if (findings.some(({ waived }) => waived)) return 'waived';
  if (isUnread || finds('cannot-tell')) return 'cannot_tell';
  if (finds('not-recorded')) return 'not_recorded';
  return isJudged ? 'kept' : 'not_asked';
}

export function verdictAt({ verdicts }: CountedReview, at: number): Verdict {
  return VERDICTS[verdicts[at]!]!;
}
