/** The figures of a run: what was checked, what was found, and what of it counts. */
import { type Finding, isCovered, type Report, SEVERITIES, type Severity } from '../engine/report.ts';

export type SeverityCounts = Readonly<Record<Severity, number>>;

/** How severe a finding must be to be listed, and to count. */
export interface Threshold {
  readonly listed: Severity;
  readonly counted: Severity;
}

export interface Summary {
  readonly reviews: number;
  readonly drafts: number;
  /** Complete reviews with a finding that is listed. */
  readonly withFindings: number;
  /** Findings of complete reviews; waived ones are counted apart. */
  readonly findings: SeverityCounts;
  /** Those of them that count: the run fails. */
  readonly counted: number;
  /** Findings of drafts, which never decide a run. */
  readonly draftFindings: SeverityCounts;
  readonly waived: number;
  /** Findings that only the baseline covers. */
  readonly baselined: number;
  /** Findings that `--min-severity` or `--profile` keeps out of every format; nobody shall take them for none. */
  readonly leftOut: number;
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
  counted: 0,
  draftFindings: NO_FINDINGS,
  waived: 0,
  baselined: 0,
  leftOut: 0,
  fixable: 0,
  safelyFixable: 0,
  internalErrors: 0,
};

/** A review whose state cannot be read counts as complete, so that a broken file cannot pass for a draft. */
export function isDraft(report: Report): boolean {
  return report.state === 'draft';
}

export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}

/** Hints are for the editor, where the review is being written; they are listed only when somebody asks. */
export function isListed(finding: Finding, { listed }: Threshold): boolean {
  return !isCovered(finding) && isAtLeast(finding.severity, listed);
}

/** Whether a finding fails the run. */
export function isCounted(report: Report, finding: Finding, { counted }: Threshold): boolean {
  return !isDraft(report) && !isCovered(finding) && isAtLeast(finding.severity, counted);
}

/** `leftOut` findings of the review are not in the report any more. */
export function addReport(summary: Summary, report: Report, threshold: Threshold, leftOut: number): Summary {
  const draft = isDraft(report);
  const effective = report.findings.filter(finding => !isCovered(finding));
  const isWithFindings = !draft && effective.some(finding => isListed(finding, threshold));
  const key = draft ? 'draftFindings' : 'findings';
  return {
    ...summary,
    reviews: summary.reviews + 1,
    drafts: summary.drafts + (draft ? 1 : 0),
    withFindings: summary.withFindings + (isWithFindings ? 1 : 0),
    [key]: addCounts(summary[key], effective),
    counted: summary.counted + count(effective, finding => isCounted(report, finding, threshold)),
    waived: summary.waived + count(report.findings, finding => finding.waived === true),
    baselined:
      summary.baselined + count(report.findings, finding => finding.baselined === true && !finding.waived),
    leftOut: summary.leftOut + leftOut,
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
