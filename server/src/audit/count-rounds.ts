/**
 * The figures of audit rounds, counted over the reviews of one run: how many cases were sent back, and what became of
 * them. What is wrong with a single case is a finding of its review; a total only says that something is.
 */
import type { Report } from '../engine/report.ts';
import { groupBy } from './group-by.ts';

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

/** Drafts do not count until complete, and their order makes no difference. */
export function countRounds(reviews: readonly AuditedReview[]): AuditTotals {
  const audited = reviews
    .filter(({ state, audit }) => state !== 'draft' && audit !== undefined)
    .sort((a, b) => compare(a.uri, b.uri));
  const read = audited.filter(({ audit }) => !audit?.unread);
  const byRound = groupBy(read, ({ audit }) => audit?.round);
  return {
    rounds: [...byRound]
      .sort(([a], [b]) => Number(a === undefined) - Number(b === undefined) || compare(a ?? '', b ?? ''))
      .map(([round, members]) => countRound(round, members)),
    unread: audited.filter(({ audit }) => audit?.unread),
  };
}

/** Equal sums are not enough: a missing result and a stray one would hide each other. */
export function reconciles({
  withoutDisposition,
  withoutReturn,
}: Pick<RoundTotals, 'withoutDisposition' | 'withoutReturn'>): boolean {
  return withoutDisposition.length + withoutReturn.length === 0;
}

function countRound(round: string | undefined, reviews: readonly AuditedReview[]): RoundTotals {
  const isReturned = ({ audit }: AuditedReview) => audit?.returned === true;
  const hasDisposition = ({ audit }: AuditedReview) => audit?.disposition !== undefined;
  const words = reviews.flatMap(({ audit }) => audit?.disposition ?? []).sort();
  const dispositions: Record<string, number> = {};
  for (const word of words) dispositions[word] = (dispositions[word] ?? 0) + 1;
  return {
    round,
    reviews: reviews.length,
    returned: reviews.filter(isReturned).length,
    dispositions,
    withoutDisposition: reviews.filter(review => isReturned(review) && !hasDisposition(review)),
    withoutReturn: reviews.filter(review => hasDisposition(review) && !isReturned(review)),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
