/** The figures of a run: what was checked, what was found, and what of it counts. */
import type { Finding, Report, Severity } from '../engine/report.ts';

export type SeverityCounts = Readonly<Record<Severity, number>>;

export interface Summary {
  readonly reviews: number;
  readonly drafts: number;
  /** Complete reviews with a finding that is listed. */
  readonly withFindings: number;
  /** Findings of complete reviews; waived ones are counted apart. */
  readonly findings: SeverityCounts;
  /** Findings of drafts, which never decide a run. */
  readonly draftFindings: SeverityCounts;
  readonly waived: number;
  /** Findings with a fix, and those of them with a safe one. */
  readonly fixable: number;
  readonly safelyFixable: number;
  /** Crashes of the tool inside one rule: the run's answer cannot be trusted. */
  readonly internalErrors: number;
}

const NO_FINDINGS: SeverityCounts = { error: 0, warning: 0, information: 0, hint: 0 };

export const EMPTY_SUMMARY: Summary = {
  reviews: 0,
  drafts: 0,
  withFindings: 0,
  findings: NO_FINDINGS,
  draftFindings: NO_FINDINGS,
  waived: 0,
  fixable: 0,
  safelyFixable: 0,
  internalErrors: 0,
};

/** A review whose state cannot be read counts as complete, so that a broken file cannot pass for a draft. */
export function isDraft(report: Report): boolean {
  return report.state === 'draft';
}

/** Hints are for the editor, where the review is being written; the other findings are listed. */
export function isListed(finding: Finding): boolean {
  return finding.severity !== 'hint' && !finding.waived;
}

export function addReport(summary: Summary, report: Report): Summary {
  const draft = isDraft(report);
  const effective = report.findings.filter(finding => !finding.waived);
  const key = draft ? 'draftFindings' : 'findings';
  return {
    ...summary,
    reviews: summary.reviews + 1,
    drafts: summary.drafts + (draft ? 1 : 0),
    withFindings: summary.withFindings + (!draft && effective.some(isListed) ? 1 : 0),
    [key]: addCounts(summary[key], effective),
    waived: summary.waived + report.findings.length - effective.length,
    fixable: summary.fixable + count(effective, finding => finding.fixes.length > 0),
    safelyFixable: summary.safelyFixable + count(effective, finding => finding.fixes.some(fix => fix.safe)),
    internalErrors: summary.internalErrors + count(effective, finding => finding.rule === 'internal-error'),
  };
}

function addCounts(counts: SeverityCounts, findings: readonly Finding[]): SeverityCounts {
  const sum = { ...counts };
  for (const finding of findings) sum[finding.severity]++;
  return sum;
}

function count(findings: readonly Finding[], test: (finding: Finding) => boolean): number {
  return findings.filter(test).length;
}
