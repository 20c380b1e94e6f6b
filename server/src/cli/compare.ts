/** `case-review compare`: two rounds side by side, and of each share whether it differs by more than chance. */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { compareAudits } from '../audit/compare-audits.ts';
import { createDiskFiles } from '../files/disk-files.ts';
import { toFileUri } from '../files/file-uri.ts';
import { readAuditJson } from '../render/audit-json.ts';
import type { Side } from '../render/audit-text.ts';
import { writeFormats } from './audit-formats.ts';
import { type AuditedReviews, auditReviews } from './audit-reviews.ts';
import { EXIT, UsageError } from './exit-code.ts';
import { textOptions } from './formats.ts';
import { type ReportOptions, toReport } from './report.ts';
import type { Surroundings } from './surroundings.ts';

interface JudgedSide extends Side {
  readonly exitCode: number;
}

export async function compare(
  names: readonly [string, string],
  options: ReportOptions,
  around: Surroundings,
): Promise<number> {
  let here: Promise<AuditedReviews> | undefined;
  const ofFolder = () => (here ??= auditReviews([], options, around));
  const [a, b] = [
    await readSide(names[0], ofFolder, options, around),
    await readSide(names[1], ofFolder, options, around),
  ];
  const comparison = compareAudits(a.report, b.report);
  const head = ({ name, report }: Side) => ({ name, reviews: report.reviews, drafts: report.drafts });
  await writeFormats(options, around, async ({ name, file }) => {
    switch (name) {
      case 'text': {
        const { paint } = await textOptions(around, file === undefined ? options.color : false);
        return (await import('../render/audit-text.ts')).formatComparisonText(comparison, a, b, paint);
      }
      case 'html':
        return (await import('../render/audit-file.ts')).formatComparisonHtml(comparison, a, b);
      case 'json':
        return (await import('../render/audit-json.ts')).formatComparisonJson(comparison, head(a), head(b));
      case 'csv':
        return (await import('../render/audit-csv.ts')).formatComparisonCsv(comparison);
    }
  });
  return Math.max(a.exitCode, b.exitCode);
}

/** A folder or a review, the JSON of a report, or the code of a round below this folder. */
async function readSide(
  name: string,
  ofFolder: () => Promise<AuditedReviews>,
  options: ReportOptions,
  around: Surroundings,
): Promise<JudgedSide> {
  const path = resolve(around.cwd, name);
  if (!existsSync(path)) return ofRound(name, await ofFolder(), options);
  if (!name.endsWith('.json') || statSync(path).isDirectory()) {
    const audited = await auditReviews([name], options, around);
    return { name, report: toReport(audited, options), exitCode: audited.exitCode };
  }
  const file = createDiskFiles().read(toFileUri(path));
  if ('problem' in file) throw new UsageError(`${name}: ${file.problem}`);
  const report = readAuditJson(file.text);
  if (report === undefined)
    throw new UsageError(`${name}: This is no report of an audit; make it with report --format json:FILE.`);
  return { name, report, exitCode: EXIT.clean };
}

function ofRound(name: string, audited: AuditedReviews, options: ReportOptions): JudgedSide {
  const reviews = audited.reviews.filter(({ round }) => round === name);
  if (reviews.length === 0)
    throw new UsageError(
      `${name}: There is no such file or folder, and no review below this folder is of such a round.`,
    );
  return { name, report: toReport({ ...audited, reviews }, options), exitCode: audited.exitCode };
}
