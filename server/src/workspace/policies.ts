/**
 * Which policy judges which review: the nearest `case-review.config.yaml` above it, its packs compiled once. A broken
 * configuration or pack is reported with its place and the last good state stays in force.
 */
import ignore, { type Ignore } from 'ignore';
import { type Baseline, parseBaseline } from '../check/baseline.ts';
import { checkForm } from '../check/check-form.ts';
import { checkRules, withCalendar } from '../check/check-pack.ts';
import { type LoadedPack, policyFinding } from '../check/read-pack.ts';
import { reviewShape } from '../check/review-shape.ts';
import { findNode, spanOf } from '../engine/locate.ts';
import type { TreeNode } from '../engine/located-tree.ts';
import { parseYaml } from '../engine/parse-yaml.ts';
import { plainValue } from '../engine/plain-value.ts';
import type { Finding, PolicyProblem, Severity } from '../engine/report.ts';
import { readShippedPack } from '../generated/shipped-pack.js';
import { NO_CHOICES, Policy, type PolicyChoices } from '../policy/policy.ts';
import type { PackData } from '../policy/rule-file.ts';
import { BASELINE_FILE_NAME, CONFIG_FILE_NAME, PACK_FILE_NAME } from '../protocol.ts';
import type { FileProvider } from './file-provider.ts';
import { loadPack } from './load-pack.ts';

const SHIPPED = 'england-wales';

interface ConfigFile {
  readonly packs?: readonly string[];
  readonly adopted?: PolicyChoices['adopted'];
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  readonly ignore?: readonly string[];
  readonly baseline?: string;
}

/** What holds for the reviews under one configuration file. */
export interface PolicyState {
  readonly policy: Policy;
  /** Ids of the configuration's own folder, or undefined without a configuration. */
  readonly folder: string | undefined;
  readonly ignored: Ignore | undefined;
  readonly baseline: Baseline | undefined;
  /** Where the baseline is, or would be; undefined without a configuration. */
  readonly baselineUri: string | undefined;
  readonly problems: readonly PolicyProblem[];
  /** Files that were read to make it. */
  readonly uris: ReadonlySet<string>;
}

export class Policies {
  readonly #files: FileProvider;
  readonly #fixedConfig: string | undefined;
  readonly #configs = new Map<string, string | undefined>();
  readonly #states = new Map<string, PolicyState>();
  #lastGood = new Map<string, PolicyState>();

  constructor(files: FileProvider, fixedConfig: string | undefined) {
    this.#files = files;
    this.#fixedConfig = fixedConfig;
  }

  /** The policy for a review. */
  of(uri: string): PolicyState {
    const config = this.#fixedConfig ?? this.#nearestConfig(uri);
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
    if (config === undefined)
      return {
        policy: compile([readShippedPack()], NO_CHOICES),
        folder: undefined,
        ignored: undefined,
        baseline: undefined,
        baselineUri: undefined,
        problems: [],
        uris: new Set(),
      };
    const uris = new Set([config]);
    const problems: PolicyProblem[] = [];
    const { file, root } = this.#readConfig(config, problems);
    const { packs, loaded } = this.#readPacks(config, file, root, uris, problems);
    const choices = { adopted: file.adopted ?? {}, severities: file.severities ?? {} };
    const policy = packs.length ? compile(withCalendar(packs), choices) : undefined;
    if (policy) problems.push(...loaded.flatMap(pack => checkRules(pack, policy)));
    problems.push(...unknownNames(config, root, file, policy));
    const baselineUri = new URL(file.baseline ?? BASELINE_FILE_NAME, config).href;
    uris.add(baselineUri);
    const made = policy && {
      policy,
      folder: folderOf(config),
      ignored: file.ignore && ignore().add([...file.ignore]),
      baseline: this.#readBaseline(config, file, root, baselineUri, problems),
      baselineUri,
    };
    const good = problems.length ? this.#lastGood.get(config) : undefined;
    return { ...(good ?? made ?? this.#load(undefined)), problems, uris };
  }

  #readConfig(config: string, problems: PolicyProblem[]): { file: ConfigFile; root: TreeNode | undefined } {
    const text = this.#files.read(config);
    if ('problem' in text) {
      problems.push({ uri: config, finding: policyFinding('config/unreadable', text.problem) });
      return { file: {}, root: undefined };
    }
    const parsed = parseYaml(text.text);
    if (parsed.root === undefined && parsed.problems.length === 0) return { file: {}, root: undefined };
    const findings = checkForm(parsed, 'config');
    problems.push(...findings.map(finding => ({ uri: config, finding })));
    return { file: findings.length ? {} : (plainValue(parsed.root!) as ConfigFile), root: parsed.root };
  }

  /** Without a file of that name there is no baseline; one that the configuration names must be there. */
  #readBaseline(
    config: string,
    file: ConfigFile,
    root: TreeNode | undefined,
    uri: string,
    problems: PolicyProblem[],
  ): Baseline | undefined {
    if (!this.#files.exists(uri)) {
      if (file.baseline === undefined) return undefined;
      const message = 'There is no such file; case-review baseline create writes it.';
      const finding = policyFinding('config/no-such-baseline', message, spanOf(root, '/baseline', ''));
      problems.push({ uri: config, finding });
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

  #readPacks(
    config: string,
    file: ConfigFile,
    root: TreeNode | undefined,
    uris: Set<string>,
    problems: PolicyProblem[],
  ) {
    const packs: PackData[] = [];
    const loaded: LoadedPack[] = [];
    for (const [i, name] of (file.packs ?? [SHIPPED]).entries()) {
      if (name === SHIPPED) {
        packs.push(readShippedPack());
        continue;
      }
      const folder = new URL(name.endsWith('/') ? name : `${name}/`, config).href;
      const manifest = new URL(PACK_FILE_NAME, folder).href;
      uris.add(manifest);
      if (!this.#files.exists(manifest)) {
        problems.push({
          uri: config,
          finding: policyFinding(
            'config/no-such-pack',
            'There is no pack.yaml in this folder.',
            spanOf(root, `/packs/${i}`, ''),
          ),
        });
        continue;
      }
      const pack = loadPack(this.#files, folder);
      problems.push(...pack.problems);
      loaded.push(pack);
      for (const { text } of pack.rules) uris.add(text.uri);
      if (pack.data) packs.push(pack.data);
    }
    return { packs, loaded };
  }
}

const compile = (packs: readonly PackData[], choices: PolicyChoices): Policy =>
  new Policy(packs, choices, reviewShape, { eager: packs.some(pack => pack.pack.id !== SHIPPED) });

/** The folder of a URI, with its slash; undefined for one that has no folder, such as `untitled:`. */
export function folderOf(uri: string): string | undefined {
  try {
    const folder = new URL('.', uri).href;
    return folder.includes('/') ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** Adopting a parameter or setting a rule that does not exist is a slip that would otherwise pass in silence. */
function unknownNames(
  config: string,
  root: TreeNode | undefined,
  file: ConfigFile,
  policy: Policy | undefined,
): PolicyProblem[] {
  if (!policy) return [];
  const rules = new Set(policy.rules.map(rule => rule.id));
  const report = (path: string, rule: string, message: string): PolicyProblem => ({
    uri: config,
    finding: {
      ...policyFinding(rule, message, findNode(root, path) && spanOf(root, path, '')),
      path,
      fingerprint: `${rule}|${path}`,
    } satisfies Finding,
  });
  return [
    ...Object.keys(file.adopted ?? {})
      .filter(name => !policy.parameters.has(name))
      .map(name =>
        report(`/adopted/${name}`, 'config/unknown-parameter', 'No pack has a parameter of this name.'),
      ),
    ...Object.keys(file.severities ?? {})
      .filter(name => !rules.has(name))
      .map(name =>
        report(
          `/severities/${name.replaceAll('/', '~1')}`,
          'config/unknown-rule',
          'No pack has a rule with this id.',
        ),
      ),
  ];
}
