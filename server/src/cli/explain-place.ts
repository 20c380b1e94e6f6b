/** `case-review explain FILE:LINE`: why the findings of a line are there, and the clocks on it that were kept. */
import { explainClock, explainFinding, type Judged } from '../check/explain-finding.ts';
import type { Span } from '../engine/located-tree.ts';
import { createDiskFiles } from '../files/disk-files.ts';
import { formatExplanation, formatInterval } from '../render/explanation-text.ts';
import { type Source, toRegion } from '../render/place.ts';
import { EXIT, UsageError } from './exit-code.ts';
import { openWorkspace, type PolicyOptions, refusePolicyErrors } from './open-workspace.ts';
import { pathFrom } from './paths.ts';
import { readNamed } from './read-named.ts';
import { createSources } from './sources.ts';
import type { Surroundings } from './surroundings.ts';
import { writeWrapped } from './write-wrapped.ts';

const PLACE = /^(.+?):(\d+)(?::\d+)?$/;

export interface ReviewLine {
  readonly path: string;
  readonly line: number;
}

/** `reviews/a.case-review.yaml:12`, with or without a column; undefined for what is no such place. */
export function readPlace(text: string): ReviewLine | undefined {
  const [, path, line] = PLACE.exec(text) ?? [];
  return path === undefined ? undefined : { path, line: Number(line) };
}

export async function explainPlace(
  { path, line }: ReviewLine,
  options: PolicyOptions,
  around: Surroundings,
): Promise<number> {
  const files = createDiskFiles();
  const { uri } = readNamed(path, files, around);
  const source = createSources(files)(uri);
  const last = toRegion(source, { start: 0, end: source.text.length }).end.line;
  if (line < 1 || line > last) throw new UsageError(`${path} has no line ${line}; its last line is ${last}.`);
  const workspace = await openWorkspace(files, options, around);
  // The scan reads the reviews that this one links to as well.
  for (const _ of workspace.scan([uri]));
  refusePolicyErrors(workspace);
  const parts = explainLine(line, workspace.judged(uri), pathFrom(around.cwd)(uri), source);
  if (options.asOf !== undefined) parts.push(`Everything is judged as of ${options.asOf}.`);
  writeWrapped(parts.join('\n\n'), around.stdout);
  return EXIT.clean;
}

function explainLine(line: number, judged: Judged, path: string, source: Source): string[] {
  const isHere = (span: Span): boolean => {
    const { start, end } = toRegion(source, span);
    return start.line <= line && line <= end.line;
  };
  const { findings, clocks } = judged.report;
  const here = findings.filter(({ span }) => isHere(span));
  const kept = clocks
    .map(clock => explainClock(clock, judged))
    .filter(
      ({ clock, from, to }) =>
        clock.state === 'within' && [from, to].some(({ span }) => span && isHere(span)),
    );
  const parts = [
    ...here.map(finding => formatExplanation(finding, explainFinding(finding, judged), path, source)),
    ...kept.map(interval =>
      [`${path}:${line}  kept: ${interval.clock.rule}`, ...formatInterval(interval, source)].join('\n'),
    ),
  ];
  return parts.length > 0
    ? parts
    : [
        nothing(
          line,
          path,
          findings.map(({ span }) => toRegion(source, span).start.line),
        ),
      ];
}

function nothing(line: number, path: string, lines: readonly number[]): string {
  const others = [...new Set(lines)].sort((a, b) => a - b);
  const where =
    others.length === 0
      ? 'The review has no findings.'
      : `There are findings on ${others.length === 1 ? 'line' : 'lines'} ${others.join(', ')}.`;
  return `Nothing is found on line ${line} of ${path}. ${where}`;
}
