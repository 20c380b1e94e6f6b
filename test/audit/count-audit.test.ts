/** Reviews to counts: each complete review once in each table, silence and doubt apart from failure. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Audit, countAudit, type Table } from '../../server/src/audit/count-audit.ts';
import { countReview, VERDICTS } from '../../server/src/audit/counted-review.ts';
import type { Finding, Report } from '../../server/src/engine/report.ts';
import { anyReview, RULES, several } from '../support/audit-reviews.ts';

const countsOf = ({ columns, counts }: Table) =>
  Object.fromEntries(
    columns.map((column, at) => [column, counts[at]!]).filter(([, row]) => (row as number[]).some(Boolean)),
  );

const tablesOf = (audit: Audit): Table[] => [
  audit.outcomes,
  audit.grades,
  ...audit.themes.values(),
  ...audit.failings.values(),
  ...audit.rules.map(({ table }) => table),
];

describe('an audit counted by hand', () => {
  const audit = countAudit([
    ...several(2, {
      round: '2026-Q1',
      outcome: 'reopened',
      grade: 'inadequate',
      verdicts: ['broken', 'kept', 'broken'],
    }),
    ...several(3, { round: '2026-Q1', verdicts: ['kept', 'not_recorded', 'not_asked'] }),
    ...several(1, { round: '2025-Q4', grade: 'not_graded', verdicts: ['cannot_tell', 'waived', 'kept'] }),
    ...several(4, { isDraft: true, verdicts: ['broken'] }),
  ]);

  test('has its rounds in the order of their codes, and drafts beside them', () => {
    assert.deepEqual(audit.rounds, [
      { round: '2025-Q4', reviews: 1 },
      { round: '2026-Q1', reviews: 5 },
    ]);
    assert.equal(audit.drafts, 4);
  });

  test('counts outcomes and grades by round', () => {
    assert.deepEqual(countsOf(audit.outcomes), { reopened: [0, 2], not_returned: [1, 3] });
    assert.deepEqual(countsOf(audit.grades), { good: [0, 3], inadequate: [0, 2], not_graded: [1, 0] });
  });

  test('counts every verdict of a rule apart', () => {
    assert.deepEqual(
      audit.rules.map(({ rule, table }) => [rule.ref, countsOf(table)]),
      [
        ['SUS-02', { kept: [0, 2], not_recorded: [0, 3], waived: [1, 0] }],
        ['SUS-05', { broken: [0, 2], kept: [1, 0], not_asked: [0, 3] }],
        ['VIC-01', { broken: [0, 2], kept: [0, 3], cannot_tell: [1, 0] }],
      ],
    );
  });

  test('sees a failing where a rule is broken, and says of a waived breach neither yes nor no', () => {
    assert.deepEqual(countsOf(audit.failings.get('F5')!), {
      broken: [0, 2],
      not_recorded: [0, 3],
      waived: [1, 0],
    });
    assert.deepEqual([...audit.failings.keys()], ['F3', 'F5', 'F7']);
  });
});

describe('any audit', () => {
  test('has every complete review once in every table, in its round', () => {
    fc.assert(
      fc.property(fc.array(anyReview), reviews => {
        const audit = countAudit(reviews);
        for (const { counts } of tablesOf(audit))
          for (const [at, { reviews }] of audit.rounds.entries())
            assert.equal(
              counts.reduce((sum, column) => sum + column[at]!, 0),
              reviews,
            );
        const complete = reviews.filter(({ isDraft }) => !isDraft).length;
        assert.equal(
          audit.rounds.reduce((sum, { reviews }) => sum + reviews, 0),
          complete,
        );
        assert.equal(audit.drafts, reviews.length - complete);
      }),
    );
  });

  test('is the same in whatever order the files are read', () => {
    fc.assert(
      fc.property(
        fc
          .array(anyReview)
          .chain(list => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([one, other]) => assert.deepEqual(countAudit(other), countAudit(one)),
      ),
    );
  });
});

describe('the verdict of a rule on a review', () => {
  const [first] = RULES;
  const finding = (outcome: Finding['outcome'], waived = false) =>
    ({ rule: first!.id, outcome, waived }) as unknown as Finding;
  const verdict = (findings: readonly Finding[], counted: Partial<Report['counted']> = {}) => {
    const report = {
      uri: 'u',
      findings,
      counted: { judged: [], unread: [], ...counted },
    } as unknown as Report;
    return VERDICTS[countReview(report, RULES).verdicts[0]!];
  };
  const judged = { judged: [first!.id] };

  for (const [situation, expected, actual] of [
    ['a breach', 'broken', verdict([finding('breach'), finding('cannot-tell')], judged)],
    ['a breach beside a waived one', 'broken', verdict([finding('breach', true), finding('breach')], judged)],
    ['a waived breach', 'waived', verdict([finding('breach', true)], judged)],
    ['silence', 'not_recorded', verdict([finding('not-recorded')], judged)],
    ['doubt', 'cannot_tell', verdict([finding('cannot-tell'), finding('not-recorded')], judged)],
    ['a part that cannot be read', 'cannot_tell', verdict([], { ...judged, unread: [first!.id] })],
    ['something that falls due', 'not_asked', verdict([finding('due-soon')])],
    ['all in order', 'kept', verdict([], judged)],
    ['nothing to ask about', 'not_asked', verdict([])],
  ] as const)
    test(`${situation}: ${expected}`, () => assert.equal(actual, expected));
});
