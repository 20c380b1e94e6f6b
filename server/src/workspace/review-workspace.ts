/** The workspace behind both fronts: editor texts over files, the index of reviews, and the policies in force. */
import { formReport, type Reading, unreadableReview } from '../check/check-review.ts';
import type { Judged } from '../check/explain-finding.ts';
import { ReviewMemory } from '../check/review-memory.ts';
import type { ParsedText } from '../engine/located-tree.ts';
import { findRefs } from '../engine/refs.ts';
import type { IndexRecord, PolicyProblem, Report } from '../engine/report.ts';
import type { SchemaGuide } from '../engine/schema-guide.ts';
import type { Parameter, RuleDescription } from '../policy/pack.ts';
import { REVIEW_EXTENSIONS } from '../protocol.ts';
import type { LoadedConfig } from './config-file.ts';
import type { FileProvider } from './file-provider.ts';
import { folderOf, Policies, type PolicyState, pathBelow } from './policies.ts';
import { PolicyDesk } from './policy-desk.ts';
import { ReviewIndex } from './review-index.ts';
import { ReviewJudge } from './review-judge.ts';
import { linkedRecords, linksOf, ScanPlan } from './scan-plan.ts';
import { type Setting, settingsInForce } from './settings-in-force.ts';
import type { CreateWorkspace, EditorOptions, Workspace } from './workspace.ts';
import type { WorkspaceOptions } from './workspace-options.ts';

const isReview = (uri: string) => REVIEW_EXTENSIONS.some(extension => uri.endsWith(extension));
/** How many reviews wait in memory for the reviews they link to. */
const KEPT_READINGS = 200;

export const createWorkspace: CreateWorkspace = (files, options = {}) => new ReviewWorkspace(files, options);

interface OpenText {
  readonly text: string;
  readonly memory: ReviewMemory;
  reading: Reading | undefined;
  report: Report | undefined;
}

class ReviewWorkspace implements Workspace {
  readonly #files: FileProvider;
  readonly #policies: Policies;
  readonly judge: ReviewJudge;
  readonly #counting: ReviewJudge;
  readonly desk: PolicyDesk;
  readonly #index = new ReviewIndex();
  readonly #open = new Map<string, OpenText>();
  /** The policies whose rules have been prepared by judging a first review. */
  readonly #judged = new WeakSet<PolicyState>();

  constructor(files: FileProvider, options: WorkspaceOptions & EditorOptions) {
    this.#files = files;
    this.#policies = new Policies(files, options.configUri, options.placeOf);
    this.judge = new ReviewJudge(this.#policies, options);
    this.#counting = new ReviewJudge(this.#policies, { ...options, baseline: false, counted: true });
    this.desk = new PolicyDesk(files, this.#policies);
  }

  openText(uri: string, text: string): readonly string[] {
    const open = this.#open.get(uri);
    if (open?.text === text) return [];
    const memory = open?.memory ?? new ReviewMemory();
    this.#open.set(uri, { text, memory, reading: undefined, report: undefined });
    return this.#readAgain(uri);
  }

  closeText(uri: string): readonly string[] {
    if (!this.#open.delete(uri)) return [];
    return this.#readAgain(uri);
  }

  filesChanged(uris: readonly string[]): readonly string[] {
    const affected = uris
      .filter(uri => isReview(uri) && !this.#open.has(uri))
      .flatMap(uri => this.#readAgain(uri));
    this.desk.filesChanged();
    if (!this.#policies.filesChanged(uris)) return [...new Set(affected)];
    for (const open of this.#open.values()) {
      // A pack may have another vocabulary than before.
      open.reading = undefined;
      open.report = undefined;
    }
    return this.reviews();
  }

  policyChanged(uris: readonly string[]): boolean {
    return this.#policies.filesChanged(uris);
  }

  readMentions(uris: readonly string[], refs: ReadonlySet<string>): void {
    if (refs.size === 0) return;
    const mayMention = mentionsAny(refs);
    for (const uri of uris) {
      if (this.#index.get(uri)) continue;
      const file = this.#files.read(uri);
      if ('text' in file && mayMention(file.text)) this.#note(uri, this.judge.read(uri, file.text).record);
    }
  }

  forget(uris: readonly string[]): readonly string[] {
    return [...new Set(uris.flatMap(uri => [uri, ...this.#note(uri, undefined)]))];
  }

  *scan(uris: readonly string[]): Generator<Report | undefined> {
    const plan = this.plan();
    /** Of reviews that wait; further ones are read twice. */
    const readings = new Map<string, Reading>();
    for (const uri of [...uris].sort()) {
      const reading = this.#read(uri);
      if (typeof reading === 'string') {
        yield unreadableReview(uri, reading);
        continue;
      }
      const ready = plan.note(uri, reading.record);
      if (!ready.includes(uri)) {
        // What was read of an open review is used up by its next edit.
        if (readings.size < KEPT_READINGS && !this.#open.has(uri)) readings.set(uri, reading);
        yield undefined;
      }
      for (const other of ready) {
        yield this.#judgeAgain(other, other === uri ? reading : readings.get(other));
        readings.delete(other);
      }
    }
    for (const uri of plan.rest()) yield this.#judgeAgain(uri, readings.get(uri));
  }

  plan(beside?: readonly string[]): ScanPlan {
    return new ScanPlan(this.#index, {
      note: (uri, record) => this.#note(uri, record),
      isPart: beside !== undefined,
      complete: uris => {
        if (beside !== undefined) this.readMentions(beside, new Set(uris.flatMap(uri => this.#linksOf(uri))));
        this.#indexNeighbours(uris);
      },
    });
  }

  report(uri: string): Report {
    const open = this.#open.get(uri);
    if (open?.report) return open.report;
    const reading = this.#read(uri);
    if (typeof reading === 'string') return unreadableReview(uri, reading);
    const report = this.#judge(reading);
    if (open) open.report = report;
    return report;
  }

  countedReport(uri: string): Report {
    const reading = this.#read(uri);
    if (typeof reading === 'string') return unreadableReview(uri, reading);
    return this.#counting.judge(reading, linkedRecords(this.#index, uri));
  }

  formReport(uri: string): Report | undefined {
    if (this.#judged.has(this.#policies.of(uri))) return undefined;
    const reading = this.#read(uri);
    return typeof reading === 'string' ? undefined : formReport(reading);
  }

  parsed(uri: string): ParsedText {
    const reading = this.#read(uri);
    return typeof reading === 'string' ? { text: '', root: undefined, problems: [] } : reading.parsed;
  }

  judged(uri: string): Judged {
    return { parsed: this.parsed(uri), report: this.report(uri), policy: this.#policies.of(uri).policy };
  }

  guide(uri: string): SchemaGuide {
    return this.#policies.of(uri).guide;
  }

  rules(uri: string): readonly RuleDescription[] {
    return this.#policies.of(uri).policy.rules;
  }

  parameters(uri: string): readonly Parameter[] {
    return [...this.#policies.of(uri).policy.parameters.values()];
  }

  settings(uri: string): readonly Setting[] {
    return settingsInForce(this.#policies.of(uri));
  }

  rulesAt(uri: string, pointer: string): readonly RuleDescription[] {
    return this.#policies.of(uri).policy.rulesAt(pointer);
  }

  config(uri: string): LoadedConfig | undefined {
    return this.#policies.of(uri).config;
  }

  packs(uri: string): LoadedConfig['packs'] | undefined {
    return this.#policies.of(uri).packs;
  }

  policyProblems(): readonly PolicyProblem[] {
    return this.#policies.problems();
  }

  isIgnored(uri: string): boolean {
    const { ignored, folder } = this.#policies.of(uri);
    if (!ignored || !folder || !uri.startsWith(folder)) return false;
    return ignored.ignores(pathBelow(folder, uri));
  }

  baselineUri(uri: string): string | undefined {
    return this.#policies.of(uri).baselineUri;
  }

  isKnown(uri: string): boolean {
    return this.#index.get(uri) !== undefined;
  }

  reviews(): readonly string[] {
    return this.#index.uris();
  }

  records(): Iterable<IndexRecord> {
    return this.#index.records();
  }

  named(beginning: string): Iterable<readonly [ref: string, record: IndexRecord]> {
    return this.#index.named(beginning);
  }

  holder(ref: string, except?: string): IndexRecord | undefined {
    return this.#index.holder(ref, except);
  }

  /** The reading, or the reason why there is none. */
  #read(uri: string): Reading | string {
    const open = this.#open.get(uri);
    if (open) {
      open.reading ??= this.judge.read(uri, open.text, open.memory);
      return open.reading;
    }
    const file = this.#files.read(uri);
    return 'problem' in file ? file.problem : this.judge.read(uri, file.text);
  }

  /** Reads a review anew and tells whose reports may have changed: its own and those of reviews that link to it. */
  #readAgain(uri: string): string[] {
    const reading = this.#open.has(uri) || this.#files.exists(uri) ? this.#read(uri) : '';
    return [uri, ...this.#note(uri, typeof reading === 'string' ? undefined : reading.record)];
  }

  /** Puts a record into the index and drops the reports that rested on the old one. Returns the reviews that link here. */
  #note(uri: string, record: IndexRecord | undefined): readonly string[] {
    const linkers = this.#index.set(uri, record);
    for (const linker of linkers) {
      const open = this.#open.get(linker);
      if (open) open.report = undefined;
    }
    return linkers;
  }

  #judge(reading: Reading): Report {
    this.#judged.add(this.#policies.of(reading.uri));
    const memory = this.#open.get(reading.uri)?.memory;
    return this.judge.judge(reading, linkedRecords(this.#index, reading.uri), memory);
  }

  #judgeAgain(uri: string, reading: Reading | undefined): Report {
    return reading && !this.#open.has(uri) ? this.#judge(reading) : this.report(uri);
  }

  /** A review named alone may link to its neighbours in the folder: those that mention a missing ref are indexed. */
  #indexNeighbours(uris: readonly string[]): void {
    const wanted = new Map<string, Set<string>>();
    for (const uri of uris) {
      const folder = folderOf(uri);
      for (const ref of this.#linksOf(uri))
        if (folder && !this.#index.holder(ref, uri))
          (wanted.get(folder) ?? wanted.set(folder, new Set()).get(folder)!).add(ref);
    }
    for (const [folder, refs] of wanted) {
      const neighbours = REVIEW_EXTENSIONS.flatMap(suffix => this.#files.list(folder, suffix));
      this.readMentions(neighbours, refs);
    }
  }

  #linksOf(uri: string): readonly string[] {
    return linksOf(this.#index.get(uri));
  }
}

/** Told from the text alone, which takes a fraction of reading it. An escape (`"CASE\\x2d4T7Q2M"`) may hide a ref. */
function mentionsAny(refs: ReadonlySet<string>): (text: string) => boolean {
  const malformed = [...refs].filter(ref => findRefs(ref)[0]?.ref !== ref);
  return text =>
    text.includes('\\') ||
    findRefs(text).some(({ ref }) => refs.has(ref)) ||
    malformed.some(ref => text.includes(ref));
}
