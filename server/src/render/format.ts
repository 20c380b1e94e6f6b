/**
 * What every output format is: pure functions from a run to text, so that each report can be turned into text as it
 * comes and then be dropped. Which format goes where is for the command line to say.
 */
import type { AuditTotals } from '../audit/count-rounds.ts';
import type { Edit } from '../engine/apply-edits.ts';
import type { Fix, PolicyProblem, Report } from '../engine/report.ts';
import type { RuleDescription } from '../policy/pack.ts';
import type { Source } from './place.ts';
import type { ShardJson } from './shard-json.ts';
import type { Summary, Threshold } from './summary.ts';

/** What formats ask of the run they describe. */
export interface FormatContext {
  readonly version: string;
  /** The as-of date when it is not each review's own; every format prints it then. */
  readonly asOf: string | undefined;
  /** Set where waivers were not applied; every format says so then. */
  readonly noWaivers?: boolean;
  /** Set where only what changed is told of: since which commit, or true for the last one. */
  readonly changed?: string | true | undefined;
  /** Whether words of the reviews may appear. Reports carry ids and lines otherwise. */
  readonly includeText: boolean;
  readonly threshold: Threshold;
  /** Set where this is one part of a run. */
  readonly shard?: ShardJson | undefined;
  /** How a file is named to the reader: relative to the folder of the run, with forward slashes. */
  readonly pathOf: (uri: string) => string;
  readonly sourceOf: (uri: string) => Source;
  /** A fix as text edits; empty where it no longer fits the text. */
  readonly editsOf: (uri: string, fix: Fix) => readonly Edit[];
  readonly rulesOf: (uri: string) => readonly RuleDescription[];
}

/** Something that was named on the command line and could not be checked. */
export interface InputProblem {
  readonly path: string;
  readonly message: string;
}

/** How a run ended. */
export interface RunResult {
  readonly summary: Summary;
  readonly audit: AuditTotals;
  readonly policyProblems: readonly PolicyProblem[];
  readonly inputProblems: readonly InputProblem[];
  /** The most warnings that `--max-warnings` allows, where there are more. */
  readonly warningsAllowed: number | undefined;
  readonly exitCode: number;
}

export interface Format {
  readonly begin: () => string;
  /** Called once per review, in any order; empty for a review of which nothing is said. */
  readonly review: (report: Report) => string;
  /** Stands between the texts of two reviews, which follow in the order of their URIs. */
  readonly separator: string;
  /** `isEmpty` when no review had anything said of it. */
  readonly end: (result: RunResult, isEmpty: boolean) => string;
}
