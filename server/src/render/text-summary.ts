/** The sentences that close a run for people: one for a clean run, a few where there is something to say. */
import { SEVERITIES, type Severity } from '../engine/report.ts';
import type { FormatContext, RunResult } from './format.ts';
import type { Paint } from './paint.ts';
import { toPrintable } from './printable.ts';
import { formatRounds } from './round-lines.ts';
import { isAtLeast, type SeverityCounts, type Summary } from './summary.ts';

export function formatSummary(
  result: RunResult,
  {
    asOf,
    noWaivers,
    changed,
    threshold,
    shard,
    pathOf,
  }: Pick<FormatContext, 'asOf' | 'noWaivers' | 'changed' | 'threshold' | 'shard' | 'pathOf'>,
  paint: Paint,
): string[] {
  const { summary } = result;
  const listed = SEVERITIES.filter(severity => isAtLeast(severity, threshold.listed));
  const total = (findings: SeverityCounts): number =>
    listed.reduce((sum, severity) => sum + findings[severity], 0);
  const counts = (findings: SeverityCounts): string =>
    listed
      .filter(severity => findings[severity] > 0)
      .map(severity => countOf(severity, findings[severity]))
      .join(', ');

  const verdict = (): string => {
    const complete = summary.reviews - summary.drafts;
    if (complete === 0) return summary.reviews === 0 ? 'No reviews checked.' : 'No complete reviews.';
    const reviews = plural(complete, 'complete review');
    return total(summary.findings) === 0
      ? paint.bold(`No findings in ${reviews}.`)
      : paint.bold(`${counts(summary.findings)} in ${summary.withFindings} of ${reviews}.`);
  };

  const drafts = ({ drafts, draftFindings }: Summary): string[] => {
    if (drafts === 0) return [];
    const found = total(draftFindings) === 0 ? '' : ` with ${counts(draftFindings)}`;
    return [`${plural(drafts, 'draft')}${found} ${drafts === 1 ? 'does' : 'do'} not count until complete.`];
  };

  const sentences = [
    verdict(),
    ...drafts(summary),
    ...asides(summary, threshold.listed === 'hint'),
    ...trouble(result, paint),
    ...(changed === undefined
      ? []
      : [
          `Only what the changes since ${changed === true ? 'the last commit' : toPrintable(changed)} concern is checked.`,
        ]),
    ...(noWaivers ? ['Waivers are left out.'] : []),
    ...(shard === undefined ? [] : [`This is part ${shard.index} of ${shard.of}.`]),
    ...(asOf === undefined ? [] : [`Everything is judged as of ${asOf}.`]),
  ];
  const isClean = result.exitCode === 0 && total(summary.findings) + total(summary.draftFindings) === 0;
  // The total of a single review says no more than the review, and that of a part is none.
  const isTotal = summary.reviews > 1 && shard === undefined && changed === undefined;
  const rounds = isTotal ? formatRounds(result.audit, pathOf) : [];
  return [...(isClean ? [sentences.join(' ')] : sentences), ...rounds];
}

function asides(summary: Summary, hintsAreListed: boolean): string[] {
  const hints = hintsAreListed ? 0 : summary.findings.hint + summary.draftFindings.hint;
  const { waived, baselined, leftOut, fixable, safelyFixable } = summary;
  const parts = [
    ...(hints > 0 ? [`${plural(hints, 'hint')} not listed`] : []),
    ...(leftOut > 0 ? [`${leftOut} left out as asked`] : []),
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(baselined > 0 ? [`${baselined} in the baseline`] : []),
    ...(fixable > 0
      ? [`${fixable} with a fix on offer${safelyFixable > 0 ? `, ${safelyFixable} of them safe` : ''}`]
      : []),
  ];
  return parts.length === 0 ? [] : [`${parts.join('; ')}.`];
}

function trouble(
  { policyProblems, inputProblems, summary, warningsAllowed }: RunResult,
  paint: Paint,
): string[] {
  const broken = policyProblems.filter(problem => problem.finding.severity === 'error').length;
  const sentences = [
    ...(warningsAllowed === undefined
      ? []
      : [`${plural(summary.findings.warning, 'warning')}, and no more than ${warningsAllowed} are allowed.`]),
    ...(broken > 0 ? [`${plural(broken, 'error')} in configuration or packs.`] : []),
    ...(inputProblems.length > 0 ? [`${plural(inputProblems.length, 'path')} could not be checked.`] : []),
    ...(summary.internalErrors > 0
      ? [`A rule failed ${plural(summary.internalErrors, 'time')}; do not rely on this run.`]
      : []),
  ];
  return sentences.map(paint.red);
}

function countOf(severity: Severity, count: number): string {
  return severity === 'information' ? `${count} for information` : plural(count, severity);
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
