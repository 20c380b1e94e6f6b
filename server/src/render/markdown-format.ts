/** A summary for the page of a job or a merge request: the verdict first, then a table that fits on such a page. */
import type { Finding } from '../engine/report.ts';
import type { Format, FormatContext, RunResult } from './format.ts';
import { NO_PAINT } from './paint.ts';
import { toPosition } from './place.ts';
import { toPrintable } from './printable.ts';
import { isCounted, isDraft, isListed } from './summary.ts';
import { formatSummary } from './text-summary.ts';

/** GitHub takes a summary of at most 1 MiB, and nobody reads so far. */
const ROWS = 300;

interface Row {
  readonly uri: string;
  readonly text: string;
  readonly isCounted: boolean;
}

export function createMarkdownFormat(context: FormatContext): Format {
  const rows: Row[] = [];
  return {
    begin: () => '',
    review: report => {
      const note = isDraft(report) ? ' (draft)' : '';
      const listed = report.findings.filter(finding => isListed(finding, context.threshold));
      for (const finding of listed) {
        const text = formatRow(report.uri, finding, note, context);
        rows.push({ uri: report.uri, text, isCounted: isCounted(report, finding, context.threshold) });
      }
      return ''; // The verdict is known at the end and stands before the table.
    },
    separator: '',
    end: result => {
      // Sorting keeps the order within a review.
      const sorted = rows.sort(
        (a, b) => Number(b.isCounted) - Number(a.isCounted) || (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0),
      );
      return formatPage([...troubleOf(result, context), ...sorted.map(({ text }) => text)], result, context);
    },
  };
}

function formatPage(rows: readonly string[], result: RunResult, context: FormatContext): string {
  const sentences = formatSummary(result, context, NO_PAINT).map(escapeText);
  const more = rows.length - ROWS;
  return [
    `## Case Review: ${result.exitCode === 0 ? 'passed' : 'failed'}`,
    '',
    ...sentences.flatMap(sentence => [sentence, '']),
    ...(rows.length === 0 ? [] : ['| severity | place | finding | rule |', '|---|---|---|---|']),
    ...rows.slice(0, ROWS),
    ...(more > 0 ? ['', `${more} more are in the log.`] : []),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function troubleOf({ policyProblems, inputProblems }: RunResult, context: FormatContext): string[] {
  return [
    ...policyProblems.map(({ uri, finding }) => formatRow(uri, finding, '', context)),
    ...inputProblems.map(({ path, message }) => `| error | ${code(path)} | ${escapeText(message)} | |`),
  ];
}

function formatRow(uri: string, finding: Finding, note: string, context: FormatContext): string {
  const { line, column } = toPosition(context.sourceOf(uri), finding.span.start);
  const place = code(`${context.pathOf(uri)}:${line}:${column}`);
  return `| ${finding.severity}${note} | ${place} | ${escapeText(finding.message)} | ${code(finding.rule)} |`;
}

function code(text: string): string {
  return `\`${toPrintable(text).replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}

function escapeText(text: string): string {
  return toPrintable(text).replace(/[\\`*_{}[\]<>#|~@]/g, '\\$&');
}
