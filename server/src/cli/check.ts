/** `case-review check`: finds reviews, has the workspace judge them, and hands each report to the formats. */
import { patchToEdits } from '../engine/patch-to-edits.ts';
import type { Report } from '../engine/report.ts';
import type { FormatContext } from '../render/format.ts';
import { addReport, EMPTY_SUMMARY, type Summary, type Threshold } from '../render/summary.ts';
import type { FileProvider } from '../workspace/file-provider.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type Choice, chooseFindings, thresholdOf } from './choose-findings.ts';
import { complain, EXIT } from './exit-code.ts';
import { checkFixOptions, type FixOptions, fixReviews, isFixing } from './fix.ts';
import { type FormatChoice, openSinks } from './formats.ts';
import { hasErrors, openWorkspace } from './open-workspace.ts';
import { createOrderedOutput, type OrderedOutput } from './ordered-output.ts';
import { pathFrom } from './paths.ts';
import { createPause } from './pause.ts';
import { createProgress } from './progress.ts';
import { partOf, type ScanOptions, scanReviews } from './scan-options.ts';
import { findInput, type SelectOptions, selectReviews } from './select-reviews.ts';
import { createSources, rememberFew } from './sources.ts';
import type { Surroundings } from './surroundings.ts';
import { VERSION } from './version.ts';

export interface CheckOptions extends Choice, FixOptions, ScanOptions, SelectOptions {
  readonly format?: readonly FormatChoice[];
  /** Errors of configuration and packs are listed and do not fail the run. */
  readonly allowPolicyErrors?: boolean;
  readonly color?: boolean;
}

export async function check(
  paths: readonly string[],
  options: CheckOptions,
  around: Surroundings,
): Promise<number> {
  const isStdin = options.stdin === true || paths.includes('-');
  checkFixOptions(options, isStdin, around);
  const threshold = thresholdOf(options);
  const input = await findInput(paths, options, around);
  const workspace = await openWorkspace(input.files, options, around);
  const selected = await selectReviews(input, workspace, options, around);
  const uris = partOf(selected, options.shard);
  const beside = options.shard && input.uris.filter(uri => !workspace.isIgnored(uri));
  const context = formatContext(workspace, input.files, threshold, options, around);
  const choose = (report: Report) => chooseFindings(report, options, () => workspace.rules(report.uri));
  for (const { path, message } of input.problems) complain(`${path}: ${message}`, around);
  const sinks = await openSinks(options, context, around);
  try {
    const output = createOrderedOutput(uris, sinks);
    const { pathOf } = context;
    const hasFailed =
      isFixing(options) && (await fixReviews(uris, options, { workspace, pathOf, choose }, around));
    const reports = scanReviews(uris, { workspace, files: input.files, beside }, options, around);
    const summary = await collect(reports, uris.length, choose, threshold, output, around);
    const policyProblems = workspace.policyProblems();
    const warningsAllowed = tooMany(summary, options.maxWarnings);
    const exitCode = exitCodeOf(summary, {
      hasFailed,
      isMisconfigured: (hasErrors(policyProblems) && !options.allowPolicyErrors) || input.problems.length > 0,
      hasTooMany: warningsAllowed !== undefined,
    });
    const inputProblems = input.problems;
    await output.finish({ summary, policyProblems, inputProblems, warningsAllowed, exitCode });
    return exitCode;
  } catch (error) {
    for (const { writer } of sinks) writer.discard();
    throw error;
  }
}

/** The limit, where there are more. */
function tooMany({ findings }: Summary, maxWarnings: number | undefined): number | undefined {
  return maxWarnings !== undefined && findings.warning > maxWarnings ? maxWarnings : undefined;
}

async function collect(
  reports: AsyncIterable<Report | undefined>,
  total: number,
  choose: (report: Report) => Report,
  threshold: Threshold,
  output: OrderedOutput,
  around: Surroundings,
): Promise<Summary> {
  const pause = createPause();
  const progress = createProgress(around.stderr, total);
  let summary = EMPTY_SUMMARY;
  for await (const whole of reports) {
    progress.step();
    await pause();
    if (whole === undefined) continue;
    const report = choose(whole);
    summary = addReport(summary, report, threshold, whole.findings.length - report.findings.length);
    await output.add(report);
  }
  progress.finish();
  return summary;
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
  workspace: Workspace,
  files: FileProvider,
  threshold: Threshold,
  options: CheckOptions,
  around: Surroundings,
): FormatContext {
  // A format asks once for every fix, and reading a review takes longer than all of them.
  const parsedOf = rememberFew(uri => workspace.parsed(uri));
  return {
    version: VERSION,
    asOf: options.asOf,
    noWaivers: options.waivers === false,
    includeText: options.includeText ?? false,
    threshold,
    pathOf: pathFrom(around.cwd),
    sourceOf: createSources(files),
    rulesOf: uri => workspace.rules(uri),
    editsOf: (uri, fix) => patchToEdits(parsedOf(uri), fix.patch),
  };
}
