/** Two audits side by side: of every share that both tell, whether it differs by more than chance. */
import type { AuditReport, Section, Share } from './audit-report.ts';
import { adjustForMany, fisherTest } from './statistics.ts';

/** `untold` where a number is too small to be told, or where nothing could be judged. */
export type Difference = 'higher' | 'lower' | 'within_chance' | 'untold';

export interface ComparedShare {
  readonly table: string;
  readonly section: Section;
  readonly title: string;
  readonly ref?: string;
  readonly share: string;
  readonly shareTitle: string;
  readonly a: Share;
  readonly b: Share;
  /** Of Fisher's test, and adjusted for all comparisons made; null where there is none. */
  readonly probability: number | null;
  readonly adjusted: number | null;
  /** Of B against A. */
  readonly difference: Difference;
}

export interface Comparison {
  /** How many shares could be compared. */
  readonly compared: number;
  readonly shares: readonly ComparedShare[];
}

/** Below this, a difference is called more than chance. */
export const SIGNIFICANT = 0.05;

/** Shares that only one of the audits tells are left out: the packs differ. */
export function compareAudits(a: AuditReport, b: AuditReport): Comparison {
  const others = new Map(b.tables.map(table => [table.id, table]));
  const pairs = a.tables.flatMap(table => {
    const other = others.get(table.id);
    return table.shares.flatMap(share => {
      const match = other?.shares.find(({ id }) => id === share.id);
      return match ? [{ table, share, a: share.total, b: match.total }] : [];
    });
  });
  // Where all or none have it on both sides, nothing could ever differ: that is no comparison.
  const tested = pairs.filter(({ a, b }) => isComparable(a) && isComparable(b) && varies(a, b));
  const probabilities = tested.map(({ a, b }) => fisherTest(proportion(a), proportion(b)));
  const adjusted = adjustForMany(probabilities);
  const at = new Map(tested.map((pair, i) => [pair, i]));
  return {
    compared: tested.length,
    shares: pairs.map(pair => {
      const { table, share, a, b } = pair;
      const isTold = isComparable(a) && isComparable(b);
      const i = at.get(pair);
      const [probability, holm] = i === undefined ? [1, 1] : [probabilities[i]!, adjusted[i]!];
      return {
        table: table.id,
        section: table.section,
        title: table.title,
        ...(table.ref !== undefined && { ref: table.ref }),
        share: share.id,
        shareTitle: share.title,
        a,
        b,
        probability: isTold ? round(probability) : null,
        adjusted: isTold ? round(holm) : null,
        difference: isTold ? differenceOf(a, b, holm) : 'untold',
      };
    }),
  };
}

function differenceOf(a: Share, b: Share, adjusted: number): Difference {
  if (adjusted >= SIGNIFICANT) return 'within_chance';
  return b.count! / b.of! > a.count! / a.of! ? 'higher' : 'lower';
}

function isComparable({ count, of }: Share): boolean {
  return count !== null && of !== null && of > 0;
}

function varies(a: Share, b: Share): boolean {
  const count = a.count! + b.count!;
  return count > 0 && count < a.of! + b.of!;
}

function proportion({ count, of }: Share): { count: number; of: number } {
  return { count: count!, of: of! };
}

/** To six significant digits, which every machine agrees on. */
function round(probability: number): number {
  return Number(probability.toPrecision(6));
}
