/** The versioned JSON of an audit and of a comparison: one table a line, so that two reports can be compared line by line. */
import { AUDIT_REPORT_VERSION, type AuditReport } from '../audit/audit-report.ts';
import type { Comparison } from '../audit/compare-audits.ts';

export function formatAuditJson({ tables, ...head }: AuditReport): string {
  return `${JSON.stringify(head).slice(0, -1)},"tables":${lines(tables)}}\n`;
}

/** Undefined for a text that is no report of this version. */
export function readAuditJson(text: string): AuditReport | undefined {
  try {
    const told = JSON.parse(text) as AuditReport;
    const isWhole =
      told.version === AUDIT_REPORT_VERSION &&
      Array.isArray(told.rounds) &&
      told.tables.every(({ shares }) => shares.every(({ total }) => 'count' in total && 'of' in total));
    return isWhole ? told : undefined;
  } catch {
    return undefined;
  }
}

export function formatComparisonJson({ compared, shares }: Comparison, a: object, b: object): string {
  return `${JSON.stringify({ version: AUDIT_REPORT_VERSION, a, b, compared }).slice(0, -1)},"shares":${lines(shares)}}\n`;
}

function lines(items: readonly object[]): string {
  return items.length === 0 ? '[]' : `[\n${items.map(item => JSON.stringify(item)).join(',\n')}\n]`;
}
