/** Findings as annotations of GitHub Actions; the summary follows as ordinary lines of the log. */
import type { Finding, Severity } from '../engine/report.ts';
import type { Format, FormatContext } from './format.ts';
import { NO_PAINT } from './paint.ts';
import { toRegion } from './place.ts';
import { isDraft, isListed } from './summary.ts';
import { formatSummary } from './text-summary.ts';

type Command = 'error' | 'warning' | 'notice';

export function createGithubFormat(context: FormatContext): Format {
  return {
    begin: () => '',
    // A draft decides nothing, so it must not look as if it had.
    review: report =>
      annotate(report.uri, report.findings, isDraft(report) ? ['notice', 'draft: '] : undefined, context),
    separator: '',
    end: result => {
      const problems = result.policyProblems.map(({ uri, finding }) =>
        annotate(uri, [finding], undefined, context),
      );
      return `${problems.join('')}${formatSummary(result, context, NO_PAINT).join('\n')}\n`;
    },
  };
}

function annotate(
  uri: string,
  findings: readonly Finding[],
  as: readonly [Command, string] | undefined,
  context: FormatContext,
): string {
  return findings
    .filter(finding => isListed(finding, context.threshold))
    .map(finding => {
      const { start, end } = toRegion(context.sourceOf(uri), finding.span);
      const properties = [
        ['file', context.pathOf(uri)],
        ['line', start.line],
        ['col', start.column],
        ['endLine', end.line],
        // GitHub takes an end column only together with a single line.
        ...(end.line === start.line ? [['endColumn', end.column]] : []),
        ['title', (as?.[1] ?? '') + finding.rule],
      ];
      const list = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',');
      return `::${as?.[0] ?? commandOf(finding.severity)} ${list}::${escapeMessage(finding.message)}\n`;
    })
    .join('');
}

function commandOf(severity: Severity): Command {
  return severity === 'error' || severity === 'warning' ? severity : 'notice';
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
