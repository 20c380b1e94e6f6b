/**
 * Small numbers are not told, because few reviews may point at a child. A whole column is left out, in every round, and
 * further ones with it until nothing that is left out follows by subtraction from what is told.
 */
import type { Table } from './count-audit.ts';

/** Null is a number that is not told. */
export type Cell = number | null;

export interface ShownTable {
  readonly columns: readonly string[];
  readonly groups: Table['groups'];
  /** By column, then by round. */
  readonly cells: readonly (readonly Cell[])[];
  /** By column: the sum over the rounds. */
  readonly totals: readonly Cell[];
  /** By group, then by round; the sum of its columns. */
  readonly groupCells: readonly (readonly Cell[])[];
  readonly groupTotals: readonly Cell[];
}

/**
 * Numbers below `smallest` are not told, but for none at all: 1 leaves nothing out. Where the rounds could only be told
 * at the cost of the sums over them, the sums are told and no round.
 */
export function suppress(table: Table, smallest: number): ShownTable {
  const { counts } = table;
  const byRound = suppressColumns(table, smallest);
  const rounds = counts[0]?.length ?? 0;
  if (rounds < 2) return byRound;
  const sums = suppressColumns({ ...table, counts: counts.map(column => [sum(column)]) }, smallest);
  const losesNone = (ofRounds: readonly Cell[], ofSums: readonly Cell[]) =>
    ofSums.every((cell, at) => cell === null || ofRounds[at] !== null);
  if (losesNone(byRound.totals, sums.totals) && losesNone(byRound.groupTotals, sums.groupTotals))
    return byRound;
  const untold = (cells: readonly Cell[]) => cells.map(() => Array.from({ length: rounds }, () => null));
  return { ...sums, cells: untold(sums.totals), groupCells: untold(sums.groupTotals) };
}

function suppressColumns({ columns, counts, groups }: Table, smallest: number): ShownTable {
  const totals = counts.map(sum);
  const isSmall = (count: number) => count > 0 && count < smallest;
  const hidden = new Set<number>();
  for (const [at, column] of counts.entries())
    if (column.some(isSmall) || isSmall(totals[at]!)) hidden.add(at);
  const groupOf = columns.map(column => groups.findIndex(group => group.includes(column)));
  while (hidden.size > 0 && !isSafe(counts, hidden, smallest)) {
    const next = nextColumn(hidden, totals, groupOf);
    if (next === undefined) for (const at of columns.keys()) hidden.add(at);
    if (next === undefined) break;
    hidden.add(next);
  }
  const tellsTotals = ![...hidden].some(at => isSmall(totals[at]!)) && !isPinned(counts, hidden, isSmall);
  const isTold = (at: number) => !hidden.has(at);
  // What is left out of a group follows from the others where all of it lies within the group.
  const isGroupTold = groups.map((_, group) => {
    const outside = [...hidden].filter(at => groupOf[at] !== group);
    return outside.length === 0 || outside.length === hidden.size;
  });
  const ofGroup = (group: number) => counts.filter((_, at) => groupOf[at] === group);
  const rounds = counts[0]?.map((_, round) => round) ?? [];
  return {
    columns,
    groups,
    cells: counts.map((column, at) => column.map(count => (isTold(at) ? count : null))),
    totals: totals.map((total, at) => (isTold(at) || tellsTotals ? total : null)),
    groupCells: groups.map((_, group) =>
      rounds.map(round => (isGroupTold[group] ? sum(ofGroup(group).map(column => column[round]!)) : null)),
    ),
    groupTotals: groups.map((_, group) =>
      isGroupTold[group] || tellsTotals ? sum(ofGroup(group).map(sum)) : null,
    ),
  };
}

/** In every round the columns left out are two or more, and together as many reviews as may be told. */
function isSafe(counts: Table['counts'], hidden: ReadonlySet<number>, smallest: number): boolean {
  if (hidden.size < 2) return false;
  const columns = [...hidden].map(at => counts[at]!);
  return columns[0]!.every((_, round) => {
    const together = sum(columns.map(column => column[round]!));
    return together === 0 || together >= smallest;
  });
}

/** The last of the same group before the last of the others: the first columns are those that people ask for. */
function nextColumn(
  hidden: ReadonlySet<number>,
  totals: readonly number[],
  groupOf: readonly number[],
): number | undefined {
  const free = totals.flatMap((total, at) => (total > 0 && !hidden.has(at) ? [at] : []));
  const groups = new Set([...hidden].map(at => groupOf[at]));
  return free.findLast(at => groups.has(groupOf[at])) ?? free.at(-1);
}

/**
 * Whether the sums over rounds and over columns, told together, leave a small number no other value. It has one where
 * two rounds can exchange a review with two columns.
 */
function isPinned(
  counts: Table['counts'],
  hidden: ReadonlySet<number>,
  isSmall: (count: number) => boolean,
): boolean {
  const columns = [...hidden].map(at => counts[at]!);
  return columns.some((column, c) =>
    column.some((count, r) => {
      if (!isSmall(count)) return false;
      const canMove = columns.some(
        (other, c2) =>
          c2 !== c &&
          other.some((across, r2) => r2 !== r && (across > 0 || (other[r]! > 0 && column[r2]! > 0))),
      );
      return !canMove;
    }),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
