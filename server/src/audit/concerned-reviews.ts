/** From a figure of an audit to the reviews that are counted in it. */
import { BELOW_GOOD, BELOW_GOOD_GRADES, RETURNED, type Section } from './audit-report.ts';
import { answerOf, gradeOfTheme, sawFailing } from './count-audit.ts';
import { type CountedReview, OUTCOMES_BESIDE } from './counted-review.ts';

const [NO_RESULT, ...NOT_RETURNED] = OUTCOMES_BESIDE;

/** In the order given; drafts are not counted. */
export function concernedReviews(
  reviews: readonly CountedReview[],
  { section, id }: { readonly section: Section; readonly id: string },
  share: string,
): CountedReview[] {
  const answers: Readonly<Record<Section, (review: CountedReview) => string>> = {
    outcomes: ({ outcome }) => outcome,
    grades: ({ grade }) => grade,
    themes: review => gradeOfTheme(review, id),
    failings: review => sawFailing(review, id),
    rules: answerOf(id),
  };
  const isCounted = columnsOf(share);
  return reviews.filter(review => !review.isDraft && isCounted(answers[section](review)));
}

function columnsOf(share: string): (column: string) => boolean {
  const beside: readonly string[] = NOT_RETURNED;
  const worse: readonly string[] = BELOW_GOOD_GRADES;
  if (share === RETURNED) return column => column === NO_RESULT || !beside.includes(column);
  if (share === BELOW_GOOD) return column => worse.includes(column);
  return column => column === share;
}
