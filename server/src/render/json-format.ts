/** The versioned JSON of a run: one review a line, so that two reports can be compared line by line. */
import { type AuditTotals, reconciles } from '../audit/count-rounds.ts';
import { findingToJson, reviewToJson } from './finding-json.ts';
import type { Format, FormatContext, RunResult } from './format.ts';

/** Raised when a key goes or changes its meaning; new keys do not raise it. */
export const REPORT_VERSION = 1;

export function createJsonFormat(context: FormatContext): Format {
  return {
    begin: () =>
      `{"version": ${REPORT_VERSION}, "asOf": ${JSON.stringify(context.asOf ?? null)}, ` +
      `${context.noWaivers ? '"noWaivers": true, ' : ''}` +
      `${context.shard ? `"shard": ${JSON.stringify(context.shard)}, ` : ''}"reviews": [\n`,
    review: report => JSON.stringify(reviewToJson(report, context)),
    separator: ',\n',
    end: result =>
      `\n],\n"policyProblems": ${lines(policyProblems(result, context))},\n` +
      `"inputProblems": ${lines(result.inputProblems.map(({ path, message }) => ({ path, message })))},\n` +
      `"audit": ${JSON.stringify(audit(result.audit, context))},\n` +
      `"summary": ${JSON.stringify(summary(result))}}\n`,
  };
}

function policyProblems({ policyProblems }: RunResult, context: FormatContext): readonly object[] {
  return policyProblems.map(({ uri, finding }) => ({
    path: context.pathOf(uri),
    ...findingToJson(uri, finding, context),
  }));
}

function audit({ rounds, unread }: AuditTotals, { pathOf }: FormatContext): object {
  const paths = (reviews: AuditTotals['unread']) => reviews.map(({ uri }) => pathOf(uri));
  return {
    rounds: rounds.map(({ round, withoutDisposition, withoutReturn, ...totals }) => ({
      round: round ?? null,
      ...totals,
      reconciles: reconciles({ withoutDisposition, withoutReturn }),
      withoutDisposition: paths(withoutDisposition),
      withoutReturn: paths(withoutReturn),
    })),
    unread: paths(unread),
  };
}

function summary({ summary, exitCode }: RunResult): object {
  const { withFindings, internalErrors, ...figures } = summary;
  return { ...figures, exitCode };
}

function lines(items: readonly object[]): string {
  return items.length === 0 ? '[]' : `[\n${items.map(item => JSON.stringify(item)).join(',\n')}\n]`;
}
