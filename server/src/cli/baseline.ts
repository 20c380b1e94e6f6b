/** `case-review baseline`: writes down what is found today, so that only what comes after it fails a check. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Baseline, baselineEntries, formatBaseline, parseBaseline } from '../check/baseline.ts';
import { createDiskFiles } from '../files/disk-files.ts';
import { toFilePath, toFileUri } from '../files/file-uri.ts';
import { findReviews } from '../files/find-reviews.ts';
import { replaceFile } from '../files/pending-file.ts';
import { CONFIG_FILE_NAME } from '../protocol.ts';
import { pathBelow } from '../workspace/policies.ts';
import { complainUnread } from './complain-unread.ts';
import { EXIT, OutputError, UsageError } from './exit-code.ts';
import { hasErrors, openWorkspace, POLICY_ERRORS, refusePolicyErrors } from './open-workspace.ts';
import { pathFrom } from './paths.ts';
import { createPause } from './pause.ts';
import type { Surroundings } from './surroundings.ts';
import { whyUnwritable } from './why-unwritable.ts';

export interface BaselineOptions {
  readonly config?: string;
}

export async function create(options: BaselineOptions, around: Surroundings): Promise<number> {
  const { path, name, found } = await findBaseline(options, around);
  if (existsSync(path))
    throw new UsageError(`${name}: There is a baseline already; prune it, or remove it to begin anew.`);
  write(path, name, found);
  around.stdout.write(`Wrote ${name} with ${count(found)}.\n`);
  return EXIT.clean;
}

export async function prune(options: BaselineOptions, around: Surroundings): Promise<number> {
  const { path, name, found, partly } = await findBaseline(options, around);
  const text = createDiskFiles().read(toFileUri(path));
  const old = 'text' in text ? parseBaseline(text.text) : undefined;
  if (old === undefined) throw new UsageError(`${name}: There is no baseline to prune; create one.`);
  const kept = keepFound(old, found, partly);
  write(path, name, kept);
  around.stdout.write(
    `Took ${entriesOf(old) - entriesOf(kept)} out of ${name}; it has ${count(kept)} left.\n`,
  );
  return EXIT.clean;
}

interface Found {
  readonly path: string;
  /** As the reader knows it. */
  readonly name: string;
  /** What a baseline made now would hold. */
  readonly found: Baseline;
  /** The reviews of which something could not be read, so that nobody knows whether it is mended. */
  readonly partly: ReadonlySet<string>;
}

const HIDES_OTHERS = /^(?:file\/unreadable|syntax\/.*|schema\/empty-file|schema\/not-a-map|internal-error)$/;

/** Judges every review under the configuration: a part of them would be no baseline. */
async function findBaseline(options: BaselineOptions, around: Surroundings): Promise<Found> {
  const workspace = await openWorkspace(createDiskFiles(), { ...options, baseline: false }, around);
  const baselineUri = workspace.baselineUri(toFileUri(join(around.cwd, 'any.case-review.yaml')));
  // Of a configuration that cannot be read it is not known where its baseline lies.
  if (baselineUri === undefined) refusePolicyErrors(workspace);
  if (baselineUri === undefined)
    throw new UsageError(`A baseline lies beside ${CONFIG_FILE_NAME}; case-review init writes one.`);
  const path = toFilePath(baselineUri)!;
  const folder = toFileUri(`${dirname(path)}/`);
  const refuse = (uri: string, problem: string): never => {
    throw new UsageError(`${pathFrom(around.cwd)(uri) || '.'}: ${problem}`);
  };
  const uris = findReviews([folder], refuse).filter(
    uri => workspace.baselineUri(uri) === baselineUri && !workspace.isIgnored(uri),
  );
  const found = new Map<string, ReadonlyMap<string, string>>();
  const partly = new Set<string>();
  const pause = createPause();
  for (const report of workspace.scan(uris)) {
    await pause();
    if (report === undefined) continue;
    const path = pathBelow(folder, report.uri);
    found.set(path, baselineEntries(report));
    complainUnread(report, around);
    if (report.findings.some(({ rule }) => HIDES_OTHERS.test(rule))) partly.add(path);
  }
  const problems = workspace
    .policyProblems()
    .filter(({ finding }) => finding.rule !== 'config/no-such-baseline');
  if (hasErrors(problems)) throw new UsageError(POLICY_ERRORS);
  return { path, name: pathFrom(around.cwd)(baselineUri), found, partly };
}

/** A finding that has come back in another form stays out: only what is found as it was written down is kept. */
function keepFound(old: Baseline, found: Baseline, partly: ReadonlySet<string>): Baseline {
  return new Map(
    [...old].map(([path, known]) => {
      if (partly.has(path)) return [path, known];
      const now = found.get(path);
      return [path, new Map([...known].filter(([print, outcome]) => now?.get(print) === outcome))];
    }),
  );
}

function write(path: string, name: string, baseline: Baseline): void {
  try {
    replaceFile(path, formatBaseline(baseline));
  } catch (error) {
    throw new OutputError(`${name}: ${whyUnwritable(error)}`);
  }
}

function entriesOf(baseline: Baseline): number {
  return [...baseline.values()].reduce((sum, known) => sum + known.size, 0);
}

function count(baseline: Baseline): string {
  const entries = entriesOf(baseline);
  const reviews = [...baseline.values()].filter(known => known.size > 0).length;
  return `${entries} finding${entries === 1 ? '' : 's'} of ${reviews} review${reviews === 1 ? '' : 's'}`;
}
