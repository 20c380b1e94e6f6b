/** `case-review check`: finds reviews, has the workspace judge them, and hands each report to the formats. */
import { resolve } from 'node:path';
import { patchToEdits } from '../engine/patch-to-edits.ts';
import { createDiskFiles } from '../files/disk-files.ts';
import { toFileUri } from '../files/file-uri.ts';
import type { FormatContext, InputProblem } from '../render/format.ts';
import { addReport, EMPTY_SUMMARY, type Summary } from '../render/summary.ts';
import type { FileProvider } from '../workspace/file-provider.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { EXIT, UsageError } from './exit-code.ts';
import { type FormatChoice, openSinks } from './formats.ts';
import { openWorkspace } from './open-workspace.ts';
import { createOrderedOutput, type OrderedOutput } from './ordered-output.ts';
import { findNamed, pathFrom } from './paths.ts';
import { createProgress } from './progress.ts';
import { createSources, rememberFew, withText } from './sources.ts';
import { readStandardInput, STDIN_FILENAME } from './standard-input.ts';
import type { Surroundings } from './surroundings.ts';
import { VERSION } from './version.ts';

export interface CheckOptions {
  readonly format?: readonly FormatChoice[];
  readonly asOf?: string;
  readonly config?: string;
  readonly includeText?: boolean;
  readonly color?: boolean;
  readonly stdin?: boolean;
  readonly stdinFilename?: string;
}

/** What is to be judged: the reviews, where their texts are, and what stands in the way of others. */
interface Input {
  readonly uris: readonly string[];
  readonly files: FileProvider;
  readonly problems: readonly InputProblem[];
}

const NONE_FOUND = 'No reviews found; their names end in .case-review.yaml or .case-review.yml.';

export async function check(
  paths: readonly string[],
  options: CheckOptions,
  around: Surroundings,
): Promise<number> {
  const input = await findInput(paths, options, around);
  const workspace = await openWorkspace(input.files, options, around);
  const uris = leaveOutIgnored(input, workspace, around);
  const context = formatContext(workspace, input.files, options, around);
  const output = createOrderedOutput(uris, await openSinks(options, context, around));
  for (const { path, message } of input.problems) complain(`${path}: ${message}`, around);
  const summary = await judge(uris, workspace, output, around);
  const policyProblems = workspace.policyProblems();
  const hasPolicyErrors = policyProblems.some(problem => problem.finding.severity === 'error');
  const exitCode = exitCodeOf(summary, hasPolicyErrors || input.problems.length > 0);
  await output.finish({ summary, policyProblems, inputProblems: input.problems, exitCode });
  return exitCode;
}

async function findInput(
  paths: readonly string[],
  options: CheckOptions,
  around: Surroundings,
): Promise<Input> {
  const files = createDiskFiles();
  if (options.stdin || paths.includes('-')) {
    if (paths.some(path => path !== '-'))
      throw new UsageError('Standard input is checked alone; leave out the paths.');
    return findStandardInput(options.stdinFilename ?? STDIN_FILENAME, files, around);
  }
  if (options.stdinFilename !== undefined)
    throw new UsageError('--stdin-filename goes with --stdin; add it.');
  const { uris, problems } = await findNamed(paths.length === 0 ? ['.'] : paths, around.cwd);
  if (uris.length > 0 || problems.length > 0) return { uris, files, problems };
  // A folder that was named is expected to hold something; the folder one happens to stand in is not.
  if (paths.length > 0) return { uris, files, problems: paths.map(path => ({ path, message: NONE_FOUND })) };
  complain(NONE_FOUND, around);
  return { uris, files, problems };
}

async function findStandardInput(name: string, files: FileProvider, around: Surroundings): Promise<Input> {
  const read = await readStandardInput(around);
  if ('problem' in read) return { uris: [], files, problems: [{ path: name, message: read.problem }] };
  const uri = toFileUri(resolve(around.cwd, name));
  return { uris: [uri], files: withText(files, uri, read.text), problems: [] };
}

/** Also a review that is named: the editor shows nothing in it either, and hooks name every file that changed. */
function leaveOutIgnored({ uris }: Input, workspace: Workspace, around: Surroundings): readonly string[] {
  const kept = uris.filter(uri => !workspace.isIgnored(uri));
  if (kept.length === 0 && uris.length > 0)
    complain('The configuration leaves out every review found.', around);
  return kept;
}

async function judge(
  uris: readonly string[],
  workspace: Workspace,
  output: OrderedOutput,
  around: Surroundings,
): Promise<Summary> {
  const progress = createProgress(around.stderr, uris.length);
  let summary = EMPTY_SUMMARY;
  for (const report of workspace.scan(uris)) {
    progress.step();
    if (report === undefined) continue;
    summary = addReport(summary, report);
    await output.add(report);
  }
  progress.finish();
  return summary;
}

/** A failure of the tool outranks a wrong configuration, which outranks findings: they make the verdict unsafe. */
function exitCodeOf(summary: Summary, isMisconfigured: boolean): number {
  if (summary.internalErrors > 0) return EXIT.failure;
  if (isMisconfigured) return EXIT.usage;
  return summary.findings.error > 0 ? EXIT.findings : EXIT.clean;
}

function formatContext(
  workspace: Workspace,
  files: FileProvider,
  options: CheckOptions,
  around: Surroundings,
): FormatContext {
  // A format asks once for every fix, and reading a review takes longer than all of them.
  const parsedOf = rememberFew(uri => workspace.parsed(uri));
  return {
    version: VERSION,
    asOf: options.asOf,
    includeText: options.includeText ?? false,
    pathOf: pathFrom(around.cwd),
    sourceOf: createSources(files),
    rulesOf: uri => workspace.rules(uri),
    editsOf: (uri, fix) => patchToEdits(parsedOf(uri), fix.patch),
  };
}

function complain(message: string, around: Surroundings): void {
  around.stderr.write(`case-review: ${message}\n`);
}
