/** The totals of reviews that are all there. */
import { type AuditedReview, type AuditTotals, RoundCounter } from '../../server/src/audit/count-rounds.ts';

export function countRounds(reviews: readonly AuditedReview[]): AuditTotals {
  const counter = new RoundCounter();
  for (const review of reviews) counter.add(review);
  return counter.totals();
}
