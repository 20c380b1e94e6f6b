/** Many reviews to counts: tables of how many reviews gave which answer, in each round. Their order makes no difference. */
import { reviewGuide } from '../engine/validate-shape.ts';
import {
  type CountedReview,
  type CountedRule,
  GRADES_BESIDE,
  OUTCOMES_BESIDE,
  VERDICTS,
  type Verdict,
  verdictAt,
} from './counted-review.ts';
import { groupBy } from './group-by.ts';

/** Every complete review stands in exactly one column, so that the columns of a round add up to its reviews. */
export interface Table {
  readonly columns: readonly string[];
  /** By column, then by round. */
  readonly counts: readonly (readonly number[])[];
  /** Columns that are read together, such as `broken` and `kept`: the first is what shares are of. */
  readonly groups: readonly (readonly string[])[];
}

export interface Round {
  /** Null where the reviews give no usable code. */
  readonly round: string | null;
  /** Complete ones. */
  readonly reviews: number;
}

export interface RuleTable {
  readonly rule: CountedRule;
  readonly table: Table;
}

export interface Audit {
  readonly drafts: number;
  /** In the order of their codes; the one without a code stands last. */
  readonly rounds: readonly Round[];
  readonly outcomes: Table;
  readonly grades: Table;
  /** By theme, in the order of the schema; only themes that occur. */
  readonly themes: ReadonlyMap<string, Table>;
  /** By failing, F1 first. */
  readonly failings: ReadonlyMap<string, Table>;
  /** In the order of their refs. */
  readonly rules: readonly RuleTable[];
}

export function countAudit(reviews: readonly CountedReview[]): Audit {
  const complete = reviews.filter(({ isDraft }) => !isDraft);
  const byRound = [...groupBy(complete, ({ round }) => round)].sort(([a], [b]) => byCode(a, b));
  const rounds = byRound.map(([, members]) => members);
  const tables = (answer: Answer, inFirst: readonly string[], beside: readonly string[]) =>
    tableOf(rounds, answer, inFirst, beside);
  const dispositions = wordsOf(
    'Disposition',
    new Set(complete.map(({ outcome }) => outcome)),
    OUTCOMES_BESIDE,
  );
  const gradesGiven = new Set(complete.flatMap(({ grade, themes }) => [grade, ...Object.values(themes)]));
  const grades = wordsOf('Grade', gradesGiven, GRADES_BESIDE);
  const themes = wordsOf('GradeTheme', new Set(complete.flatMap(({ themes }) => Object.keys(themes))), []);
  const [noResult, ...otherOutcomes] = OUTCOMES_BESIDE;
  return {
    drafts: reviews.length - complete.length,
    rounds: byRound.map(([round, members]) => ({ round: round ?? null, reviews: members.length })),
    outcomes: tables(({ outcome }) => outcome, [...dispositions, noResult], otherOutcomes),
    grades: tables(({ grade }) => grade, grades, GRADES_BESIDE),
    themes: new Map(
      themes
        .filter(theme => complete.some(review => review.themes[theme] !== undefined))
        .map(theme => [theme, tables(review => gradeOfTheme(review, theme), grades, GRADES_BESIDE)]),
    ),
    failings: new Map(
      failingsOf(complete).map(failing => [
        failing,
        verdictTable(rounds, review => sawFailing(review, failing)),
      ]),
    ),
    rules: rulesOf(complete).map(rule => ({ rule, table: verdictTable(rounds, answerOf(rule.id)) })),
  };
}

type Answer = (review: CountedReview) => string;

const [BROKEN, KEPT, ...NOT_JUDGED] = VERDICTS;

function verdictTable(rounds: readonly (readonly CountedReview[])[], answer: Answer): Table {
  return tableOf(rounds, answer, [BROKEN, KEPT], NOT_JUDGED);
}

function tableOf(
  rounds: readonly (readonly CountedReview[])[],
  answer: Answer,
  inFirst: readonly string[],
  beside: readonly string[],
): Table {
  const columns = [...inFirst, ...beside];
  const at = new Map(columns.map((column, i) => [column, i]));
  const counts = columns.map(() => rounds.map(() => 0));
  for (const [i, members] of rounds.entries())
    for (const review of members) counts[at.get(answer(review))!]![i]! += 1;
  return { columns, counts, groups: [inFirst, beside] };
}

/** The words of the schema in its order, and behind them those that a pack adds and that occur. */
function wordsOf(vocabulary: string, given: ReadonlySet<string>, beside: readonly string[]): string[] {
  const known = reviewGuide.definition(vocabulary)?.words?.map(({ value }) => String(value)) ?? [];
  const added = [...given].filter(word => !known.includes(word) && !beside.includes(word));
  return [...known, ...added.sort()];
}

/** Reviews under different configurations may have different rules. */
function rulesOf(reviews: readonly CountedReview[]): CountedRule[] {
  const lists = new Set(reviews.map(({ rules }) => rules));
  const byId = new Map([...lists].flatMap(rules => rules.map(rule => [rule.id, rule] as const)));
  return [...byId.values()].sort((a, b) => compare(a.ref, b.ref) || compare(a.id, b.id));
}

export function gradeOfTheme({ themes, areThemesRead }: CountedReview, theme: string): string {
  return themes[theme] ?? (areThemesRead ? 'not_graded' : 'unread');
}

/** The verdict of a rule, wherever it stands in the list of a review. */
export function answerOf(id: string): (review: CountedReview) => Verdict {
  const places = new Map<readonly CountedRule[], number>();
  return review => {
    const { rules } = review;
    const at = places.get(rules) ?? rules.findIndex(rule => rule.id === id);
    places.set(rules, at);
    return at < 0 ? 'not_asked' : verdictAt(review, at);
  };
}

function failingsOf(reviews: readonly CountedReview[]): string[] {
  const failings = new Set(rulesOf(reviews).flatMap(({ catches }) => catches));
  return [...failings].sort((a, b) => a.length - b.length || compare(a, b));
}

/**
 * A failing is seen where one of its rules is broken, and not seen where at least one could be judged and none is
 * broken. A waived breach says neither.
 */
export function sawFailing(review: CountedReview, failing: string): Verdict {
  const found = new Set<Verdict>();
  for (const [at, { catches }] of review.rules.entries())
    if (catches.includes(failing)) found.add(verdictAt(review, at));
  return FAILING_ORDER.find(verdict => found.has(verdict)) ?? 'not_asked';
}

const FAILING_ORDER = ['broken', 'waived', 'kept', 'cannot_tell', 'not_recorded'] as const;

function byCode(a: string | undefined, b: string | undefined): number {
  return Number(a === undefined) - Number(b === undefined) || compare(a ?? '', b ?? '');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
