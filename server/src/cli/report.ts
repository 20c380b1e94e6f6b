/** `case-review report`: counts the reviews of an audit and writes the figures. */
import { type AuditReport, tellAudit } from '../audit/audit-report.ts';
import { countAudit } from '../audit/count-audit.ts';
import { auditTitles } from '../render/audit-titles.ts';
import { sayInEnglish } from '../texts/say.ts';
import { type AuditFormat, type AuditFormatOptions, writeFormats } from './audit-formats.ts';
import { type AuditedReviews, type AuditOptions, auditReviews } from './audit-reviews.ts';
import { type FormatChoice, textOptions } from './formats.ts';
import type { Surroundings } from './surroundings.ts';

export interface ReportOptions extends AuditOptions, AuditFormatOptions {}

export async function report(
  paths: readonly string[],
  options: ReportOptions,
  around: Surroundings,
): Promise<number> {
  const audited = await auditReviews(paths, options, around);
  const told = toReport(audited, options);
  await writeFormats(options, around, name => formatReport(name, told, options, around));
  return audited.exitCode;
}

export function toReport(
  { reviews, smallestCell }: AuditedReviews,
  { asOf, waivers }: AuditOptions,
): AuditReport {
  return tellAudit(countAudit(reviews), {
    asOf,
    noWaivers: waivers === false,
    smallestCell,
    ...auditTitles(sayInEnglish),
  });
}

async function formatReport(
  { name, file }: FormatChoice<AuditFormat>,
  told: AuditReport,
  { color }: AuditFormatOptions,
  around: Surroundings,
): Promise<string> {
  switch (name) {
    case 'text': {
      const { paint } = await textOptions(around, file === undefined ? color : false);
      return (await import('../render/audit-text.ts')).formatAuditText(told, paint);
    }
    case 'html':
      return (await import('../render/audit-file.ts')).formatAuditHtml(told);
    case 'json':
      return (await import('../render/audit-json.ts')).formatAuditJson(told);
    case 'csv':
      return (await import('../render/audit-csv.ts')).formatAuditCsv(told);
  }
}
