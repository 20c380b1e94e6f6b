/** From reports to formats, figures and an exit code: the same for a check and for reports that are joined. */
import { RoundCounter } from '../audit/count-rounds.ts';
import { patchToEdits } from '../engine/patch-to-edits.ts';
import type { PolicyProblem, Report } from '../engine/report.ts';
import type { FormatContext, InputProblem, RunResult } from '../render/format.ts';
import type { ShardJson } from '../render/shard-json.ts';
import { addReport, EMPTY_SUMMARY, type Summary, type Threshold } from '../render/summary.ts';
import type { FileProvider } from '../workspace/file-provider.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type Choice, chooseFindings, thresholdOf } from './choose-findings.ts';
import { complain, EXIT } from './exit-code.ts';
import { openSinks, type SinkOptions } from './formats.ts';
import { hasErrors, type PolicyOptions } from './open-workspace.ts';
import { createOrderedOutput, type OrderedOutput } from './ordered-output.ts';
import { pathFrom } from './paths.ts';
import { createPause } from './pause.ts';
import { createProgress, type Progress } from './progress.ts';
import { createSources, rememberFew } from './sources.ts';
import type { Surroundings } from './surroundings.ts';
import { VERSION } from './version.ts';

export interface TellOptions extends Choice, PolicyOptions, SinkOptions {
  readonly includeText?: boolean;
  /** True for the changes since the last commit, or since which commit. */
  readonly changed?: string | true;
  /** Errors of configuration and packs are listed and do not fail the run. */
  readonly allowPolicyErrors?: boolean;
}

/** What there is to tell. */
export interface Run {
  readonly uris: readonly string[];
  readonly workspace: Workspace;
  readonly files: FileProvider;
  /** In any order; undefined for a step that gives none yet. */
  readonly reports: AsyncIterable<Report | undefined>;
  readonly inputProblems: readonly InputProblem[];
  /** Asked for when all reports are there. */
  readonly policyProblems: () => readonly PolicyProblem[];
  /** Findings that were left out before. */
  readonly leftOut?: number;
  readonly shard?: ShardJson | undefined;
  /** Called when every output can be written to, before any report is asked for; true where the tool failed. */
  readonly prepare?: (pathOf: (uri: string) => string, choose: Choose) => Promise<boolean>;
}

export type Choose = (report: Report) => Report;

export async function tellRun(run: Run, options: TellOptions, around: Surroundings): Promise<number> {
  const { uris, workspace, inputProblems } = run;
  const threshold = thresholdOf(options);
  const context = formatContext(run, threshold, options, around);
  const choose: Choose = report => chooseFindings(report, options, () => workspace.rules(report.uri));
  for (const { path, message } of inputProblems) complain(`${path}: ${message}`, around);
  const sinks = await openSinks(options, context, around);
  const progress = createProgress(around, uris.length);
  try {
    const output = createOrderedOutput(uris, sinks, progress);
    const hasFailed = (await run.prepare?.(context.pathOf, choose)) ?? false;
    const { summary, audit } = await collect(run, choose, threshold, output, progress);
    const policyProblems = run.policyProblems();
    const warningsAllowed = tooMany(summary, options.maxWarnings);
    const exitCode = exitCodeOf(summary, {
      hasFailed,
      isMisconfigured: (hasErrors(policyProblems) && !options.allowPolicyErrors) || inputProblems.length > 0,
      hasTooMany: warningsAllowed !== undefined,
    });
    await output.finish({ summary, audit, policyProblems, inputProblems, warningsAllowed, exitCode });
    return exitCode;
  } catch (error) {
    progress.hide();
    for (const { writer } of sinks) writer.discard();
    throw error;
  }
}

/** The limit, where there are more. */
function tooMany({ findings }: Summary, maxWarnings: number | undefined): number | undefined {
  return maxWarnings !== undefined && findings.warning > maxWarnings ? maxWarnings : undefined;
}

async function collect(
  { reports, uris, leftOut = 0 }: Run,
  choose: Choose,
  threshold: Threshold,
  output: OrderedOutput,
  progress: Progress,
): Promise<Pick<RunResult, 'summary' | 'audit'>> {
  const pause = createPause();
  let summary: Summary = { ...EMPTY_SUMMARY, leftOut };
  const rounds = new RoundCounter();
  let left = uris.length;
  for await (const whole of reports) {
    progress.step(whole !== undefined);
    // Behind the last one nothing waits.
    if (--left !== 0) await pause();
    if (whole === undefined) continue;
    const report = choose(whole);
    summary = addReport(summary, report, threshold, whole.findings.length - report.findings.length);
    rounds.add(report);
    await output.add(report);
  }
  return { summary, audit: rounds.totals() };
}

/** A failure of the tool outranks a wrong configuration, which outranks findings: they make the verdict unsafe. */
function exitCodeOf(
  summary: Summary,
  run: { readonly hasFailed: boolean; readonly isMisconfigured: boolean; readonly hasTooMany: boolean },
): number {
  if (run.hasFailed || summary.internalErrors > 0) return EXIT.failure;
  if (run.isMisconfigured) return EXIT.usage;
  return summary.counted > 0 || run.hasTooMany ? EXIT.findings : EXIT.clean;
}

function formatContext(
  { workspace, files, shard }: Run,
  threshold: Threshold,
  options: TellOptions,
  around: Surroundings,
): FormatContext {
  // A format asks once for every fix, and reading a review takes longer than all of them.
  const parsedOf = rememberFew(uri => workspace.parsed(uri));
  return {
    version: VERSION,
    asOf: options.asOf,
    noWaivers: options.waivers === false,
    changed: options.changed,
    includeText: options.includeText ?? false,
    threshold,
    shard,
    pathOf: pathFrom(around.cwd),
    sourceOf: createSources(files),
    rulesOf: uri => workspace.rules(uri),
    editsOf: (uri, fix) => patchToEdits(parsedOf(uri), fix.patch),
  };
}
