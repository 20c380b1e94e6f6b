/** `case-review policy test`: everything that is wrong with a pack, its examples included. */
import { checkPack } from '../check/check-pack.ts';
import type { LoadedPack } from '../check/read-pack.ts';
import type { PolicyProblem } from '../engine/report.ts';
import { createDiskFiles } from '../files/disk-files.ts';
import { readShippedPack } from '../generated/shipped-pack.js';
import type { PackData } from '../policy/rule-file.ts';
import { formatFinding } from '../render/text-format.ts';
import { plural } from '../render/text-summary.ts';
import type { LoadedConfig } from '../workspace/config-file.ts';
import { loadPack } from '../workspace/load-pack.ts';
import { EXIT, UsageError } from './exit-code.ts';
import { textOptions } from './formats.ts';
import { hasErrors, openWorkspace, type PolicyOptions, refusePolicyErrors } from './open-workspace.ts';
import { pathFrom } from './paths.ts';
import { anyReviewIn, findPackFolder } from './policy-packs.ts';
import { createSources } from './sources.ts';
import { isWatched, type Surroundings } from './surroundings.ts';

/** Without a name, every pack of the force that the configuration names. */
export async function testPolicy(
  name: string | undefined,
  options: PolicyOptions,
  around: Surroundings,
): Promise<number> {
  const files = createDiskFiles();
  const workspace = await openWorkspace(files, options, around);
  const config = workspace.config(anyReviewIn(around.cwd));
  const own = config?.packs.flatMap(({ folder }) => folder ?? []) ?? [];
  const folders = name === undefined ? own : [findPackFolder(name, files, around)];
  // Of a configuration that cannot be read, nobody knows what it names.
  if (folders.length === 0) refusePolicyErrors(workspace);
  if (folders.length === 0)
    throw new UsageError('The configuration names no pack of the force; name the folder of a pack.');
  const text = await textOptions(around);
  const context = {
    includeText: isWatched(around),
    pathOf: pathFrom(around.cwd),
    sourceOf: createSources(files),
  };
  let exitCode: number = EXIT.clean;
  for (const folder of folders) {
    const pack = loadPack(files, folder);
    const problems = checkPack(pack, baseOf(folder, pack, config));
    for (const { uri, finding } of inOrder(problems))
      around.stdout.write(`${formatFinding(uri, finding, '', context, text).join('\n')}\n`);
    around.stdout.write(`${summaryOf(pack, problems)}\n`);
    if (hasErrors(problems)) exitCode = EXIT.findings;
  }
  return exitCode;
}

/** The packs before it in the configuration; of a pack that is not adopted yet, the shipped one. */
function baseOf(folder: string, { data }: LoadedPack, config: LoadedConfig | undefined): readonly PackData[] {
  const at = config?.packs.findIndex(pack => pack.folder === folder) ?? -1;
  if (config && at >= 0) return config.packs.slice(0, at).flatMap(pack => pack.data ?? []);
  const shipped = readShippedPack();
  return data?.pack.id === shipped.pack.id ? [] : [shipped];
}

function inOrder(problems: readonly PolicyProblem[]): readonly PolicyProblem[] {
  return [...problems].sort(
    (a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0) || a.finding.span.start - b.finding.span.start,
  );
}

function summaryOf({ data, rules }: LoadedPack, problems: readonly PolicyProblem[]): string {
  const examples = rules.reduce((sum, { file }) => sum + (file?.examples.length ?? 0), 0);
  const count = (severity: string) => problems.filter(({ finding }) => finding.severity === severity).length;
  const found = [plural(count('error'), 'error'), plural(count('warning'), 'warning')].join(', ');
  const verdict = problems.length === 0 ? 'nothing is wrong' : found;
  return `The pack ${data?.pack.id ?? ''}: ${plural(rules.length, 'rule')}, ${plural(examples, 'example')}; ${verdict}.`;
}
