/** `case-review rules --print-config FILE`: what applies to a review, and where each value comes from. */
import { createDiskFiles } from '../files/disk-files.ts';
import type { Origin, Setting } from '../workspace/settings-in-force.ts';
import { EXIT } from './exit-code.ts';
import { openWorkspace, refusePolicyErrors } from './open-workspace.ts';
import { pathFrom } from './paths.ts';
import { readNamed } from './read-named.ts';
import type { RulesOptions } from './rules.ts';
import { createSources } from './sources.ts';
import type { Surroundings } from './surroundings.ts';

const TITLES: Readonly<Record<Setting['kind'], string>> = {
  pack: 'Packs',
  parameter: 'Parameters',
  severity: 'Rules',
  ignore: 'Ignored',
  baseline: 'Baseline',
};

export async function printConfig(
  file: string,
  options: RulesOptions,
  around: Surroundings,
): Promise<number> {
  const files = createDiskFiles();
  const { uri } = readNamed(file, files, around);
  const workspace = await openWorkspace(files, options, around);
  const settings = workspace.settings(uri);
  refusePolicyErrors(workspace);
  const pathOf = pathFrom(around.cwd);
  const sourceOf = createSources(files);
  const placeOf = (origin: Origin): string =>
    'pack' in origin
      ? `pack ${origin.pack}`
      : `${pathOf(origin.uri)}:${sourceOf(origin.uri).lines.position(origin.span.start).line + 1}`;
  if (options.json) {
    const list = settings.map(({ origins, ...setting }) => ({ ...setting, from: origins.map(placeOf) }));
    around.stdout.write(
      `${JSON.stringify({ ignored: workspace.isIgnored(uri), settings: list }, null, 2)}\n`,
    );
    return EXIT.clean;
  }
  if (workspace.isIgnored(uri)) around.stdout.write('The configuration leaves this review out.\n\n');
  around.stdout.write(formatSettings(settings, placeOf));
  return EXIT.clean;
}

/** A part for each kind of setting; the places from which a value is joined, then the one that decided. */
function formatSettings(settings: readonly Setting[], placeOf: (origin: Origin) => string): string {
  const rows = settings.map(({ kind, name, value, origins }) => ({
    kind,
    name: value === undefined ? name : `${name} = ${formatValue(value)}`,
    from: origins.length ? origins.map(placeOf).join(', ') : 'built in',
  }));
  return Object.entries(TITLES)
    .flatMap(([kind, title]) => {
      const own = rows.filter(row => row.kind === kind);
      const width = Math.max(0, ...own.map(({ name }) => name.length));
      const lines = own.map(({ name, from }) => `  ${name.padEnd(width)}  ${from}\n`);
      return own.length ? [`${title}\n${lines.join('')}`] : [];
    })
    .join('\n');
}

/** Lists are long: how many they hold says enough here, and `--json` has all. */
function formatValue(value: unknown): string {
  if (Array.isArray(value)) return `${value.length} entries`;
  return typeof value === 'object' && value !== null ? `${Object.keys(value).length} lists` : String(value);
}
