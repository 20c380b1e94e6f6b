/**
 * The files of a pack folder read into a pack: what the parser and the schemas refuse is left out, with a problem at
 * its place, and the rest can be used.
 */
import { BadCalendar, loadCalendar } from '../calendar/index.ts';
import { spanOf } from '../engine/locate.ts';
import type { ParsedText, Span } from '../engine/located-tree.ts';
import { plainValue } from '../engine/plain-value.ts';
import type { Finding, PolicyProblem } from '../engine/report.ts';
import type { PackData, PackFile, ParameterFile, RuleFile, SourceFile } from '../policy/rule-file.ts';
import { checkForm, type Form } from './check-form.ts';

/** A file of a configuration or pack that was read. */
export interface PolicyText {
  readonly uri: string;
  readonly parsed: ParsedText;
}

export interface PackTexts {
  readonly manifest: PolicyText | undefined;
  readonly calendar: PolicyText | undefined;
  readonly sources: PolicyText | undefined;
  readonly rules: readonly PackRule[];
  /** Of files that could not be read. */
  readonly problems: readonly PolicyProblem[];
}

export interface PackRule {
  readonly text: PolicyText;
  /** Undefined where the form is wrong. */
  readonly file: RuleFile | undefined;
  readonly findings: readonly Finding[];
}

export interface LoadedPack {
  /** Undefined where there is no `pack.yaml` that can be read. */
  readonly data: PackData | undefined;
  readonly manifest: PolicyText | undefined;
  /** Every rule file, in the order of the folder. */
  readonly rules: readonly PackRule[];
  readonly problems: readonly PolicyProblem[];
}

export function readPack(texts: PackTexts): LoadedPack {
  const { manifest, rules } = texts;
  const problems = [...texts.problems];
  const read = <T>(text: PolicyText | undefined, form?: Form): T | undefined => {
    if (!text) return undefined;
    const { value, findings } = readForm<T>(text, form);
    problems.push(...findings.map(finding => ({ uri: text.uri, finding })));
    return value;
  };
  const pack = read<Partial<PackFile>>(manifest, 'pack') ?? usablePart(manifest, problems);
  for (const { text, findings } of rules)
    problems.push(...findings.map(finding => ({ uri: text.uri, finding })));
  const calendar = texts.calendar && readCalendar(texts.calendar, read(texts.calendar), problems);
  const sources = read<Readonly<Record<string, SourceFile>>>(texts.sources) ?? {};
  const files = [...rulesById(rules).values()].map(({ file }) => file);
  return {
    data: pack && { pack: { ...EMPTY_PACK, ...pack }, calendar, sources, rules: files },
    manifest,
    rules,
    problems,
  };
}

export function readRule(text: PolicyText): PackRule {
  const { value: file, findings } = readForm<RuleFile>(text, 'rule');
  return { text, file, findings };
}

/** The value of a file whose form is right. */
function readForm<T>({ parsed }: PolicyText, form?: Form): { value: T | undefined; findings: Finding[] } {
  const findings = checkForm(parsed, form);
  const value = findings.length || !parsed.root ? undefined : (plainValue(parsed.root) as T);
  return { value, findings };
}

const EMPTY_PACK: PackFile = { id: '', title: '', version: '0', jurisdiction: [], parameters: {} };

/** By id the rule that is judged: of several the one whose file is named so, else the first; the others have their finding. */
export function rulesById(rules: readonly PackRule[]): ReadonlyMap<string, PackRule & { file: RuleFile }> {
  const byId = new Map<string, PackRule & { file: RuleFile }>();
  for (const { file, ...rule } of rules) {
    if (file && (!byId.has(file.id) || idOfFile(rule.text.uri) === file.id))
      byId.set(file.id, { ...rule, file });
  }
  return byId;
}

/** The id that a rule in this file has: theme and name. */
export function idOfFile(uri: string): string {
  const path = decodeURIComponent(uri).split('/').slice(-2).join('/');
  return path.replace(/\.ya?ml$/, '');
}

function readCalendar(text: PolicyText, value: unknown, problems: PolicyProblem[]): unknown {
  if (value === undefined && text.parsed.problems.length > 0) return undefined;
  try {
    loadCalendar(value);
    return value;
  } catch (error) {
    if (!(error instanceof BadCalendar)) throw error;
    const span = spanOf(text.parsed.root, error.path, text.parsed.text);
    problems.push({
      uri: text.uri,
      finding: policyFinding('pack/bad-calendar', error.message, span, error.path),
    });
    return undefined;
  }
}

/** What can be used of a `pack.yaml` with mistakes: its name, and the parameters that have a value. */
function usablePart(
  manifest: PolicyText | undefined,
  problems: readonly PolicyProblem[],
): Partial<PackFile> | undefined {
  const root = manifest?.parsed.root;
  if (root?.kind !== 'map') return undefined;
  const plain = plainValue(root) as Readonly<Record<string, unknown>>;
  const { id, example_header, parameters } = plain;
  if (typeof id !== 'string') return undefined;
  const wrong = new Set(problems.map(({ finding }) => finding.path.split('/')[1]));
  const sound = ['vocabulary', 'additions'].filter(key => plain[key] && !wrong.has(key));
  return {
    id,
    parameters: Object.fromEntries(Object.entries(parameters ?? {}).flatMap(usableParameter)),
    ...(typeof example_header === 'string' && { example_header }),
    ...Object.fromEntries(sound.map(key => [key, plain[key]])),
  };
}

/** Without its unit or its confidence a limit still is one that nobody stands behind; rules that read it go on. */
function usableParameter([name, file]: [string, unknown]): [string, ParameterFile][] {
  const value = typeof file === 'object' && file && 'value' in file ? file.value : undefined;
  const isList = Array.isArray(value) && value.every(word => typeof word === 'string');
  if (!isList && !Number.isInteger(value)) return [];
  return [[name, { title: name, value, unit: isList ? 'list' : 'count', confidence: 'unconfirmed' }]];
}

/** A finding about a policy file. */
export function policyFinding(
  rule: string,
  message: string,
  { start, end }: Span = { start: 0, end: 0 },
  path = '',
): Finding {
  return {
    rule,
    check: '',
    severity: 'error',
    message,
    span: { start, end },
    path,
    fingerprint: `${rule}|${path}`,
    related: [],
    fixes: [],
  };
}
