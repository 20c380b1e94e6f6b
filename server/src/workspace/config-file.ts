/** `case-review.config.yaml`: what it says, the packs it names, and what is wrong with either. */

import { checkForm } from '../check/check-form.ts';
import { idOfFile, type LoadedPack, type PolicyText, policyFinding } from '../check/read-pack.ts';
import { escapeSegment, spanOf } from '../engine/locate.ts';
import { parseYaml } from '../engine/parse-yaml.ts';
import { plainValue } from '../engine/plain-value.ts';
import type { PolicyProblem, Severity } from '../engine/report.ts';
import { readShippedPack } from '../generated/shipped-pack.js';
import { LOCAL_IDENTIFIERS, readPatterns } from '../identifiers/local-patterns.ts';
import type { PolicyChoices } from '../policy/policy.ts';
import type { PackFile } from '../policy/rule-file.ts';
import type { FileText } from './file-provider.ts';

export const SHIPPED = 'england-wales';

export interface ConfigFile {
  readonly packs?: readonly string[];
  readonly adopted?: PolicyChoices['adopted'];
  readonly severities?: Readonly<Record<string, Severity | 'off'>>;
  readonly ignore?: readonly string[];
  readonly baseline?: string;
}

export interface LoadedConfig {
  readonly file: ConfigFile;
  readonly text: PolicyText;
  readonly packs: readonly NamedPack[];
  readonly problems: readonly PolicyProblem[];
}

/** A pack as the configuration names it. */
export interface NamedPack extends LoadedPack {
  readonly name: string;
  /** Undefined for the shipped pack. */
  readonly folder: string | undefined;
}

/** `load` gives the pack of a folder, or undefined where there is none. */
export function loadConfig(
  uri: string,
  given: FileText,
  load: (folderUri: string) => LoadedPack | undefined,
): LoadedConfig {
  const text: PolicyText = { uri, parsed: parseYaml('text' in given ? given.text : '') };
  const { root } = text.parsed;
  const problems: PolicyProblem[] = [];
  const report = (rule: string, message: string, path: string): void => {
    const span = spanOf(root, path, text.parsed.text);
    problems.push({ uri, finding: policyFinding(rule, message, span, path) });
  };
  if ('problem' in given) report('config/unreadable', given.problem, '');
  const isEmpty = root === undefined && text.parsed.problems.length === 0;
  const findings = isEmpty ? [] : checkForm(text.parsed, 'config');
  problems.push(...findings.map(finding => ({ uri, finding })));
  const wrong = new Set(findings.map(({ path }) => path.split('/')[1] ?? ''));
  const said = root?.kind === 'map' ? (plainValue(root) as Readonly<Record<string, unknown>>) : {};
  // One mistake costs the part of the file that it is in.
  const file: ConfigFile = Object.fromEntries(Object.entries(said).filter(([key]) => !wrong.has(key)));
  const packs = (file.packs ?? [SHIPPED]).flatMap((name, i): NamedPack[] => {
    if (name === SHIPPED)
      return [
        { name, folder: undefined, data: readShippedPack(), manifest: undefined, rules: [], problems: [] },
      ];
    const folder = packFolder(name, uri);
    const pack = load(folder);
    if (pack) return [{ ...pack, name, folder }];
    report('config/no-such-pack', 'There is no pack.yaml in this folder.', `/packs/${i}`);
    return [];
  });
  reportUnknown(file, packs, report);
  return { file, text, packs, problems };
}

/** The folder that a configuration names. */
export function packFolder(name: string, configUri: string): string {
  return new URL(name.endsWith('/') ? name : `${name}/`, configUri).href;
}

/** Adopting a parameter or setting a rule that does not exist is a slip that would otherwise pass in silence. */
function reportUnknown(
  file: ConfigFile,
  packs: readonly NamedPack[],
  report: (rule: string, message: string, path: string) => void,
): void {
  const data = packs.map(pack => pack.data).filter(pack => pack !== undefined);
  if (data.length === 0) return;
  const parameters: PackFile['parameters'] = Object.assign({}, ...data.map(({ pack }) => pack.parameters));
  for (const [name, { value }] of Object.entries(file.adopted ?? {})) {
    const parameter = parameters[name];
    const path = `/adopted/${escapeSegment(name)}`;
    if (!parameter) report('config/unknown-parameter', 'No pack has a parameter of this name.', path);
    else if (value !== undefined && kindOf(value) !== kindOf(parameter.value))
      report('config/wrong-value', `The pack has ${kindOf(parameter.value)} here.`, `${path}/value`);
    else if (name === LOCAL_IDENTIFIERS)
      for (const { place, message } of readPatterns(value).problems)
        report('config/bad-pattern', message, `${path}/value${place}`);
  }
  const rules = new Set([
    ...data.flatMap(pack => pack.rules.map(({ id }) => id)),
    // A rule that cannot be read is known all the same.
    ...packs.flatMap(pack => pack.rules.map(({ text }) => idOfFile(text.uri))),
  ]);
  for (const id of Object.keys(file.severities ?? {}))
    if (!rules.has(id))
      report('config/unknown-rule', 'No pack has a rule with this id.', `/severities/${escapeSegment(id)}`);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'lists by name' : 'a number';
}
