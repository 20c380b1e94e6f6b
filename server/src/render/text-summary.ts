/** The sentences that close a run for people: one for a clean run, a few where there is something to say. */
import { SEVERITIES } from '../engine/report.ts';
import type { RunResult } from './format.ts';
import type { Paint } from './paint.ts';
import type { SeverityCounts, Summary } from './summary.ts';

export function formatSummary(result: RunResult, asOf: string | undefined, paint: Paint): string[] {
  const { summary } = result;
  const sentences = [
    verdict(summary, paint),
    ...drafts(summary),
    ...asides(summary),
    ...trouble(result, paint),
    ...(asOf === undefined ? [] : [`Everything is judged as of ${asOf}.`]),
  ];
  return result.exitCode === 0 && listed(summary.findings) + listed(summary.draftFindings) === 0
    ? [sentences.join(' ')]
    : sentences;
}

function verdict(summary: Summary, paint: Paint): string {
  const complete = summary.reviews - summary.drafts;
  if (complete === 0) return summary.reviews === 0 ? 'No reviews checked.' : 'No complete reviews.';
  if (listed(summary.findings) === 0)
    return paint.bold(`No findings in ${plural(complete, 'complete review')}.`);
  const { findings, withFindings } = summary;
  return paint.bold(`${counts(findings)} in ${withFindings} of ${plural(complete, 'complete review')}.`);
}

function drafts({ drafts, draftFindings }: Summary): string[] {
  if (drafts === 0) return [];
  const found = listed(draftFindings) === 0 ? '' : ` with ${counts(draftFindings)}`;
  return [`${plural(drafts, 'draft')}${found} ${drafts === 1 ? 'does' : 'do'} not count until complete.`];
}

function asides(summary: Summary): string[] {
  const hints = summary.findings.hint + summary.draftFindings.hint;
  const { waived, fixable, safelyFixable } = summary;
  const parts = [
    ...(hints > 0 ? [`${plural(hints, 'hint')} not listed`] : []),
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(fixable > 0
      ? [`${fixable} with a fix on offer${safelyFixable > 0 ? `, ${safelyFixable} of them safe` : ''}`]
      : []),
  ];
  return parts.length === 0 ? [] : [`${parts.join('; ')}.`];
}

function trouble({ policyProblems, inputProblems, summary }: RunResult, paint: Paint): string[] {
  const broken = policyProblems.filter(problem => problem.finding.severity === 'error').length;
  const sentences = [
    ...(broken > 0 ? [`${plural(broken, 'error')} in configuration or packs.`] : []),
    ...(inputProblems.length > 0 ? [`${plural(inputProblems.length, 'path')} could not be checked.`] : []),
    ...(summary.internalErrors > 0
      ? [`A rule failed ${plural(summary.internalErrors, 'time')}; do not rely on this run.`]
      : []),
  ];
  return sentences.map(paint.red);
}

function listed({ error, warning, information }: SeverityCounts): number {
  return error + warning + information;
}

function counts(findings: SeverityCounts): string {
  return SEVERITIES.filter(severity => severity !== 'hint' && findings[severity] > 0)
    .map(severity =>
      severity === 'information'
        ? `${findings[severity]} for information`
        : plural(findings[severity], severity),
    )
    .join(', ');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
