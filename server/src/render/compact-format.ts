/** One line per finding in the form compilers use, `path:line:column: severity: message [rule]`, and a last line. */
import type { Finding } from '../engine/report.ts';
import type { Format, FormatContext } from './format.ts';
import { NO_PAINT } from './paint.ts';
import { toPosition } from './place.ts';
import { toPrintable } from './printable.ts';
import { isDraft, isListed } from './summary.ts';
import { formatSummary } from './text-summary.ts';

export function createCompactFormat(context: FormatContext): Format {
  const toLines = (uri: string, findings: readonly Finding[], note: string): string =>
    findings
      .filter(finding => isListed(finding, context.threshold))
      .map(finding => formatLine(uri, finding, note, context))
      .join('');
  return {
    begin: () => '',
    review: report => toLines(report.uri, report.findings, isDraft(report) ? ' (draft)' : ''),
    separator: '',
    end: result => {
      const problems = result.policyProblems.map(({ uri, finding }) => toLines(uri, [finding], ''));
      return `${problems.join('')}${formatSummary(result, context, NO_PAINT).join(' ')}\n`;
    },
  };
}

function formatLine(uri: string, finding: Finding, note: string, context: FormatContext): string {
  const { line, column } = toPosition(context.sourceOf(uri), finding.span.start);
  const place = `${toPrintable(context.pathOf(uri))}:${line}:${column}`;
  return `${place}: ${finding.severity}${note}: ${toPrintable(finding.message)} [${finding.rule}]\n`;
}
