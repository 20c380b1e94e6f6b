/**
 * Findings for people. In a log each finding is one line, `path:line:col  severity  message  rule`, to search and
 * match; on a terminal the message is wrapped below the place. A summary closes both.
 */
import type { Finding, RelatedPlace, Report } from '../engine/report.ts';
import { formatFrame } from './code-frame.ts';
import type { Format, FormatContext, RunResult } from './format.ts';
import { type Paint, severityColour } from './paint.ts';
import { toPosition } from './place.ts';
import { toPrintable, wrap } from './printable.ts';
import { isDraft, isListed } from './summary.ts';
import { formatSummary } from './text-summary.ts';

export interface TextOptions {
  readonly paint: Paint;
  /** The columns of the terminal; undefined where nobody watches. */
  readonly width: number | undefined;
}

const FRAME_WIDTH_IN_A_LOG = 120;

type Block = readonly string[];

/** What a single finding needs of the run. */
export type FindingContext = Pick<FormatContext, 'includeText' | 'pathOf' | 'sourceOf'>;

export function createTextFormat(context: FormatContext, options: TextOptions): Format {
  const { paint, width } = options;
  const isApart = width !== undefined || context.includeText;
  const list = (blocks: readonly Block[]): string =>
    blocks.map(block => `${block.join('\n')}\n`).join(isApart ? '\n' : '');

  return {
    begin: () => '',
    review: (report: Report) => {
      const note = isDraft(report) ? ' (draft)' : '';
      const listed = report.findings.filter(finding => isListed(finding, context.threshold));
      return list(
        listed.map((finding, at) => {
          // Many findings of one place, such as every step without an answer, show it once.
          const isNew = listed[at - 1]?.span.start !== finding.span.start;
          const how = isNew ? context : { ...context, includeText: false };
          return formatFinding(report.uri, finding, note, how, options);
        }),
      );
    },
    separator: '\n',
    end: (result: RunResult, isEmpty: boolean) => {
      const problems = result.policyProblems.filter(problem => isListed(problem.finding, context.threshold));
      const blocks = problems.map(({ uri, finding }) => formatFinding(uri, finding, '', context, options));
      const sentences = formatSummary(result, context, paint);
      const summary = width === undefined ? sentences : sentences.flatMap(sentence => wrap(sentence, width));
      const sections = [...(blocks.length > 0 ? [list(blocks)] : []), list([summary])];
      return (isEmpty ? '' : '\n') + sections.join('\n');
    },
  };
}

/** One finding with what belongs to it; `note` stands behind its severity. */
export function formatFinding(
  uri: string,
  finding: Finding,
  note: string,
  context: FindingContext,
  options: TextOptions,
): Block {
  const { paint, width } = options;
  const colour = severityColour(paint, finding.severity);
  const path = toPrintable(context.pathOf(uri));
  const place = `${path}:${formatPlace(uri, finding.span.start, context)}`;
  const severity = colour(finding.severity) + note;
  const message = toPrintable(finding.message);
  const frame = context.includeText
    ? formatFrame(context.sourceOf(uri), finding.span, (width ?? FRAME_WIDTH_IN_A_LOG) - 4, paint, colour)
    : [];
  const related = finding.related.map(other => formatRelated(uri, other, context, paint));
  if (width === undefined) {
    return [`${place}  ${severity}  ${message}  ${finding.rule}`, ...indent(4, [...frame, ...related])];
  }
  return [
    `${paint.bold(place)}  ${severity}  ${paint.dim(finding.rule)}`,
    ...indent(2, wrap(message, width - 2)),
    ...indent(4, [...frame, ...related]),
  ];
}

function formatRelated(uri: string, related: RelatedPlace, context: FindingContext, paint: Paint): string {
  const file = related.uri ?? uri;
  const place = formatPlace(file, related.span.start, context);
  const prefix = file === uri ? '' : `${toPrintable(context.pathOf(file))}:`;
  return `${paint.cyan(prefix + place)}  ${toPrintable(related.message)}`;
}

function formatPlace(uri: string, offset: number, context: FindingContext): string {
  const { line, column } = toPosition(context.sourceOf(uri), offset);
  return `${line}:${column}`;
}

function indent(by: number, lines: Block): Block {
  return lines.map(line => ' '.repeat(by) + line);
}
