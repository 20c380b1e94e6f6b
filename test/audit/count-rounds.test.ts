/** The figures of audit rounds: as many cases returned as there are results, or the reviews that stand against it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  type AuditedReview,
  type AuditTotals,
  type RoundTotals,
  reconciles,
} from '../../server/src/audit/count-rounds.ts';
import type { AuditFacts } from '../../server/src/engine/report.ts';
import { cliReview, RETURNED } from '../support/cli-reviews.ts';
import { inFolder, runInProcess } from '../support/cli-scenario.ts';
import { countRounds } from '../support/count-rounds.ts';

const reviewsOf = (count: number, audit: AuditFacts, name = JSON.stringify(audit)): AuditedReview[] =>
  Array.from({ length: count }, (_, at) => ({
    uri: `${name} ${at}`,
    id: undefined,
    state: 'complete',
    audit,
  }));

const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
const results = ({ dispositions }: RoundTotals) => sum(Object.values(dispositions));
const total = ({ rounds }: AuditTotals, of: (round: RoundTotals) => number) => sum(rounds.map(of));

const facts: fc.Arbitrary<AuditFacts> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ unread: true as const }) },
  {
    weight: 9,
    arbitrary: fc.record(
      {
        round: fc.constantFrom('2026-Q1', '2026-Q2'),
        returned: fc.boolean(),
        disposition: fc.constantFrom('no_matter', 'outstanding_matter', 'reopened'),
      },
      { requiredKeys: [] },
    ),
  },
);
const reviews = fc
  .array(
    fc.record({ state: fc.constantFrom('complete' as const, 'draft' as const, undefined), audit: facts }),
  )
  .map(list => list.map((review, at): AuditedReview => ({ uri: `r${at}`, id: undefined, ...review })));

describe('the totals of rounds', () => {
  // 170, 97, 33 and 7 were published, but not whether the 33 and the 7 are disjoint: here each case has one result.
  test('reconcile where every returned case has one result', () => {
    const { rounds } = countRounds([
      ...reviewsOf(73, { round: '2017-2', returned: false }),
      ...reviewsOf(57, { round: '2017-2', returned: true, disposition: 'no_matter' }),
      ...reviewsOf(33, { round: '2017-2', returned: true, disposition: 'outstanding_matter' }),
      ...reviewsOf(7, { round: '2017-2', returned: true, disposition: 'reopened' }),
    ]);
    const dispositions = { no_matter: 57, outstanding_matter: 33, reopened: 7 };
    assert.deepEqual(rounds, [
      {
        round: '2017-2',
        reviews: 170,
        returned: 97,
        dispositions,
        withoutDisposition: [],
        withoutReturn: [],
      },
    ]);
    assert.ok(rounds.every(reconciles));
  });

  test('do not reconcile where only some results are known', () => {
    const { rounds } = countRounds([
      ...reviewsOf(33, { returned: true, disposition: 'outstanding_matter' }),
      ...reviewsOf(7, { returned: true, disposition: 'reopened' }),
      ...reviewsOf(57, { returned: true }),
    ]);
    assert.equal(rounds[0]?.returned, 97);
    assert.equal(rounds[0]?.withoutDisposition.length, 57);
    assert.ok(!rounds.some(reconciles));
  });

  test('do not reconcile where a missing result and a stray one make equal sums', () => {
    const { rounds } = countRounds([
      ...reviewsOf(1, { returned: true }),
      ...reviewsOf(1, { returned: false, disposition: 'no_matter' }),
    ]);
    assert.equal(rounds[0]?.returned, results(rounds[0]!));
    assert.ok(!rounds.some(reconciles));
  });

  test('leave drafts out, but not a review whose state cannot be read', () => {
    const [review] = reviewsOf(1, { returned: true, disposition: 'no_matter' });
    assert.deepEqual(countRounds([{ ...review!, state: 'draft' }]), { rounds: [], unread: [] });
    assert.equal(countRounds([{ ...review!, state: undefined }]).rounds.length, 1);
  });

  test('differ from the results by exactly the reviews that are named', () => {
    fc.assert(
      fc.property(reviews, list => {
        for (const round of countRounds(list).rounds) {
          assert.equal(
            round.returned - round.withoutDisposition.length + round.withoutReturn.length,
            results(round),
          );
          assert.equal(reconciles(round), round.withoutDisposition.length + round.withoutReturn.length === 0);
        }
      }),
    );
  });

  test('are the same in whatever order the reviews come', () => {
    const shuffled = reviews.chain(list =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) =>
        assert.equal(JSON.stringify(countRounds(other)), JSON.stringify(countRounds(list))),
      ),
    );
  });

  test('of all rounds are the totals of all reviews, and none is lost', () => {
    fc.assert(
      fc.property(reviews, list => {
        const apart = countRounds(list);
        const whole = countRounds(
          list.map(review => ({ ...review, audit: { ...review.audit, round: undefined } })),
        );
        for (const figure of [
          (round: RoundTotals) => round.returned,
          results,
          (round: RoundTotals) => round.withoutDisposition.length,
          (round: RoundTotals) => round.withoutReturn.length,
        ])
          assert.equal(total(apart, figure), total(whole, figure));
        const counted = list.filter(({ state }) => state !== 'draft').length;
        assert.equal(total(apart, ({ reviews: members }) => members) + apart.unread.length, counted);
      }),
    );
  });

  test('can be counted again from what a JSON report holds of each review', async () => {
    const files = {
      '': 'force-pack',
      'a.case-review.yaml': cliReview({ more: RETURNED }),
      'b.case-review.yaml': cliReview({ more: 'audit: {round: 2026-Q1, disposition: reopened}\n' }),
      'c.case-review.yaml': cliReview({ state: 'draft', more: 'audit: {returned: true}\n' }),
      'd.case-review.yaml': cliReview({ more: 'audit: {round: 2026-Q2, returned: perhaps}\n' }),
      'e.case-review.yaml': cliReview(),
    };
    const { stdout } = await inFolder(files, folder => runInProcess(folder, ['check', '--format', 'json']));
    const report = JSON.parse(stdout) as {
      readonly reviews: readonly (Omit<AuditedReview, 'uri'> & { readonly path: string })[];
      readonly audit: { readonly rounds: readonly object[]; readonly unread: readonly string[] };
    };
    const again = countRounds(report.reviews.map(({ path, ...review }) => ({ uri: path, ...review })));
    const paths = (list: readonly AuditedReview[]) => list.map(({ uri }) => uri);
    const rounds = again.rounds.map(round => ({
      ...round,
      reconciles: reconciles(round),
      withoutDisposition: paths(round.withoutDisposition),
      withoutReturn: paths(round.withoutReturn),
    }));
    assert.deepEqual({ rounds, unread: paths(again.unread) }, report.audit);
    assert.deepEqual(report.audit.unread, ['d.case-review.yaml']);
  });
});
