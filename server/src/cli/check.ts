/** `case-review check`: finds reviews and has them judged. */
import type { CheckOptions } from './check-options.ts';
import { thresholdOf } from './choose-findings.ts';
import { UsageError } from './exit-code.ts';
import { checkFixOptions, fixReviews, isFixing } from './fix.ts';
import { openWorkspace } from './open-workspace.ts';
import { partOf, scanReviews, shardJson } from './scan-options.ts';
import { findInput, selectReviews } from './select-reviews.ts';
import type { Surroundings } from './surroundings.ts';
import { tellRun } from './tell-run.ts';

export async function check(
  paths: readonly string[],
  options: CheckOptions,
  around: Surroundings,
): Promise<number> {
  const isStdin = options.stdin === true || paths.includes('-');
  checkFixOptions(options, isStdin, around);
  thresholdOf(options); // Wrong usage is told before anything is read.
  if (options.watch && isStdin) throw new UsageError('Standard input is checked once; leave out --watch.');
  if (options.watch) return (await import('./watch.ts')).watch(paths, options, around);
  const { uris: found, files, problems } = await findInput(paths, options, around);
  const workspace = await openWorkspace(files, options, around);
  const selected = await selectReviews(found, workspace, options, around);
  const uris = partOf(selected, options.shard);
  const beside = options.shard && found.filter(uri => !workspace.isIgnored(uri));
  return tellRun(
    {
      uris,
      workspace,
      files,
      reports: scanReviews(uris, { workspace, files, beside }, options, around),
      inputProblems: problems,
      policyProblems: () => workspace.policyProblems(),
      shard: shardJson(selected.length, options),
      prepare: async (pathOf, choose) =>
        isFixing(options) && fixReviews(uris, options, { workspace, pathOf, choose }, around),
    },
    options,
    around,
  );
}
