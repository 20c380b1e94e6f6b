/** `check --watch`: tells all findings again whenever a file changes, and judges only what the change concerns. */
import { basename, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Report } from '../engine/report.ts';
import { toFilePath, toFileUri } from '../files/file-uri.ts';
import { GIT_IGNORE } from '../protocol.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { CheckOptions } from './check-options.ts';
import { complain, UsageError } from './exit-code.ts';
import { isFixing } from './fix.ts';
import { openWorkspace } from './open-workspace.ts';
import { createPause } from './pause.ts';
import { scanReviews } from './scan-options.ts';
import { findInput, type Input, selectReviews } from './select-reviews.ts';
import { isWatched, type Surroundings } from './surroundings.ts';
import { tellRun } from './tell-run.ts';

/** Editors write a file in several steps, and git many files at once. */
const SETTLING_MS = 50;
/** Reviews, configuration, packs and baselines, and what git leaves out. */
const OF_INTEREST = /\.(?:ya?ml|json|gitignore)$/;
const CLEAR_SCREEN = '\u001b[2J\u001b[3J\u001b[H';

/** Ends with the process; at once, as a check does, where nothing that is named is there. */
export async function watch(
  paths: readonly string[],
  options: CheckOptions,
  around: Surroundings,
): Promise<number> {
  if (isFixing(options) || options.changed !== undefined || options.shard !== undefined)
    throw new UsageError('--watch only checks, and checks all; leave out --fix, --changed and --shard.');
  const input = await findInput(paths, options, around);
  const workspace = await openWorkspace(input.files, options, around);
  const selected = await selectReviews(input.uris, workspace, options, around);
  if (input.uris.length === 0 && input.problems.length > 0)
    return tell(input, selected, new Map(), workspace, options, around);
  const nextChanges = await listen(watchedPaths(paths, selected, workspace, around));
  const reports = new Map<string, Report>();
  const { files } = input;
  const pause = createPause();
  for await (const report of scanReviews(
    selected,
    { workspace, files, beside: undefined },
    options,
    around,
  )) {
    await pause();
    if (report !== undefined) reports.set(report.uri, report);
  }
  await tell(input, selected, reports, workspace, options, around);
  for (;;) {
    complain('Waiting for changes; Ctrl+C ends this.', around);
    const changed = await nextChanges();
    const affected = new Set(workspace.filesChanged(changed.map(toFileUri)));
    const now = await findInput(paths, options, around);
    if (changed.some(path => basename(path) === GIT_IGNORE)) {
      const found = new Set(now.uris);
      const gone = [...reports.keys()].filter(uri => !found.has(uri));
      for (const uri of gone) reports.delete(uri);
      const come = now.uris.filter(uri => !reports.has(uri));
      for (const uri of [...workspace.forget(gone), ...workspace.filesChanged(come)]) affected.add(uri);
    }
    const uris = await selectReviews(now.uris, workspace, options, around);
    const toJudge = uris.filter(uri => affected.has(uri) || !reports.has(uri));
    for (const report of workspace.scan(toJudge)) {
      await pause();
      if (report !== undefined) reports.set(report.uri, report);
    }
    if (isWatched(around)) around.stdout.write(CLEAR_SCREEN);
    await tell(now, uris, reports, workspace, options, around);
  }
}

/** What is named, and the configuration and packs in force, which may lie elsewhere. */
function watchedPaths(
  paths: readonly string[],
  uris: readonly string[],
  workspace: Workspace,
  { cwd }: Surroundings,
): string[] {
  const isPattern = paths.length === 0 || paths.some(path => /[*?[{]/.test(path));
  const named = isPattern ? [cwd] : paths.map(path => resolve(cwd, path));
  const policy = new Set<string>();
  for (const uri of uris) {
    const config = workspace.config(uri);
    if (config === undefined) continue;
    for (const file of [
      config.text.uri,
      workspace.baselineUri(uri),
      ...config.packs.map(pack => pack.folder),
    ])
      if (file !== undefined) policy.add(file);
  }
  return [...named, ...[...policy].map(uri => toFilePath(uri) ?? cwd)];
}

/** Gives, each time it is asked, the paths that changed since; waits until there are some. */
async function listen(paths: readonly string[]): Promise<() => Promise<string[]>> {
  const { watch: watchPaths } = await import('chokidar');
  const watcher = watchPaths([...paths], {
    ignoreInitial: true,
    ignored: /[\\/](?:node_modules|\.git)(?:[\\/]|$)/,
  });
  const changed = new Set<string>();
  let notice = (): void => {};
  watcher.on('all', (_, path) => {
    if (!OF_INTEREST.test(path)) return;
    changed.add(path);
    notice();
  });
  await new Promise<void>(done => watcher.once('ready', done));
  return async () => {
    if (changed.size === 0)
      await new Promise<void>(done => {
        notice = done;
      });
    await setTimeout(SETTLING_MS);
    const paths = [...changed];
    changed.clear();
    return paths;
  };
}

async function tell(
  { files, problems }: Input,
  uris: readonly string[],
  reports: ReadonlyMap<string, Report>,
  workspace: Workspace,
  options: CheckOptions,
  around: Surroundings,
): Promise<number> {
  async function* inOrder(): AsyncGenerator<Report | undefined> {
    for (const uri of uris) yield reports.get(uri);
  }
  const policyProblems = () => workspace.policyProblems();
  return tellRun(
    { uris, workspace, files, reports: inOrder(), inputProblems: problems, policyProblems },
    options,
    around,
  );
}
