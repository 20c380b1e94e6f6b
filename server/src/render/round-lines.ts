/** The figures of audit rounds in sentences: a line per round, and one that names the cases that stand against it. */
import { type AuditedReview, type AuditTotals, type RoundTotals, reconciles } from '../audit/count-rounds.ts';
import { reviewGuide } from '../engine/validate-shape.ts';
import { toPrintable } from './printable.ts';
import { showId } from './quotable.ts';

type PathOf = (uri: string) => string;

/** Nobody reads more names on a line; the JSON report has them all. */
const NAMED = 10;

/** Nothing where no case was sent back and no result is given. */
export function formatRounds({ rounds, unread }: AuditTotals, pathOf: PathOf): string[] {
  const lines = rounds
    .filter(({ returned, withoutReturn }) => returned + withoutReturn.length > 0)
    .flatMap(totals => formatRound(totals, pathOf));
  if (lines.length === 0) return [];
  return [...lines, ...naming('Not counted, because the audit cannot be read', unread, pathOf)];
}

function formatRound(totals: RoundTotals, pathOf: PathOf): string[] {
  const { round, reviews, returned, dispositions, withoutDisposition, withoutReturn } = totals;
  const name = round === undefined ? 'No usable round code' : `Round ${round}`;
  const figures = `${returned} of ${reviews} review${reviews === 1 ? '' : 's'} returned`;
  const parts = Object.entries(dispositions).map(([word, count]) => `${count} ${titleOf(word)}`);
  const sum = parts.join(' + ') || 'none';
  if (reconciles(totals)) return [`${name}: ${figures} = ${sum}.`];
  return [
    `${name}: ${figures}; results: ${sum}. They do not reconcile.`,
    ...naming('Returned, no result yet', withoutDisposition, pathOf),
    ...naming('With a result but no recorded return', withoutReturn, pathOf),
  ];
}

function naming(what: string, reviews: readonly AuditedReview[], pathOf: PathOf): string[] {
  if (reviews.length === 0) return [];
  const names = reviews.slice(0, NAMED).map(({ id, uri }) => showId(id) ?? toPrintable(pathOf(uri)));
  const more = reviews.length - names.length;
  return [`${what}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`];
}

/** Within a sentence. A word that a pack adds has no title here. */
function titleOf(word: string): string {
  const title = reviewGuide.definition('Disposition')?.words?.find(({ value }) => value === word)?.title;
  return title === undefined ? word.replaceAll('_', ' ') : title.charAt(0).toLowerCase() + title.slice(1);
}
