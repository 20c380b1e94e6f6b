/**
 * Policy as it is being written: the open rule, pack and configuration files, judged as they stand in the editor.
 * Reviews are judged by what is saved. Nothing is read or kept here until such a file is open.
 */
import { type CheckedExample, checkExamples, exampleProblems } from '../check/check-examples.ts';
import { checkFiles, withCalendar } from '../check/check-pack.ts';
import { type PackRule, type PackTexts, readPack, readRule } from '../check/read-pack.ts';
import { shapeUnder } from '../check/review-shape.ts';
import { escapeSegment, findNode, isPair } from '../engine/locate.ts';
import type { ParsedText, Span } from '../engine/located-tree.ts';
import { parseYaml } from '../engine/parse-yaml.ts';
import type { PolicyProblem } from '../engine/report.ts';
import { NO_CHOICES, Policy } from '../policy/policy.ts';
import type { PackData } from '../policy/rule-file.ts';
import { CONFIG_FILE_NAME, PACKS_FOLDER } from '../protocol.ts';
import { loadConfig } from './config-file.ts';
import type { FileProvider } from './file-provider.ts';
import { loadPackTexts, manifestOf } from './load-pack.ts';
import { folderOf, type Policies } from './policies.ts';

/** `data` is a file beside `pack.yaml`: the calendar or the sources. */
export type PolicyKind = 'config' | 'pack' | 'rule' | 'data';

export interface PolicyHome {
  readonly uri: string;
  readonly span: Span;
}

export class PolicyDesk {
  readonly #files: FileProvider;
  readonly #policies: Policies;
  readonly #open = new Map<string, ParsedText>();
  readonly #packs = new Map<string, PackTexts>();
  readonly #made = new Map<string, Policy>();

  constructor(files: FileProvider, policies: Policies) {
    this.#files = files;
    this.#policies = policies;
  }

  /** What kind of policy file this is, by its place; undefined for any other file. */
  kindOf(uri: string): PolicyKind | undefined {
    // Of a workspace that is not trusted nothing exists here.
    if (uri.endsWith(`/${CONFIG_FILE_NAME}`)) return this.#files.exists(uri) ? 'config' : undefined;
    const folder = this.#packFolderOf(uri);
    if (folder === undefined) return undefined;
    if (uri === manifestOf(folder)) return 'pack';
    return folderOf(uri) === folder ? 'data' : 'rule';
  }

  /** Puts an editor's text over a policy file. */
  openText(uri: string, text: string): void {
    const parsed = parseYaml(text);
    this.#open.set(uri, parsed);
    this.#made.clear();
    const folder = this.#packFolderOf(uri);
    const texts = folder === undefined ? undefined : this.#packs.get(folder);
    if (texts) this.#packs.set(folder!, replaced(texts, uri, parsed));
  }

  closeText(uri: string): void {
    if (this.#open.delete(uri)) this.filesChanged();
  }

  /** Files were written behind the editor's back. */
  filesChanged(): void {
    this.#packs.clear();
    this.#made.clear();
  }

  parsed(uri: string): ParsedText | undefined {
    return this.#open.get(uri);
  }

  /** The URIs of the open policy files. */
  open(): readonly string[] {
    return [...this.#open.keys()];
  }

  /** What is wrong with an open file, but for its examples. */
  problems(uri: string): readonly PolicyProblem[] {
    const all = this.kindOf(uri) === 'config' ? this.#configProblems(uri) : this.#packProblems(uri);
    return all.filter(problem => problem.uri === uri);
  }

  /** The examples of a rule file, judged one after the other. */
  *examples(uri: string): Generator<CheckedExample> {
    const rule = this.rule(uri);
    if (rule) yield* checkExamples(rule, this.#packsFor(uri));
  }

  exampleProblems(uri: string, examples: readonly CheckedExample[]): readonly PolicyProblem[] {
    const rule = this.rule(uri);
    return rule ? exampleProblems(rule, examples) : [];
  }

  /** The policy in which an open file of a pack stands; of the pack's rules it has that one. */
  policyOf(uri: string): Policy {
    const made = this.#made.get(uri) ?? this.#makePolicy(uri);
    this.#made.set(uri, made);
    return made;
  }

  /** Where something is written that this file names: in the last pack that has it. The shipped pack has no file here. */
  homeOf(uri: string, kind: 'parameter' | 'source' | 'rule', name: string): PolicyHome | undefined {
    const own = this.#packFolderOf(uri);
    const named = (this.#policies.of(uri).config?.packs ?? []).map(({ folder }) => folder);
    const folders = [...named.filter(folder => folder !== own), own].filter(folder => folder !== undefined);
    for (const folder of folders.reverse()) {
      const { manifest, sources, rules } = this.#texts(folder);
      const text = {
        parameter: manifest,
        source: sources,
        rule: rules.find(({ file }) => file?.id === name)?.text,
      };
      const path = {
        parameter: `/parameters/${escapeSegment(name)}`,
        source: `/${escapeSegment(name)}`,
        rule: '/id',
      };
      const found = text[kind];
      const home = found && findNode(found.parsed.root, path[kind])?.parent;
      if (home && isPair(home)) return { uri: found.uri, span: home.keySpan };
    }
    return undefined;
  }

  #makePolicy(uri: string): Policy {
    const packs = this.#packsFor(uri).map(pack => ({ ...pack, rules: [] as PackData['rules'] }));
    const { file } = this.rule(uri) ?? {};
    if (file) packs.push({ ...packs.pop()!, rules: [file] });
    return new Policy(packs, NO_CHOICES, shapeUnder(packs), { eager: true });
  }

  #configProblems(uri: string): readonly PolicyProblem[] {
    const text = this.#open.get(uri)?.text;
    const given = text === undefined ? this.#files.read(uri) : { text };
    return loadConfig(uri, given, folder =>
      this.#files.exists(manifestOf(folder)) ? readPack(this.#texts(folder)) : undefined,
    ).problems;
  }

  #packProblems(uri: string): readonly PolicyProblem[] {
    const folder = this.#packFolderOf(uri);
    if (folder === undefined) return [];
    const pack = readPack(this.#texts(folder));
    const policy = this.policyOf(uri);
    return checkFiles(pack, this.#packsFor(uri), policy, uri);
  }

  /** A rule file, open or closed. */
  rule(uri: string): PackRule | undefined {
    const folder = this.#packFolderOf(uri);
    return folder === undefined ? undefined : this.#texts(folder).rules.find(({ text }) => text.uri === uri);
  }

  /** The file's own pack, the last, and those it stands on. */
  #packsFor(uri: string): readonly PackData[] {
    const folder = this.#packFolderOf(uri)!;
    const own = readPack(this.#texts(folder)).data;
    const named = this.#policies.of(uri).config?.packs ?? [];
    const before = named.slice(
      0,
      Math.max(
        0,
        named.findIndex(pack => pack.folder === folder),
      ),
    );
    return withCalendar([...before.map(({ data }) => data), own].filter(data => data !== undefined));
  }

  /** The files of a pack as they stand in the editor. */
  #texts(folder: string): PackTexts {
    let texts = this.#packs.get(folder);
    if (!texts) {
      texts = loadPackTexts(this.#files, folder);
      for (const [uri, parsed] of this.#open)
        if (this.#packFolderOf(uri) === folder) texts = replaced(texts, uri, parsed);
      this.#packs.set(folder, texts);
    }
    return texts;
  }

  /** A pack lies below a folder `policies`, or a configuration names it: the `pack.yaml` of another program is left alone. */
  #packFolderOf(uri: string): string | undefined {
    if (!/\.ya?ml$/.test(uri)) return undefined;
    const own = folderOf(uri);
    return [own, own && folderOf(own.slice(0, -1))].find(
      folder =>
        folder !== undefined &&
        this.#files.exists(manifestOf(folder)) &&
        (folder.includes(`/${PACKS_FOLDER}/`) ||
          this.#policies.of(uri).config?.packs.some(pack => pack.folder === folder)),
    );
  }
}

function replaced(texts: PackTexts, uri: string, parsed: ParsedText): PackTexts {
  const text = { uri, parsed };
  for (const key of ['manifest', 'calendar', 'sources'] as const)
    if (texts[key]?.uri === uri) return { ...texts, [key]: text };
  // Whatever else lies beside `pack.yaml` is no rule.
  if (texts.manifest && folderOf(uri) === folderOf(texts.manifest.uri)) return texts;
  const rule = readRule(text);
  const isNew = !texts.rules.some(({ text: { uri: known } }) => known === uri);
  return {
    ...texts,
    rules: isNew ? [...texts.rules, rule] : texts.rules.map(old => (old.text.uri === uri ? rule : old)),
  };
}
