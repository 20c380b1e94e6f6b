/** The workspace behind both fronts: editor texts over files, the index of reviews, and the policies in force. */
import { applyBaseline } from '../check/baseline.ts';
import {
  formReport,
  judgeReview,
  type Reading,
  readReview,
  unreadableReview,
} from '../check/check-review.ts';
import type { Judged } from '../check/explain-finding.ts';
import type { ParsedText } from '../engine/located-tree.ts';
import type { IndexRecord, PolicyProblem, Report } from '../engine/report.ts';
import type { SchemaGuide } from '../engine/schema-guide.ts';
import { LinkedReview } from '../policy/cel-functions.ts';
import type { Parameter, RuleDescription } from '../policy/pack.ts';
import { REVIEW_EXTENSIONS } from '../protocol.ts';
import type { LoadedConfig } from './config-file.ts';
import type { FileProvider } from './file-provider.ts';
import { folderOf, Policies, type PolicyState } from './policies.ts';
import { PolicyDesk } from './policy-desk.ts';
import { ReviewIndex } from './review-index.ts';
import { type Setting, settingsInForce } from './settings-in-force.ts';
import type { CreateWorkspace, Workspace, WorkspaceOptions } from './workspace.ts';

const isReview = (uri: string) => REVIEW_EXTENSIONS.some(extension => uri.endsWith(extension));
/** How many reviews wait in memory for the reviews they link to; further ones are read twice. */
const KEPT_READINGS = 200;

export const createWorkspace: CreateWorkspace = (files, options = {}) => new ReviewWorkspace(files, options);

/** The readable path of a file below a folder; the whole URI of any other file. */
export function pathBelow(folder: string, uri: string): string {
  return uri.startsWith(folder) ? decodeURIComponent(uri.slice(folder.length)) : uri;
}

interface OpenText {
  readonly text: string;
  reading: Reading | undefined;
  report: Report | undefined;
}

class ReviewWorkspace implements Workspace {
  readonly #files: FileProvider;
  readonly #options: WorkspaceOptions;
  readonly #policies: Policies;
  readonly desk: PolicyDesk;
  readonly #index = new ReviewIndex();
  readonly #open = new Map<string, OpenText>();
  /** The policies whose rules have been prepared by judging a first review. */
  readonly #judged = new WeakSet<PolicyState>();

  constructor(files: FileProvider, options: WorkspaceOptions) {
    this.#files = files;
    this.#options = options;
    this.#policies = new Policies(files, options.configUri);
    this.desk = new PolicyDesk(files, this.#policies);
  }

  openText(uri: string, text: string): readonly string[] {
    if (this.#open.get(uri)?.text === text) return [];
    this.#open.set(uri, { text, reading: undefined, report: undefined });
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

  *scan(uris: readonly string[]): Generator<Report | undefined> {
    /** Reviews whose linked reviews are not all read; without the reading where too many are kept. */
    const waiting = new Map<string, Reading | undefined>();
    for (const uri of [...uris].sort()) {
      const reading = this.#read(uri);
      if (typeof reading === 'string') {
        yield unreadableReview(uri, reading);
        continue;
      }
      const linkers = this.#note(uri, reading.record);
      if (this.#knowsLinks(uri)) yield this.#judge(reading);
      else {
        waiting.set(uri, waiting.size < KEPT_READINGS ? reading : undefined);
        yield undefined;
      }
      for (const ready of linkers.filter(other => waiting.has(other) && this.#knowsLinks(other))) {
        yield this.#judgeAgain(ready, waiting.get(ready));
        waiting.delete(ready);
      }
    }
    this.#indexNeighbours([...waiting.keys()]);
    for (const [uri, reading] of waiting) yield this.#judgeAgain(uri, reading);
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

  reviews(): readonly string[] {
    return this.#index.uris();
  }

  records(): Iterable<IndexRecord> {
    return this.#index.records();
  }

  holder(ref: string, except?: string): IndexRecord | undefined {
    return this.#index.holder(ref, except);
  }

  /** The reading, or the reason why there is none. */
  #read(uri: string): Reading | string {
    const open = this.#open.get(uri);
    if (open) {
      open.reading ??= readReview(uri, open.text, this.guide(uri));
      return open.reading;
    }
    const file = this.#files.read(uri);
    return 'problem' in file ? file.problem : readReview(uri, file.text, this.guide(uri));
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
    const { uri, record } = reading;
    const state = this.#policies.of(uri);
    const { policy, baseline, baselineUri } = state;
    this.#judged.add(state);
    const report = judgeReview(reading, {
      policy,
      asOf: this.#options.asOf,
      waivers: this.#options.waivers,
      // Only what a review links to may decide its verdict: re-checks after a change rest on that.
      linked: ref => LinkedReview.from(record.links.includes(ref) ? this.#index.holder(ref, uri) : undefined),
    });
    if (!baseline || this.#options.baseline === false) return report;
    return applyBaseline(report, pathBelow(folderOf(baselineUri!)!, uri), baseline);
  }

  #judgeAgain(uri: string, reading: Reading | undefined): Report {
    return reading ? this.#judge(reading) : this.report(uri);
  }

  /** Whether every review that this one links to is read; its own missing episodes are known anyway. */
  #knowsLinks(uri: string): boolean {
    const { links, episodes } = this.#index.get(uri)!;
    return links.every(
      ref => episodes.some(episode => episode.ref === ref) || this.#index.holder(ref, uri) !== undefined,
    );
  }

  /** A review named alone may link to its neighbours in the folder: those that mention a missing ref are indexed. */
  #indexNeighbours(uris: readonly string[]): void {
    const wanted = new Map<string, Set<string>>();
    for (const uri of uris) {
      const folder = folderOf(uri);
      const links = this.#index.get(uri)?.links ?? [];
      for (const ref of links)
        if (folder && !this.#index.holder(ref, uri))
          (wanted.get(folder) ?? wanted.set(folder, new Set()).get(folder)!).add(ref);
    }
    for (const [folder, refs] of wanted) {
      const neighbours = REVIEW_EXTENSIONS.flatMap(suffix => this.#files.list(folder, suffix));
      for (const uri of neighbours) {
        if (this.#index.get(uri)) continue;
        const file = this.#files.read(uri);
        if ('text' in file && [...refs].some(ref => file.text.includes(ref)))
          this.#note(uri, readReview(uri, file.text).record);
      }
    }
  }
}
