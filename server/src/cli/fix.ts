/** `check --fix`: makes the fixes on offer and writes the reviews back, or shows what would be written. */
import { readFileSync } from 'node:fs';
import { applyEdits } from '../engine/apply-edits.ts';
import { findSafeFix, fixAll } from '../engine/fix-all.ts';
import { type Finding, type Fix, isCovered, type Report } from '../engine/report.ts';
import { decodeText } from '../files/decode-text.ts';
import { toFilePath } from '../files/file-uri.ts';
import { replaceFile } from '../files/pending-file.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { complainUnread } from './complain-unread.ts';
import { complain, UsageError } from './exit-code.ts';
import type { FormatChoice } from './formats.ts';
import { hasErrors } from './open-workspace.ts';
import { createPause } from './pause.ts';
import type { Shard } from './scan-options.ts';
import { isWatched, type Surroundings } from './surroundings.ts';
import { whyUnwritable } from './why-unwritable.ts';

export interface FixOptions {
  readonly fix?: boolean;
  readonly fixSuggested?: boolean;
  readonly diff?: boolean;
  readonly dryRun?: boolean;
  readonly includeText?: boolean;
  readonly shard?: Shard;
  readonly format?: readonly FormatChoice[];
}

/** A fix may uncover another finding with a fix; none of ours goes on for longer. */
const PASSES = 10;

export interface FixContext {
  readonly workspace: Workspace;
  readonly pathOf: (uri: string) => string;
  readonly choose: (report: Report) => Report;
}

export function isFixing({ fix, fixSuggested }: FixOptions): boolean {
  return fix === true || fixSuggested === true;
}

export function checkFixOptions(options: FixOptions, isStdin: boolean, around: Surroundings): void {
  const { diff, dryRun, includeText, shard, format = [] } = options;
  if (!isFixing(options)) {
    if (diff) throw new UsageError('--diff goes with --fix or --fix-suggested; add one.');
    if (dryRun) throw new UsageError('--dry-run goes with --fix or --fix-suggested; add one.');
    return;
  }
  if (isStdin) throw new UsageError('Standard input cannot be fixed; name the file.');
  if (shard) throw new UsageError('Fixes are made in all reviews at once; leave out --shard.');
  if (diff && dryRun) throw new UsageError('--diff writes no review either; leave out --dry-run.');
  if (diff && format.some(({ file }) => file === undefined))
    throw new UsageError(
      'The diff goes to standard output; write the format to a file, as in --format json:FILE.',
    );
  if (diff && !includeText && !isWatched(around))
    throw new UsageError(
      'A diff shows what reviews say; outside a terminal it needs --include-text as well.',
    );
}

/** True where a review could not be written though it should have been. */
export async function fixReviews(
  uris: readonly string[],
  options: FixOptions,
  context: FixContext,
  around: Surroundings,
): Promise<boolean> {
  const { workspace, pathOf } = context;
  const choose = options.fixSuggested ? findAnyFix : findSafeFix;
  const pause = createPause();
  const fixable: string[] = [];
  for (const report of workspace.scan(uris)) {
    await pause();
    // Beside a diff no findings are listed.
    if (report !== undefined && options.diff) complainUnread(report, around);
    if (report !== undefined && context.choose(report).findings.some(choose)) fixable.push(report.uri);
  }
  if (hasErrors(workspace.policyProblems())) {
    complain('Nothing is fixed while the configuration or a pack has errors.', around);
    return false;
  }
  const isTrial = options.diff === true || options.dryRun === true;
  let fixed = 0;
  let hasFailed = false;
  for (const uri of fixable) {
    await pause();
    const change = fixReview(uri, choose, context);
    if (change === undefined) continue;
    const problem = isTrial ? undefined : writeBack(uri, change);
    if (problem !== undefined) {
      hasFailed ||= problem !== CHANGED_MEANWHILE;
      complain(`${pathOf(uri)}: ${problem}`, around);
      continue;
    }
    // What was tried gives way to what the file says now.
    workspace.filesChanged([uri]);
    fixed++;
    if (options.diff) around.stdout.write(await formatDiff(pathOf(uri), change));
    if (options.dryRun) complain(`${pathOf(uri)} would be fixed.`, around);
  }
  const reviews = `${fixed} review${fixed === 1 ? '' : 's'}`;
  complain(isTrial ? `${reviews} would be fixed.` : `${reviews} fixed.`, around);
  return hasFailed;
}

/** Safe or not, but one only: the first is the one a rule recommends. */
function findAnyFix(finding: Finding): Fix | undefined {
  return findSafeFix(finding) ?? (isCovered(finding) ? undefined : finding.fixes[0]);
}

interface Change {
  readonly before: string;
  readonly after: string;
}

function fixReview(
  uri: string,
  chooseFix: (finding: Finding) => Fix | undefined,
  { workspace, choose }: FixContext,
): Change | undefined {
  const before = workspace.parsed(uri).text;
  let after = before;
  for (let pass = 0; pass < PASSES; pass++) {
    const { findings } = choose(workspace.report(uri));
    const edits = fixAll(after, findings, chooseFix);
    if (edits.length === 0) break;
    after = applyEdits(after, edits);
    workspace.openText(uri, after);
  }
  workspace.closeText(uri);
  return after === before ? undefined : { before, after };
}

const CHANGED_MEANWHILE = 'The file changed while it was being fixed and was left alone; run again.';

function writeBack(uri: string, { before, after }: Change): string | undefined {
  const path = toFilePath(uri)!;
  try {
    const bytes = readFileSync(path);
    const now = decodeText(bytes);
    if (!('text' in now) || now.text !== before) return CHANGED_MEANWHILE;
    const mark = bytes.subarray(0, bytes.length - Buffer.byteLength(before));
    replaceFile(path, Buffer.concat([mark, Buffer.from(after)]));
    return undefined;
  } catch (error) {
    return whyUnwritable(error);
  }
}

async function formatDiff(path: string, { before, after }: Change): Promise<string> {
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import('diff');
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
