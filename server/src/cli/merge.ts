/** `case-review merge`: joins the JSON reports of the parts of a run and tells them as the run in one piece would have been told. */
import { resolve } from 'node:path';
import { createDiskFiles } from '../files/disk-files.ts';
import { toFileUri } from '../files/file-uri.ts';
import { toRegion } from '../render/place.ts';
import { type ReadReport, readReport } from '../render/read-report.ts';
import type { FileProvider } from '../workspace/file-provider.ts';
import { UsageError } from './exit-code.ts';
import type { SinkOptions } from './formats.ts';
import { openWorkspace } from './open-workspace.ts';
import { pathFrom } from './paths.ts';
import { readNamed } from './read-named.ts';
import { createSources } from './sources.ts';
import type { Surroundings } from './surroundings.ts';
import { type TellOptions, tellRun } from './tell-run.ts';
import { VERSION } from './version.ts';

interface Part extends ReadReport {
  /** The file as it was named. */
  readonly name: string;
}

export async function merge(
  names: readonly string[],
  { format, color }: SinkOptions,
  around: Surroundings,
): Promise<number> {
  const files = createDiskFiles();
  const parts = names.map(name => readPart(name, files, around));
  const [first] = parts as [Part];
  checkParts(parts, first);
  for (const part of parts) checkPlaces(part, files, around);
  const reports = parts.flatMap(part => part.reports).sort((a, b) => (a.uri < b.uri ? -1 : 1));
  const { policyProblems, inputProblems, shard } = first;
  const options = shard.options as TellOptions;
  const workspace = await openWorkspace(files, options, around);
  return tellRun(
    {
      uris: reports.map(({ uri }) => uri),
      workspace,
      files,
      reports: inTurn(reports),
      inputProblems,
      policyProblems: () => policyProblems,
      leftOut: parts.reduce((sum, { leftOut }) => sum + leftOut, 0),
    },
    { ...options, ...(format !== undefined && { format }), ...(color !== undefined && { color }) },
    around,
  );
}

async function* inTurn<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

function readPart(name: string, files: FileProvider, { cwd }: Surroundings): Part {
  const { text } = readNamed(name, files, { cwd });
  const report = readReport(text, path => toFileUri(resolve(cwd, path)));
  if (report === undefined)
    throw new UsageError(
      `${name}: This is no report of a part; make it with check --shard 1/2 --format json:FILE.`,
    );
  return { ...report, name };
}

/** All parts of one run, each once. */
function checkParts(parts: readonly Part[], first: Part): void {
  const { of, reviews } = first.shard;
  const byIndex = new Map<number, Part>();
  for (const part of parts) {
    const { index, ...run } = part.shard;
    const { index: _, ...firstRun } = first.shard;
    if (part.shard.program !== VERSION)
      throw new UsageError(
        `${part.name}: Version ${part.shard.program} made it, and this is ${VERSION}; use one version for all.`,
      );
    if (JSON.stringify(run) !== JSON.stringify(firstRun))
      throw new UsageError(
        `${part.name} and ${first.name} are not of one run; check every part with the same paths and options.`,
      );
    const other = byIndex.get(index);
    if (other !== undefined)
      throw new UsageError(`${other.name} and ${part.name} are both part ${index} of ${of}; name each once.`);
    byIndex.set(index, part);
  }
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter(index => !byIndex.has(index));
  if (missing.length > 0)
    throw new UsageError(`Of ${of} parts ${missing.join(', ')} is missing; name the report of each.`);
  if (parts.reduce((sum, { reports }) => sum + reports.length, 0) !== reviews)
    throw new UsageError(`The parts do not add up to ${reviews} reviews; check all of them on one commit.`);
}

/** Lines come from the files, so these must be the ones that were checked. */
function checkPlaces({ places }: Part, files: FileProvider, { cwd }: Surroundings): void {
  const sourceOf = createSources(files);
  for (const { uri, region } of places) {
    const { start, end } = region;
    const now = toRegion(sourceOf(uri), { start: start.offset, end: end.offset });
    if (JSON.stringify(now) !== JSON.stringify({ start, end }))
      throw new UsageError(
        `${pathFrom(cwd)(uri)}: This is not the file that was checked; merge in a checkout of the same commit.`,
      );
  }
}
