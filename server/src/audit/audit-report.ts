/**
 * What is told of an audit: plain data, the same for every format, for comparisons and for the editor. Every figure
 * carries its population, and small numbers are left out.
 */
import type { Audit, Round, Table } from './count-audit.ts';
import { type Interval, wilsonInterval } from './statistics.ts';
import { type Cell, type ShownTable, suppress } from './suppress.ts';

/** Raised when a key goes or changes its meaning; new keys do not raise it. */
export const AUDIT_REPORT_VERSION = 1;

export const SECTIONS = ['outcomes', 'grades', 'themes', 'failings', 'rules'] as const;
export type Section = (typeof SECTIONS)[number];

/** Numbers of reviews: over all rounds, and in each. Null is one that is too small to be told. */
export interface Numbers {
  readonly total: Cell;
  readonly rounds: readonly Cell[];
}

export interface ToldColumn extends Numbers {
  readonly id: string;
  readonly title: string;
}

/** How many of how many, with a 95 % interval. Without a population, or where a number is not told, there is none. */
export interface Share {
  readonly count: Cell;
  readonly of: Cell;
  readonly low: Cell;
  readonly high: Cell;
}

export interface ToldShare {
  readonly id: string;
  readonly title: string;
  readonly total: Share;
  readonly rounds: readonly Share[];
}

export interface ToldTable {
  /** `outcomes`, `grades`, the word of a theme, `F1` or the id of a rule. */
  readonly id: string;
  readonly section: Section;
  readonly title: string;
  /** Of a rule. */
  readonly ref?: string;
  /** The failings that a rule catches. */
  readonly catches?: readonly string[];
  /** Each review stands in one of them. */
  readonly columns: readonly ToldColumn[];
  readonly shares: readonly ToldShare[];
}

export interface AuditReport {
  readonly version: typeof AUDIT_REPORT_VERSION;
  /** The as-of date when it is not each review's own. */
  readonly asOf: string | null;
  /** Present where waivers were not applied. */
  readonly noWaivers?: true;
  /** Numbers below it are not told. */
  readonly smallestCell: number;
  /** Complete ones; everything is counted of these. */
  readonly reviews: number;
  readonly drafts: number;
  readonly rounds: readonly Round[];
  readonly tables: readonly ToldTable[];
}

/** What the tables and their columns are called. */
export type TitleOf = (section: Section, id: string) => string;
export type ColumnTitleOf = (section: Section, column: string) => string;

export interface Telling {
  readonly asOf?: string | undefined;
  readonly noWaivers?: boolean;
  readonly smallestCell: number;
  readonly titleOf: TitleOf;
  readonly columnTitleOf: ColumnTitleOf;
}

export function tellAudit(audit: Audit, { asOf, noWaivers, smallestCell, ...titles }: Telling): AuditReport {
  const { rounds, drafts } = audit;
  const tell = (section: Section, id: string, table: Table): ToldTable =>
    tellTable(section, id, suppress(table, smallestCell), titles);
  return {
    version: AUDIT_REPORT_VERSION,
    asOf: asOf ?? null,
    ...(noWaivers && { noWaivers }),
    smallestCell,
    reviews: rounds.reduce((sum, { reviews }) => sum + reviews, 0),
    drafts,
    rounds,
    tables: [
      tell('outcomes', 'outcomes', audit.outcomes),
      tell('grades', 'grades', audit.grades),
      ...[...audit.themes].map(([theme, table]) => tell('themes', theme, table)),
      ...[...audit.failings].map(([failing, table]) => tell('failings', failing, table)),
      ...audit.rules.map(({ rule: { id, ref, title, catches }, table }) => ({
        ...tell('rules', id, table),
        title,
        ref,
        catches,
      })),
    ],
  };
}

/** The column that a share of the outcomes leaves out: a result may still come. */
const NO_RESULT = 'no_result';
const NOT_RETURNED = 'not_returned';
export const RETURNED = 'returned';
/** The headline of the published audits; both words are in every scale. */
export const BELOW_GOOD = 'below_good';
export const BELOW_GOOD_GRADES = ['requires_improvement', 'inadequate'] as const;

function tellTable(
  section: Section,
  id: string,
  shown: ShownTable,
  { titleOf, columnTitleOf }: Pick<Telling, 'titleOf' | 'columnTitleOf'>,
): ToldTable {
  const columnOf = (column: string): Numbers => {
    const at = shown.columns.indexOf(column);
    return { total: shown.totals[at]!, rounds: shown.cells[at]! };
  };
  const first: Numbers = { total: shown.groupTotals[0]!, rounds: shown.groupCells[0]! };
  const tellShare = (share: string, count: Numbers, of: Numbers): ToldShare => ({
    id: share,
    title: columnTitleOf(section, share),
    total: shareOf(count.total, of.total),
    rounds: count.rounds.map((cell, round) => shareOf(cell, of.rounds[round]!)),
  });
  const words = shown.groups[0]!;
  const of = (word: string, population = first) => tellShare(word, columnOf(word), population);
  const sharesOf: Readonly<Record<Section, () => ToldShare[]>> = {
    outcomes: () => {
      const withResult = combine(first, columnOf(NO_RESULT), -1);
      return [
        tellShare(RETURNED, first, combine(first, columnOf(NOT_RETURNED), 1)),
        ...words.filter(word => word !== NO_RESULT).map(word => of(word, withResult)),
      ];
    },
    grades: () => gradeShares(),
    themes: () => gradeShares(),
    failings: () => [of(words[0]!)],
    rules: () => [of(words[0]!)],
  };
  const gradeShares = () => {
    const [improve, inadequate] = BELOW_GOOD_GRADES.map(columnOf) as [Numbers, Numbers];
    return [...words.map(word => of(word)), tellShare(BELOW_GOOD, combine(improve, inadequate, 1), first)];
  };
  return {
    id,
    section,
    title: titleOf(section, id),
    columns: shown.columns.map(column => ({
      id: column,
      title: columnTitleOf(section, column),
      ...columnOf(column),
    })),
    shares: sharesOf[section](),
  };
}

function combine(a: Numbers, b: Numbers, sign: 1 | -1): Numbers {
  const add = (x: Cell, y: Cell): Cell => (x === null || y === null ? null : x + sign * y);
  return { total: add(a.total, b.total), rounds: a.rounds.map((cell, round) => add(cell, b.rounds[round]!)) };
}

function shareOf(count: Cell, of: Cell): Share {
  const isKnown = count !== null && of !== null && of > 0;
  const { low, high }: Interval | { low: null; high: null } = isKnown
    ? wilsonInterval({ count, of })
    : { low: null, high: null };
  return { count, of, low: low === null ? null : round4(low), high: high === null ? null : round4(high) };
}

/** So that a report is the same on every machine. */
function round4(share: number): number {
  return Math.round(share * 1e4) / 1e4;
}
