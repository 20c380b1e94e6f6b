/** Small numbers are not told and do not follow from what is told. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Table } from '../../server/src/audit/count-audit.ts';
import { type Cell, type ShownTable, suppress } from '../../server/src/audit/suppress.ts';

const COLUMNS = ['broken', 'kept', 'not_recorded', 'not_asked'];
const GROUPS = [COLUMNS.slice(0, 2), COLUMNS.slice(2)];
const table = (...counts: readonly (readonly number[])[]): Table => ({
  columns: COLUMNS,
  counts,
  groups: GROUPS,
});
const shown = ({ cells }: ShownTable) => cells.map(column => column.map(cell => cell ?? '-').join(' '));

describe('numbers below 5', () => {
  test('are told as they are where there are none', () => {
    const { cells, totals, groupCells } = suppress(table([7], [12], [0], [5]), 5);
    assert.deepEqual(cells, [[7], [12], [0], [5]]);
    assert.deepEqual(totals, [7, 12, 0, 5]);
    assert.deepEqual(groupCells, [[19], [5]]);
  });

  test('take another number of the same kind with them, and the sum of the two is told', () => {
    const told = suppress(table([3], [12], [9], [20]), 5);
    assert.deepEqual(shown(told), ['-', '-', '9', '20']);
    assert.deepEqual(told.groupCells, [[15], [29]]);
  });

  test('are left out in every round, and the sum over rounds is told where it is large enough', () => {
    const told = suppress(table([4, 9], [20, 20], [30, 8], [0, 0]), 5);
    assert.deepEqual(shown(told), ['- -', '- -', '30 8', '0 0']);
    assert.deepEqual(told.totals, [13, 40, 38, 0]);
  });

  test('leave nothing to tell of a handful of reviews', () => {
    const told = suppress(table([3], [0], [0], [0]), 5);
    assert.deepEqual(shown(told), ['-', '-', '-', '-']);
    assert.deepEqual(told.groupTotals, [null, null]);
  });

  test('are all told where the force adopted 1', () => {
    assert.deepEqual(shown(suppress(table([1, 2], [0, 1], [3, 0], [1, 1]), 1)), ['1 2', '0 1', '3 0', '1 1']);
  });
});

test('no small number that is left out has only one value that fits what is told', () => {
  const count = fc.nat(6);
  fc.assert(
    fc.property(
      fc
        .integer({ min: 1, max: 2 })
        .chain(rounds =>
          fc.array(fc.array(count, { minLength: rounds, maxLength: rounds }), { minLength: 4, maxLength: 4 }),
        ),
      fc.integer({ min: 2, max: 4 }),
      (counts, smallest) => {
        const told = suppress(table(...counts), smallest);
        const possible = solutions(counts, told);
        for (const [c, column] of counts.entries())
          for (const [r, value] of column.entries()) {
            if (value === 0 || value >= smallest) continue;
            assert.equal(told.cells[c]![r], null);
            const values = new Set(possible.map(solution => solution[c]![r]!));
            assert.ok(values.size > 1, `${value} of ${COLUMNS[c]} can only be ${[...values]}`);
          }
      },
    ),
    { numRuns: 300 },
  );
});

/** Every table that adds up to the reviews of each round and says what was told. */
function solutions(counts: Table['counts'], told: ShownTable): number[][][] {
  const perRound = counts[0]!.map((_, r) => {
    const reviews = counts.reduce((sum, column) => sum + column[r]!, 0);
    return splits(
      reviews,
      COLUMNS.map((_, c) => told.cells[c]![r]!),
    ).filter(split =>
      GROUPS.every((group, g) =>
        fits(told.groupCells[g]![r]!, sumOf(group.map(name => split[COLUMNS.indexOf(name)]!))),
      ),
    );
  });
  const whole =
    perRound.length === 1
      ? perRound[0]!.map(a => [a])
      : perRound[0]!.flatMap(a => perRound[1]!.map(b => [a, b]));
  return whole
    .map(rounds => COLUMNS.map((_, c) => rounds.map(split => split[c]!)))
    .filter(columns => columns.every((column, c) => fits(told.totals[c]!, sumOf(column))))
    .filter(columns =>
      GROUPS.every((group, g) =>
        fits(told.groupTotals[g]!, sumOf(group.map(name => sumOf(columns[COLUMNS.indexOf(name)]!)))),
      ),
    );
}

/** Every way to spread so many reviews over columns of which some are known. */
function splits(reviews: number, [cell, ...rest]: readonly (Cell | undefined)[]): number[][] {
  if (cell === undefined) return reviews === 0 ? [[]] : [];
  const values = cell === null ? Array.from({ length: reviews + 1 }, (_, value) => value) : [cell];
  return values
    .filter(value => value <= reviews)
    .flatMap(value => splits(reviews - value, rest).map(others => [value, ...others]));
}

const fits = (told: Cell, value: number) => told === null || told === value;
const sumOf = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
