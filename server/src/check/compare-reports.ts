/** What becomes of a review when it is judged by another policy: the findings that come, go and weigh otherwise. */
import { type Finding, isCovered, type Report } from '../engine/report.ts';

export interface ReviewChange {
  readonly uri: string;
  /** Whether it has an error that counts: under the one policy, and under the other. */
  readonly failed: boolean;
  readonly fails: boolean;
  /** A draft decides nothing, whatever is found in it. */
  readonly isDraft: boolean;
  readonly gone: readonly Finding[];
  readonly come: readonly Finding[];
}

/** Undefined where both policies say the same. Findings are the same by rule, place, severity and message. */
export function compareReports(before: Report, after: Report): ReviewChange | undefined {
  const gone = without(before.findings, after.findings);
  const come = without(after.findings, before.findings);
  if (gone.length === 0 && come.length === 0) return undefined;
  const isDraft = before.state === 'draft';
  return { uri: before.uri, failed: isFailed(before), fails: isFailed(after), isDraft, gone, come };
}

function isFailed({ state, findings }: Report): boolean {
  return state !== 'draft' && findings.some(finding => finding.severity === 'error' && !isCovered(finding));
}

function without(findings: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  const known = new Set(others.map(keyOf));
  return findings.filter(finding => finding.severity !== 'hint' && !known.has(keyOf(finding)));
}

function keyOf({ fingerprint, severity, message }: Finding): string {
  return [fingerprint, severity, message].join('|');
}
