/** From a figure to its reviews: as many as it counts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { tellAudit } from '../../server/src/audit/audit-report.ts';
import { concernedReviews } from '../../server/src/audit/concerned-reviews.ts';
import { countAudit } from '../../server/src/audit/count-audit.ts';
import { anyReview } from '../support/audit-reviews.ts';

test('every figure of any audit leads to as many reviews as it counts, over all rounds and in each', () => {
  fc.assert(
    fc.property(fc.array(anyReview), reviews => {
      const titles = { titleOf: () => '', columnTitleOf: () => '' };
      const told = tellAudit(countAudit(reviews), { smallestCell: 1, ...titles });
      for (const table of told.tables)
        for (const { id, total, rounds } of table.shares) {
          const concerned = concernedReviews(reviews, table, id);
          assert.equal(concerned.length, total.count, `${table.id} ${id}`);
          for (const [at, { count }] of rounds.entries()) {
            const code = told.rounds[at]!.round;
            assert.equal(concerned.filter(({ round }) => (round ?? null) === code).length, count);
          }
        }
    }),
  );
});
