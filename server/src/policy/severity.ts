/** How much a finding weighs: by its outcome, the state of the review, and whether anybody stands behind the limit. */
import type { Outcome, Severity } from '../engine/report.ts';
import type { CompiledCheck } from './compile-rule.ts';
import type { Parameter } from './pack.ts';

/** Units of parameters that are limits; any other parameter is a list of questions or words. */
const LIMIT_UNITS = new Set(['minutes', 'hours', 'days', 'working_days', 'months', 'count', 'grades']);

export function isLimit(parameter: Parameter): boolean {
  return LIMIT_UNITS.has(parameter.unit);
}

/**
 * In a draft, what is merely unanswered is a hint; a breach counts at once. A limit that nobody published and
 * nobody adopted is a warning at most. `configured` is what the force's configuration says of the rule.
 */
export function severityOf(
  check: CompiledCheck,
  outcome: Outcome,
  state: string | undefined,
  configured: Severity | undefined,
  limits: readonly Parameter[],
): Severity {
  const isComplete = state === 'complete';
  if (outcome === 'due-soon') return 'information';
  if (outcome === 'cannot-tell') return isComplete ? 'warning' : 'information';
  if (outcome === 'not-recorded' && !isComplete) return 'hint';
  if (configured) return configured;
  return outcome === 'breach' && check.severity === 'error' && !isEstablished(check, limits)
    ? 'warning'
    : check.severity;
}

/** A value that nobody published and nobody adopted. */
export function isDoubtful({ adopted, confidence }: Parameter): boolean {
  return !adopted && (confidence === 'local' || confidence === 'unconfirmed');
}

function isEstablished(check: CompiledCheck, limits: readonly Parameter[]): boolean {
  return check.confidence !== 'unconfirmed' && !limits.some(isDoubtful);
}
