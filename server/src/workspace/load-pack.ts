/** Reads a pack folder through the file provider: `pack.yaml`, what it names, and one rule file per rule in theme folders. */

import { checkForm, type Form } from '../check/check-form.ts';
import type { ParsedText } from '../engine/located-tree.ts';
import { parseYaml } from '../engine/parse-yaml.ts';
import { plainValue } from '../engine/plain-value.ts';
import type { Finding } from '../engine/report.ts';
import type { PackData, PackFile, RuleFile, SourceFile } from '../policy/rule-file.ts';
import { PACK_FILE_NAME } from '../protocol.ts';
import type { FileProvider } from './file-provider.ts';

/** A file of a configuration or pack that was read. */
export interface PolicyText {
  readonly uri: string;
  readonly parsed: ParsedText;
}

export interface LoadedPack {
  /** Undefined where `pack.yaml` cannot be used. */
  readonly data: PackData | undefined;
  readonly problems: readonly { readonly uri: string; readonly finding: Finding }[];
  /** The file of every rule, by rule id. */
  readonly ruleFiles: ReadonlyMap<string, PolicyText>;
}

export function loadPack(files: FileProvider, folderUri: string): LoadedPack {
  const problems: { uri: string; finding: Finding }[] = [];
  const ruleFiles = new Map<string, PolicyText>();

  const load = <T>(uri: string, form: Form | undefined): { value: T; text: PolicyText } | undefined => {
    const file = files.read(uri);
    if ('problem' in file) {
      problems.push({ uri, finding: policyFinding('pack/unreadable', file.problem) });
      return undefined;
    }
    const parsed = parseYaml(file.text);
    const findings = checkForm(parsed, form);
    problems.push(...findings.map(finding => ({ uri, finding })));
    return findings.length
      ? undefined
      : { value: (parsed.root && plainValue(parsed.root)) as T, text: { uri, parsed } };
  };

  const pack = load<PackFile & { readonly calendar?: string; readonly sources?: string }>(
    new URL(PACK_FILE_NAME, folderUri).href,
    'pack',
  )?.value;
  const beside = <T>(name: string | undefined) =>
    name === undefined ? undefined : load<T>(new URL(name, folderUri).href, undefined)?.value;
  const calendar = beside<unknown>(pack?.calendar);
  const sources = beside<Record<string, SourceFile>>(pack?.sources);
  const rules: RuleFile[] = [];
  for (const uri of files.folders(folderUri).flatMap(theme => files.list(theme, '.yaml'))) {
    const rule = load<RuleFile>(uri, 'rule');
    if (!rule) continue;
    rules.push(rule.value);
    ruleFiles.set(rule.value.id, rule.text);
  }
  return { data: pack && { pack, calendar, sources: sources ?? {}, rules }, problems, ruleFiles };
}

/** A finding about a policy file as a whole. */
export function policyFinding(rule: string, message: string, span = { start: 0, end: 0 }): Finding {
  return {
    rule,
    check: '',
    severity: 'error',
    message,
    span,
    path: '',
    fingerprint: rule,
    related: [],
    fixes: [],
  };
}
