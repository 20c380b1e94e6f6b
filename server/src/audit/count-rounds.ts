/**
 * The figures of audit rounds, counted over the reviews of one run: how many cases were sent back, and what became of
 * them. What is wrong with a single case is a finding of its review; a total only says that something is.
 */
import type { Report } from '../engine/report.ts';

/** What a total is counted from: so much of a report, or of its JSON. */
export type AuditedReview = Pick<Report, 'uri' | 'state' | 'id' | 'audit'>;

export interface RoundTotals {
  /** Undefined where the reviews give no usable code. */
  readonly round: string | undefined;
  readonly reviews: number;
  /** Those whose case was sent back. */
  readonly returned: number;
  /** How many reviews give which result, sent back or not; only results that occur. */
  readonly dispositions: Readonly<Record<string, number>>;
  /** Sent back, and no result: it may still be awaited. */
  readonly withoutDisposition: readonly AuditedReview[];
  /** A result, although no return is recorded. */
  readonly withoutReturn: readonly AuditedReview[];
}

export interface AuditTotals {
  /** In the order of their codes; the one without a code stands last. */
  readonly rounds: readonly RoundTotals[];
  /** What they say of the audit cannot be read, so that any total may lack them. */
  readonly unread: readonly AuditedReview[];
}

/** Counts reviews as they come, in any order, and remembers only those that the totals name. */
export class RoundCounter {
  readonly #rounds = new Map<string | undefined, RoundCount>();
  readonly #unread: AuditedReview[] = [];

  /** Drafts do not count until complete. */
  add({ uri, id, state, audit }: AuditedReview): void {
    if (audit === undefined || state === 'draft') return;
    const review = { uri, id, state, audit };
    if (audit.unread) {
      this.#unread.push(review);
      return;
    }
    const { round, returned = false, disposition } = audit;
    const count = this.#rounds.get(round) ?? newCount();
    this.#rounds.set(round, count);
    count.reviews++;
    if (returned) count.returned++;
    if (disposition !== undefined)
      count.dispositions.set(disposition, (count.dispositions.get(disposition) ?? 0) + 1);
    if (returned && disposition === undefined) count.withoutDisposition.push(review);
    if (!returned && disposition !== undefined) count.withoutReturn.push(review);
  }

  totals(): AuditTotals {
    return {
      rounds: [...this.#rounds]
        .sort(([a], [b]) => Number(a === undefined) - Number(b === undefined) || compare(a ?? '', b ?? ''))
        .map(([round, { dispositions, withoutDisposition, withoutReturn, ...numbers }]) => ({
          round,
          ...numbers,
          dispositions: Object.fromEntries([...dispositions].sort(([a], [b]) => compare(a, b))),
          withoutDisposition: withoutDisposition.sort(byUri),
          withoutReturn: withoutReturn.sort(byUri),
        })),
      unread: this.#unread.sort(byUri),
    };
  }
}

interface RoundCount {
  reviews: number;
  returned: number;
  readonly dispositions: Map<string, number>;
  readonly withoutDisposition: AuditedReview[];
  readonly withoutReturn: AuditedReview[];
}

function newCount(): RoundCount {
  return { reviews: 0, returned: 0, dispositions: new Map(), withoutDisposition: [], withoutReturn: [] };
}

/** Equal sums are not enough: a missing result and a stray one would hide each other. */
export function reconciles({
  withoutDisposition,
  withoutReturn,
}: Pick<RoundTotals, 'withoutDisposition' | 'withoutReturn'>): boolean {
  return withoutDisposition.length + withoutReturn.length === 0;
}

function byUri(a: AuditedReview, b: AuditedReview): number {
  return compare(a.uri, b.uri);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
