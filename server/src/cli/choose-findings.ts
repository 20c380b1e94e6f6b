/** Which findings a run is about. What is left out here is in no format and decides nothing. */
import type { Finding, Report, Severity } from '../engine/report.ts';
import type { RuleDescription } from '../policy/pack.ts';
import { isAtLeast, type Threshold } from '../render/summary.ts';
import { UsageError } from './exit-code.ts';

/** Only what rests on published policy; everything but hints; everything. */
export const PROFILES = ['published', 'standard', 'everything'] as const;
export type Profile = (typeof PROFILES)[number];

export interface Choice {
  readonly minSeverity?: Severity;
  readonly maxWarnings?: number;
  readonly profile?: Profile;
}

export function readMaxWarnings(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError('--max-warnings needs a whole number, such as 0.');
}

export function thresholdOf({ minSeverity, maxWarnings, profile }: Choice): Threshold {
  if (maxWarnings !== undefined && minSeverity === 'error')
    throw new UsageError(
      '--min-severity error leaves out the warnings that --max-warnings counts; give one.',
    );
  const listed = minSeverity ?? (profile === 'everything' ? 'hint' : 'information');
  return { listed, counted: minSeverity ?? 'error' };
}

export function chooseFindings(
  report: Report,
  choice: Choice,
  rules: () => readonly RuleDescription[],
): Report {
  const { minSeverity, profile } = choice;
  if (minSeverity === undefined && profile !== 'published') return report;
  const isChosen = (finding: Finding): boolean =>
    (minSeverity === undefined || isAtLeast(finding.severity, minSeverity)) &&
    (profile !== 'published' || isPublished(finding, rules()));
  return { ...report, findings: report.findings.filter(isChosen) };
}

/**
 * The parser's and the schema's findings have no confidence, and no policy is needed to agree with them. A failure of
 * the tool is never left out.
 */
function isPublished(
  { rule, confidence, parameters = {} }: Finding,
  rules: readonly RuleDescription[],
): boolean {
  if (confidence === undefined || rule === 'internal-error') return true;
  const known = rules.find(({ id }) => id === rule)?.parameters ?? [];
  return (
    confidence === 'published' &&
    known.every(parameter => !(parameter.name in parameters) || parameter.confidence === 'published')
  );
}
