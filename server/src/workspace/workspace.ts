/**
 * All reviews that are known at once: the one model behind the language server and the command line.
 *
 * It reads through a file provider, so it runs wherever one can be had. It keeps an index record per review,
 * and an answer only as a memo that may be dropped at any time.
 */
import type { Judged } from '../check/explain-finding.ts';
import type { ParsedText } from '../engine/located-tree.ts';
import type { IndexRecord, PolicyProblem, Report } from '../engine/report.ts';
import type { SchemaGuide } from '../engine/schema-guide.ts';
import type { Parameter, RuleDescription } from '../policy/pack.ts';
import type { LoadedConfig } from './config-file.ts';
import type { FileProvider } from './file-provider.ts';
import type { PolicyDesk } from './policy-desk.ts';
import type { ReviewJudge } from './review-judge.ts';
import type { ScanPlan } from './scan-plan.ts';
import type { Setting } from './settings-in-force.ts';
import type { WorkspaceOptions } from './workspace-options.ts';

export interface Workspace {
  /** Reads and judges reviews without remembering anything of them. */
  readonly judge: ReviewJudge;
  /** The policy files that are open in an editor. */
  readonly desk: PolicyDesk;
  /** Puts an editor's text over the file; the text counts until `closeText`. Returns every review whose report may have changed. */
  openText(uri: string, text: string): readonly string[];
  /** Drops the editor's text; the file on disk counts again. */
  closeText(uri: string): readonly string[];
  /** Tells that files were created, changed or deleted (reviews, configuration, pack files). Returns as `openText` does. */
  filesChanged(uris: readonly string[]): readonly string[];
  /** Forgets a policy that rests on files which changed; whether there was one. */
  policyChanged(uris: readonly string[]): boolean;
  /** Reads, of reviews that are not known, those that may hold one of the refs or link to it. */
  readMentions(uris: readonly string[], refs: ReadonlySet<string>): void;
  /** Forgets reviews that no search finds any more. Returns as `openText` does. */
  forget(uris: readonly string[]): readonly string[];
  /** Reads the reviews named for the first time, one step of the iterator per review, and yields each report when it is final. */
  scan(uris: readonly string[]): Generator<Report | undefined>;
  /** For a scan whose reviews are read and judged elsewhere, and perhaps without reviews that are to be read beside them. */
  plan(beside?: readonly string[]): ScanPlan;
  /** The report of one review, from its editor text or its file. */
  report(uri: string): Report;
  /** The report with what an audit counts, the baseline not applied. */
  countedReport(uri: string): Report;
  /** What parser and schema say, as long as no rule has judged: the first judgement has to prepare them. */
  formReport(uri: string): Report | undefined;
  /** The located tree behind `report`. */
  parsed(uri: string): ParsedText;
  /** The report with what it rests on, for explanations. */
  judged(uri: string): Judged;
  /** What the schema says about places of a review, with the words of the packs in force. */
  guide(uri: string): SchemaGuide;
  /** The rules that apply to a review. */
  rules(uri: string): readonly RuleDescription[];
  /** The limits and lists that apply to a review. */
  parameters(uri: string): readonly Parameter[];
  /** Everything that applies to a review, with where it comes from. */
  settings(uri: string): readonly Setting[];
  /** The rules that judge a place, such as `/recording/recorded_at` or `/persons/2/status`. */
  rulesAt(uri: string, pointer: string): readonly RuleDescription[];
  /** The configuration that holds for a review; undefined without one. */
  config(uri: string): LoadedConfig | undefined;
  /** The packs in force for a review, with their files; undefined without a configuration. */
  packs(uri: string): LoadedConfig['packs'] | undefined;
  /** What is wrong with configuration and packs, everywhere so far. */
  policyProblems(): readonly PolicyProblem[];
  /** Where the baseline of a review is, or would be; undefined without a configuration. */
  baselineUri(uri: string): string | undefined;
  /** True for a review that the configuration leaves out. */
  isIgnored(uri: string): boolean;
  isKnown(uri: string): boolean;
  /** Every review known, sorted by URI. */
  reviews(): readonly string[];
  /** The index record of every review known. */
  records(): Iterable<IndexRecord>;
  /** The cases, missing episodes and officers in the case of all reviews that begin so, in order, each with a review that names it. */
  named(beginning: string): Iterable<readonly [ref: string, record: IndexRecord]>;
  /** The review that holds a case or a missing episode; another than `except` where several do. */
  holder(ref: string, except?: string): IndexRecord | undefined;
}

export interface EditorOptions {
  /** The place whose policy a document is judged by: its own, unless it was never saved. */
  readonly placeOf?: (uri: string) => string;
}

export type CreateWorkspace = (files: FileProvider, options?: WorkspaceOptions & EditorOptions) => Workspace;
