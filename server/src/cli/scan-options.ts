/** How a run is sped up: which reviews it judges, by how many threads, and what it remembers of the last run. */
import { resolve } from 'node:path';
import type { Report } from '../engine/report.ts';
import type { ShardJson } from '../render/shard-json.ts';
import type { FileProvider } from '../workspace/file-provider.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { UsageError } from './exit-code.ts';
import { jobsFor } from './jobs.ts';
import { type PolicyOptions, workspaceOptions } from './open-workspace.ts';
import type { Surroundings } from './surroundings.ts';
import type { TellOptions } from './tell-run.ts';
import { VERSION } from './version.ts';

export interface ScanOptions extends PolicyOptions {
  readonly jobs?: number;
  readonly cache?: boolean;
  /** Where the cache is; implies one. */
  readonly cacheFile?: string;
  readonly shard?: Shard;
}

/** One part of several: the reviews at every n-th place. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

const CACHE_FILE = '.case-review-cache.json';

export function readShard(text: string): Shard {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text)?.map(Number) ?? [];
  if (index === undefined || of === undefined || index < 1 || index > of)
    throw new UsageError('--shard needs which part of how many, such as 1/4.');
  return { index, of };
}

/** Of reviews in the order of their URIs. */
export function partOf(uris: readonly string[], shard: Shard | undefined): readonly string[] {
  return shard === undefined ? uris : uris.filter((_, at) => at % shard.of === shard.index - 1);
}

/** What the JSON of a part says of the whole. */
export function shardJson(reviews: number, options: TellOptions & ScanOptions): ShardJson | undefined {
  if (options.shard === undefined) return undefined;
  const { asOf, changed, config, minSeverity, maxWarnings, profile } = options;
  const { baseline, waivers, includeText, allowPolicyErrors } = options;
  const told = {
    asOf,
    changed,
    config,
    minSeverity,
    maxWarnings,
    profile,
    baseline,
    waivers,
    includeText,
    allowPolicyErrors,
  };
  return { ...options.shard, reviews, program: VERSION, options: told };
}

export interface Scanned {
  readonly workspace: Workspace;
  readonly files: FileProvider;
  /** Reviews that are not judged and may be linked to. */
  readonly beside: readonly string[] | undefined;
}

/** Yields each report when it is final. What is only needed for speed is loaded only then. */
export async function* scanReviews(
  uris: readonly string[],
  { workspace, files, beside }: Scanned,
  options: ScanOptions,
  around: Surroundings,
): AsyncGenerator<Report | undefined> {
  const name = options.cacheFile ?? (options.cache ? CACHE_FILE : undefined);
  const jobs = around.program === undefined ? 1 : jobsFor(uris.length, options.jobs);
  if (jobs === 1 && name === undefined && beside === undefined) {
    yield* workspace.scan(uris);
    return;
  }
  const [{ judgeReviews }, { FileReviewer, LocalReviewer }, { ReportCache }] = await Promise.all([
    import('./judge-reviews.ts'),
    import('./reviewer.ts'),
    import('./report-cache.ts'),
  ]);
  const { judge } = workspace;
  const cache =
    name === undefined
      ? undefined
      : new ReportCache({ file: name, path: resolve(around.cwd, name), files, judge }, around);
  const workers =
    jobs === 1 || around.program === undefined
      ? undefined
      : (await import('./workers.ts')).startWorkers(
          jobs - 1,
          around.program,
          await workspaceOptions(files, options, around),
        );
  const local = new LocalReviewer(new FileReviewer(files, judge));
  const reviewers = [local, ...(workers?.reviewers ?? [])];
  try {
    yield* judgeReviews(uris, { workspace, reviewers, cache, beside });
  } finally {
    await workers?.stop();
  }
  cache?.save();
}
