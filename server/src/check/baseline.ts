/**
 * The baseline: what was found when a force adopted the tool, by review and fingerprint and without a word of the
 * reviews. It covers those findings and no others: the same question with another outcome is a new finding.
 */
import type { Finding, Report } from '../engine/report.ts';

/** Path of a review, relative to the baseline's folder, to fingerprints and their outcomes. */
export type Baseline = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Raised when a key changes its meaning. */
const VERSION = 1;

/** Nothing of a review is known where it could not be read or judged, so nobody can have accepted it. */
const NEVER_COVERED: readonly string[] = ['file/unreadable', 'internal-error'];

/** Errors and warnings; the rest asks for nothing to be adopted. */
export function isCoverable({ rule, severity, waived }: Finding): boolean {
  return !waived && (severity === 'error' || severity === 'warning') && !NEVER_COVERED.includes(rule);
}

export function applyBaseline(report: Report, path: string, baseline: Baseline): Report {
  const known = baseline.get(path);
  if (known === undefined) return report;
  const findings = report.findings.map(finding =>
    isCoverable(finding) && known.get(finding.fingerprint) === outcomeOf(finding)
      ? { ...finding, baselined: true }
      : finding,
  );
  return { ...report, findings };
}

/** The findings of a review that a baseline may hold. */
export function baselineEntries(report: Report): ReadonlyMap<string, string> {
  return new Map(
    report.findings.filter(isCoverable).map(finding => [finding.fingerprint, outcomeOf(finding)]),
  );
}

/** The parser and the schema give no outcome. */
function outcomeOf(finding: Finding): string {
  return finding.outcome ?? 'form';
}

/** Undefined where the text is no baseline of this version. */
export function parseBaseline(text: string): Baseline | undefined {
  try {
    const data: unknown = JSON.parse(text);
    if (!isRecord(data) || data.version !== VERSION || !isRecord(data.reviews)) return undefined;
    const reviews = Object.entries(data.reviews);
    if (!reviews.every(([, known]) => isRecord(known))) return undefined;
    return new Map(
      reviews.map(([path, known]) => [path, new Map(Object.entries(known as Record<string, string>))]),
    );
  } catch {
    return undefined;
  }
}

/** Sorted, one entry a line, so that a change to it reads well and merges. */
export function formatBaseline(baseline: Baseline): string {
  const reviews = [...baseline]
    .filter(([, known]) => known.size > 0)
    .sort(byKey)
    .map(([path, known]) => [path, Object.fromEntries([...known].sort(byKey))]);
  return `${JSON.stringify({ version: VERSION, reviews: Object.fromEntries(reviews) }, null, 2)}\n`;
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
