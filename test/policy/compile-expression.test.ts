/** Expressions turned into closures say what the CEL library says: on reviews, on what is left of broken ones, and when they fail. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { judgeReview, readReview } from '../../server/src/check/check-review.ts';
import { reviewShape } from '../../server/src/check/review-shape.ts';
import { pointerOf } from '../../server/src/engine/locate.ts';
import type { TreeNode } from '../../server/src/engine/located-tree.ts';
import { LinkedReview } from '../../server/src/policy/cel-functions.ts';
import { Policy } from '../../server/src/policy/policy.ts';
import type { PackData } from '../../server/src/policy/rule-file.ts';
import { mutatedText, reviewText } from '../support/generated-reviews.ts';
import { loadShippedPack } from '../support/shipped-pack.ts';

const shipped = loadShippedPack().data!;
const CHOICES = { adopted: {}, severities: {} };

/** The same pack judged by the closures and by the library; a crash is a finding with the code of its error. */
function judges(pack: PackData) {
  const compiled = new Policy([pack], CHOICES, reviewShape);
  const interpreted = new Policy([pack], CHOICES, reviewShape, { interpret: true });
  return (text: string, choose: (pointers: readonly string[]) => readonly string[]) => {
    const { parsed, record, shape } = readReview('file:///r.case-review.yaml', text);
    const rejected = [...shape.rejected, ...choose(pointersIn(parsed.root))];
    return [compiled, interpreted].map(policy => {
      const { findings, clocks } = policy.judge({
        text,
        root: parsed.root,
        sections: reviewShape.builder.build(parsed.root, rejected),
        id: record.id,
        state: 'complete',
        asOf: '2026-03-10T10:30:00Z',
        isWaived: () => false,
        surroundings: { linked: () => new LinkedReview(), identifiers: () => [] },
      });
      return { findings, clocks };
    });
  };
}

function pointersIn(node: TreeNode | undefined): string[] {
  if (!node) return [];
  const parts =
    node.kind === 'map' ? node.pairs.map(({ value }) => value) : node.kind === 'seq' ? node.items : [];
  return [pointerOf(node), ...parts.flatMap(pointersIn)];
}

test('the shipped rules come to the same findings and clocks, whatever of a review cannot be read', () => {
  const judge = judges(shipped);
  const places = fc.array(fc.nat(10_000), { maxLength: 12 });
  fc.assert(
    fc.property(fc.oneof(reviewText, mutatedText), places, (text, chosen) => {
      const [ours, theirs] = judge(text, pointers => chosen.map(i => pointers[i % pointers.length] ?? ''));
      assert.deepEqual(ours, theirs);
    }),
    { numRuns: 60 },
  );
});

const REVIEW = `schema: case-review/1
review: {id: CASE-4T7Q2M, kind: [cse, missing], state: complete, reviewed_at: 2026-03-10T10:30:00Z}
persons:
  - {ref: VIC-7H3K9Q, category: victim, age_band_at_offence: "13_15"}
  - {ref: SUS-2M8X4T, category: suspect, status: arrested}
  - {ref: OFF-1D4F6G, category: officer, role: oic}
recording: {reported_at: 2026-02-02T21:10:00Z}
suspect_strategy:
  steps: {pnc: {state: done, at: 2026-02-03}, cctv: {state: outstanding}}
victim_contact: {plan: {frequency_days: 14}}
`;

/** Each is asked as the condition of a rule: it holds, it does not, or it fails with a code. */
const CONDITIONS = [
  'persons.exists(p, p.status == "arrested")',
  'persons.all(p, p.status == "arrested")',
  'persons.all(p, has(p.status) && p.status == "arrested")',
  'persons.exists(p, p.role == "fcr")',
  'persons.exists_one(p, has(p.role) && p.role == "oic")',
  'persons.exists_one(p, p.role == "oic")',
  'persons.filter(p, p.category == "victim").map(p, p.ref) == ["VIC-7H3K9Q"]',
  'persons.map(p, has(p.role), p.role).size() == 1',
  'persons.map(p, p.role).size() == 3',
  'persons[5].ref == "x"',
  'persons[0].ref == "VIC-7H3K9Q"',
  'recording.recorded_at > recording.reported_at',
  'false && recording.recorded_at > as_of',
  'recording.recorded_at > as_of && false',
  'recording.recorded_at > as_of || true',
  'recording.recorded_at > as_of || false',
  '!(recording.recorded_at > as_of)',
  'has(recording.decision.recorded)',
  'has(victim_contact.plan.frequency_days) ? victim_contact.plan.frequency_days > 13 : false',
  'suspect_strategy.steps["pnc"].state == "done"',
  'suspect_strategy.steps["anpr_vehicle"].state == "done"',
  'suspect_strategy.steps.filter(s, suspect_strategy.steps[s].state == "done") == ["pnc"]',
  'suspect_strategy.steps["cctv"].?reason.hasValue()',
  'suspect_strategy.steps["pnc"].?at.hasValue()',
  '"cctv" in suspect_strategy.steps && !("pnd" in suspect_strategy.steps)',
  'review.kind == ["cse", "missing"]',
  'persons[0] in [persons[1], persons[0]] && !(persons[2] in [persons[0]])',
  'day(as_of) in [day("2026-03-09"), day("2026-03-10")] && !(day(as_of) in [day("2026-03-09")])',
  'as_of in [recording.reported_at]',
  'as_of in [review.reviewed_at]',
  '[1, 2] + [3] == [1, 2, 3] && 7 / 2 == 3 && -7 % 3 == -1',
  '1 / (victim_contact.plan.frequency_days - 14) == 0',
  'hours(recording.reported_at, as_of) > 24.0',
  'day(as_of) == day("2026-03-10") && day(as_of) != day("2026-03-11")',
  'cel.bind(p, persons[1], persons.exists(q, q.ref == p.ref && p.category == "suspect"))',
  'persons.exists(p, persons.exists(p, p.category == "officer") && p.category == "victim")',
];

test('conditions hold, do not hold or fail with the same code', () => {
  const judge = judges({ ...shipped, rules: CONDITIONS.map(ruleOf) });
  const [ours, theirs] = judge(REVIEW, () => []);
  assert.deepEqual(ours, theirs);
  const said = ours!.findings.map(({ rule }) => rule);
  assert.ok(said.includes('internal-error'), 'some fail');
  assert.ok(said.length > 10 && said.length < CONDITIONS.length, 'some hold and some do not');
});

test('a check that would go on for ever is given up, with one finding, and the others are made', () => {
  const persons = Array.from({ length: 1500 }, () => '  - {ref: VIC-7H3K9Q, category: victim}').join('\n');
  const text = `schema: case-review/1\nreview: {id: CASE-4T7Q2M, state: complete}\npersons:\n${persons}\n`;
  const rules = [
    'persons.all(p, persons.all(q, p.ref == q.ref))',
    'persons.filter(p, persons.filter(q, q.ref != p.ref).size() > 0).size() == 0',
    'persons.map(p, persons.map(q, q.ref)).size() == 1500',
    'persons.size() == 1',
  ];
  const policy = new Policy([{ ...shipped, rules: rules.map(ruleOf) }], CHOICES, reviewShape);
  const found = judgeReview(readReview('file:///r.case-review.yaml', text), {
    policy,
    asOf: '2026-03-10',
    linked: () => new LinkedReview(),
  }).findings.filter(({ rule }) => rule.startsWith('condition/'));
  assert.deepEqual(
    found.map(({ rule, outcome }) => `${rule} ${outcome}`),
    [0, 1, 2].map(i => `condition/number-${i} cannot-tell`).concat('condition/number-3 breach'),
  );
});

function ruleOf(require: string, i: number): PackData['rules'][number] {
  const check = { id: 'only', require, at: 'review.id', message: 'x' };
  return {
    ...{ id: `condition/number-${i}`, ref: `CON-${i}`, title: 'x', severity: 'error', confidence: 'local' },
    ...{ why: 'x', sources: [], versions: [{ from: '2016-01-01', checks: [check] }], examples: [] },
  };
}
