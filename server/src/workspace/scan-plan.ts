/**
 * When the reviews of a scan may be judged: as soon as the reviews they link to are read, or at the end. Whoever reads
 * and judges them, here or in workers, asks this, so that all come to the same verdicts.
 */
import type { IndexRecord } from '../engine/report.ts';
import type { ReviewIndex } from './review-index.ts';
import type { Linked } from './review-judge.ts';

export interface ScanPlanOptions {
  /** Puts a record into the index; returns the reviews that link to it. */
  readonly note: (uri: string, record: IndexRecord) => readonly string[];
  /** Other reviews will be indexed at the end: until then, any link may lead elsewhere. */
  readonly isPart: boolean;
  /** Called once, before the rest is judged, with the reviews of the rest. */
  readonly complete: (uris: readonly string[]) => void;
}

export class ScanPlan {
  readonly #index: ReviewIndex;
  readonly #options: ScanPlanOptions;
  readonly #waiting = new Set<string>();

  constructor(index: ReviewIndex, options: ScanPlanOptions) {
    this.#index = index;
    this.#options = options;
  }

  /**
   * Of reviews in the order of their URIs: which can be judged now that this one is read. Nothing read later changes
   * their verdicts, because of several reviews that hold a ref the first by URI is asked.
   */
  note(uri: string, record: IndexRecord): readonly string[] {
    const linkers = this.#options.note(uri, record);
    this.#waiting.add(uri);
    const ready = [uri, ...linkers].filter(other => this.#waiting.has(other) && this.#isReady(other));
    for (const other of ready) this.#waiting.delete(other);
    return ready;
  }

  /** The reviews that can be judged only when everything is read, which is now. */
  rest(): readonly string[] {
    const rest = [...this.#waiting];
    this.#options.complete(rest);
    return rest;
  }

  linked(uri: string): Linked {
    return linkedRecords(this.#index, uri);
  }

  #isReady(uri: string): boolean {
    const links = linksOf(this.#index.get(uri));
    return links.every(ref => !this.#options.isPart && this.#index.holder(ref, uri) !== undefined);
  }
}

/** The refs a review links to. A missing episode of this very review is no other matter. */
export function linksOf(record: IndexRecord | undefined): readonly string[] {
  if (record === undefined || record.links.length === 0) return [];
  return record.links.filter(ref => !record.episodes.some(episode => episode.ref === ref));
}

/** Only what a review links to may decide its verdict: re-checks after a change rest on that. */
export function linkedRecords(index: ReviewIndex, uri: string): Linked {
  return linksOf(index.get(uri)).flatMap(ref => {
    const record = index.holder(ref, uri);
    return record === undefined ? [] : [[ref, record] as const];
  });
}
