/**
 * Reads and judges single reviews under the policies in force. What the reviews they link to say is handed in, so that
 * a worker, which knows no other review, comes to the same verdict.
 */
import { applyBaseline, type Baseline } from '../check/baseline.ts';
import { judgeReview, type Reading, readReview } from '../check/check-review.ts';
import type { ReviewMemory } from '../check/review-memory.ts';
import type { IndexRecord, Report } from '../engine/report.ts';
import { LinkedReview } from '../policy/cel-functions.ts';
import type { FileProvider } from './file-provider.ts';
import { folderOf, Policies, type PolicyBasis, pathBelow } from './policies.ts';
import type { WorkspaceOptions } from './workspace-options.ts';

/** The records that decide a verdict: of the refs a review links to, those that another review holds. */
export type Linked = readonly (readonly [ref: string, record: IndexRecord])[];

/** Equal for records that say the same, wherever their reviews are. */
export function linkedKey(linked: Linked): string {
  if (linked.length === 0) return '';
  return JSON.stringify(
    linked.map(([ref, { id, state, links, episodes, oics }]) => [ref, id, state, links, episodes, oics]),
  );
}

/** Everything that decides a report besides the text and what is linked. */
export interface JudgingBasis {
  /** The same object for all reviews under one configuration. */
  readonly policy: PolicyBasis;
  readonly asOf: string | undefined;
  readonly waivers: boolean;
  /** Fingerprints and outcomes. */
  readonly baseline: ReadonlyMap<string, string> | undefined;
}

export class ReviewJudge {
  readonly #policies: Policies;
  readonly #options: WorkspaceOptions;

  constructor(policies: Policies, options: WorkspaceOptions) {
    this.#policies = policies;
    this.#options = options;
  }

  /** `memory` is what was kept of the review before an edit. */
  read(uri: string, text: string, memory?: ReviewMemory): Reading {
    return readReview(uri, text, this.#policies.of(uri).guide, memory);
  }

  judge(reading: Reading, linked: Linked, memory?: ReviewMemory): Report {
    const records = new Map(linked);
    const judging = {
      policy: this.#policies.of(reading.uri).policy,
      asOf: this.#options.asOf,
      waivers: this.#options.waivers,
      isCounted: this.#options.counted,
      linked: (ref: string) => LinkedReview.from(records.get(ref)),
      ...(memory && { linkedKey: linkedKey(linked) }),
    };
    const report = judgeReview(reading, judging, memory);
    const known = this.#baselineOf(reading.uri);
    return known === undefined ? report : applyBaseline(report, known.path, known.baseline);
  }

  basis(uri: string): JudgingBasis {
    const { asOf, waivers = true } = this.#options;
    const known = this.#baselineOf(uri);
    return {
      policy: this.#policies.of(uri).basis,
      asOf,
      waivers,
      baseline: known?.baseline.get(known.path),
    };
  }

  #baselineOf(uri: string): { readonly baseline: Baseline; readonly path: string } | undefined {
    const { baseline, baselineUri } = this.#policies.of(uri);
    if (baseline === undefined || baselineUri === undefined || this.#options.baseline === false)
      return undefined;
    return { baseline, path: pathBelow(folderOf(baselineUri)!, uri) };
  }
}

export function createJudge(files: FileProvider, options: WorkspaceOptions): ReviewJudge {
  return new ReviewJudge(new Policies(files, options.configUri), options);
}
