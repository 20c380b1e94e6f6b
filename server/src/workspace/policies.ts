/**
 * Which policy judges which review: the nearest `case-review.config.yaml` above it, its packs compiled once. A broken
 * configuration or pack is reported with its place and the last good state stays in force.
 */
import ignore, { type Ignore } from 'ignore';
import { type Baseline, parseBaseline } from '../check/baseline.ts';
import { checkManifest, checkRules, withCalendar } from '../check/check-pack.ts';
import { policyFinding } from '../check/read-pack.ts';
import { shapeUnder } from '../check/review-shape.ts';
import { spanOf } from '../engine/locate.ts';
import type { PolicyProblem } from '../engine/report.ts';
import type { SchemaGuide } from '../engine/schema-guide.ts';
import { readShippedPack } from '../generated/shipped-pack.js';
import { NO_CHOICES, Policy, type PolicyChoices } from '../policy/policy.ts';
import type { PackData } from '../policy/rule-file.ts';
import { BASELINE_FILE_NAME, CONFIG_FILE_NAME, PACK_FILE_NAME } from '../protocol.ts';
import { type LoadedConfig, loadConfig, packFolder, SHIPPED } from './config-file.ts';
import type { FileProvider } from './file-provider.ts';
import { loadPack, manifestOf } from './load-pack.ts';

/** All that a policy is made from, as plain data. */
export interface PolicyBasis {
  readonly packs: readonly PackData[];
  readonly choices: PolicyChoices;
}

/** What holds for the reviews under one configuration file. */
export interface PolicyState {
  /** Compiled when first asked for, where nothing but the shipped pack is in force. */
  readonly policy: Policy;
  /** What the schema says, the words that the packs add included. */
  readonly guide: SchemaGuide;
  readonly basis: PolicyBasis;
  /** Ids of the configuration's own folder, or undefined without a configuration. */
  readonly folder: string | undefined;
  readonly ignored: Ignore | undefined;
  readonly baseline: Baseline | undefined;
  /** Where the baseline is, or would be; undefined without a configuration. */
  readonly baselineUri: string | undefined;
  readonly problems: readonly PolicyProblem[];
  /** Files that were read to make it. */
  readonly uris: ReadonlySet<string>;
  /** The configuration as it is now; undefined without one. */
  readonly config: LoadedConfig | undefined;
  /** The packs in force with their files, which may be older than those of `config`; undefined without a configuration. */
  readonly packs: LoadedConfig['packs'] | undefined;
}

export class Policies {
  readonly #files: FileProvider;
  readonly #fixedConfig: string | undefined;
  readonly #placeOf: (uri: string) => string;
  readonly #configs = new Map<string, string | undefined>();
  readonly #states = new Map<string, PolicyState>();
  #lastGood = new Map<string, PolicyState>();

  constructor(files: FileProvider, fixedConfig: string | undefined, placeOf = (uri: string) => uri) {
    this.#files = files;
    this.#fixedConfig = fixedConfig;
    this.#placeOf = placeOf;
  }

  /** The policy for a review. */
  of(uri: string): PolicyState {
    const config = this.#fixedConfig ?? this.#nearestConfig(this.#placeOf(uri));
    const key = config ?? '';
    let state = this.#states.get(key);
    if (!state) {
      state = this.#load(config);
      this.#states.set(key, state);
      if (state.problems.length === 0) this.#lastGood.set(key, state);
    }
    return state;
  }

  /** Everything that is wrong with configurations and packs that were asked for so far. */
  problems(): readonly PolicyProblem[] {
    return [...this.#states.values()].flatMap(state => state.problems);
  }

  /** Forgets what depends on the files named. Returns whether anything did. */
  filesChanged(uris: readonly string[]): boolean {
    const isConfig = uris.some(uri => uri.endsWith(`/${CONFIG_FILE_NAME}`));
    if (isConfig) this.#configs.clear();
    let changed = isConfig;
    for (const [key, state] of this.#states) {
      const touched = uris.some(
        uri =>
          state.uris.has(uri) ||
          [...state.uris].some(
            known =>
              known.endsWith(`/${PACK_FILE_NAME}`) &&
              uri.startsWith(known.slice(0, -PACK_FILE_NAME.length)) &&
              uri.endsWith('.yaml'),
          ),
      );
      if (!touched) continue;
      this.#states.delete(key);
      changed = true;
    }
    return changed;
  }

  #nearestConfig(uri: string): string | undefined {
    // Nearly always this is the folder, and working that out takes as long as all else here.
    const known = uri.slice(0, uri.lastIndexOf('/') + 1);
    if (this.#configs.has(known)) return this.#configs.get(known);
    const folder = folderOf(uri);
    if (folder === undefined) return undefined;
    if (!this.#configs.has(folder)) {
      const here = new URL(CONFIG_FILE_NAME, folder).href;
      const above = new URL('..', folder).href;
      this.#configs.set(
        folder,
        this.#files.exists(here) ? here : above === folder ? undefined : this.#nearestConfig(above),
      );
    }
    return this.#configs.get(folder);
  }

  #load(config: string | undefined): PolicyState {
    if (config === undefined) return withoutConfig();
    const loaded = loadConfig(config, this.#files.read(config), folder =>
      this.#files.exists(manifestOf(folder)) ? loadPack(this.#files, folder) : undefined,
    );
    const { file, packs } = loaded;
    const problems = [...loaded.problems, ...packs.flatMap(pack => pack.problems)];
    const data = packs.map(pack => pack.data).filter(pack => pack !== undefined);
    const choices = { adopted: file.adopted ?? {}, severities: file.severities ?? {} };
    const basis = data.length ? { packs: withCalendar(data), choices } : undefined;
    const policy = basis && compile(basis);
    if (policy)
      problems.push(...packs.flatMap(pack => [...checkManifest(pack, policy), ...checkRules(pack, policy)]));
    const baselineUri = new URL(file.baseline ?? BASELINE_FILE_NAME, config).href;
    const made = policy && {
      policy,
      guide: policy.shape.guide,
      basis,
      folder: folderOf(config),
      ignored: file.ignore && ignore().add([...file.ignore]),
      baseline: this.#readBaseline(loaded, baselineUri, problems),
      baselineUri,
      packs,
    };
    const good = problems.length ? this.#lastGood.get(config) : undefined;
    const uris = urisOf(loaded).add(baselineUri);
    return { ...(good ?? made ?? withoutConfig()), problems, uris, config: loaded };
  }

  /** Without a file of that name there is no baseline; one that the configuration names must be there. */
  #readBaseline(
    { file, text: { uri: config, parsed } }: LoadedConfig,
    uri: string,
    problems: PolicyProblem[],
  ): Baseline | undefined {
    if (!this.#files.exists(uri)) {
      if (file.baseline === undefined) return undefined;
      const message = 'There is no such file; case-review baseline create writes it.';
      const span = spanOf(parsed.root, '/baseline', parsed.text);
      problems.push({ uri: config, finding: policyFinding('config/no-such-baseline', message, span) });
      return undefined;
    }
    const text = this.#files.read(uri);
    const baseline = 'text' in text ? parseBaseline(text.text) : undefined;
    if (baseline === undefined) {
      const message =
        'problem' in text
          ? text.problem
          : 'This is no baseline; remove it and let case-review baseline create write it anew.';
      problems.push({ uri, finding: policyFinding('config/bad-baseline', message) });
    }
    return baseline;
  }
}

/** Of a pack that is not there too, so that it is noticed when it comes. */
function urisOf({ text, file, packs }: LoadedConfig): Set<string> {
  const named = (file.packs ?? [])
    .filter(name => name !== SHIPPED)
    .map(name => manifestOf(packFolder(name, text.uri)));
  return new Set([text.uri, ...named, ...packs.flatMap(pack => pack.rules.map(rule => rule.text.uri))]);
}

function withoutConfig(): PolicyState {
  const basis = { packs: [readShippedPack()], choices: NO_CHOICES };
  let policy: Policy | undefined;
  return {
    get policy() {
      policy ??= compile(basis);
      return policy;
    },
    guide: shapeUnder(basis.packs).guide,
    basis,
    folder: undefined,
    ignored: undefined,
    baseline: undefined,
    baselineUri: undefined,
    problems: [],
    uris: new Set(),
    config: undefined,
    packs: undefined,
  };
}

const compile = ({ packs, choices }: PolicyBasis): Policy =>
  new Policy(packs, choices, shapeUnder(packs), { eager: packs.some(pack => pack.pack.id !== SHIPPED) });

/** The readable path of a file below a folder; the whole URI of any other file. */
export function pathBelow(folder: string, uri: string): string {
  return uri.startsWith(folder) ? decodeURIComponent(uri.slice(folder.length)) : uri;
}

/** The folder of a URI, with its slash; undefined for one that has no folder, such as `untitled:`. */
export function folderOf(uri: string): string | undefined {
  try {
    const folder = new URL('.', uri).href;
    return folder.includes('/') ? folder : undefined;
  } catch {
    return undefined;
  }
}
