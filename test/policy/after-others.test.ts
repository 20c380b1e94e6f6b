/** A rule that is judged after all others sees what failed in them, and only that. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeReview, readReview } from '../../server/src/check/check-review.ts';
import { reviewShape } from '../../server/src/check/review-shape.ts';
import { LinkedReview } from '../../server/src/policy/cel-functions.ts';
import { Policy, type PolicyChoices } from '../../server/src/policy/policy.ts';
import type { RuleFile } from '../../server/src/policy/rule-file.ts';
import { reviewText } from '../support/reviews.ts';
import { loadShippedPack } from '../support/shipped-pack.ts';

const data = loadShippedPack().data!;

const rule = (ref: string, check: object, more: object = {}): RuleFile => ({
  id: `test/${ref.toLowerCase()}`,
  ref,
  title: ref,
  severity: 'error',
  confidence: 'published',
  why: ref,
  sources: [],
  examples: [],
  versions: [{ from: '2016-01-01', checks: [{ id: 'one', at: 'review.kind', message: ref, ...check }] }],
  ...more,
});
const saysFailed = rule(
  'SUP-99',
  { require: 'failed.size() == 0', message: '${failed}' },
  { after_others: true },
);
const FAILS = { require: 'false' };

/** What the last rule says of the rules before it. */
function failedIn(rules: readonly RuleFile[], choices: Partial<PolicyChoices> = {}, text = reviewText()) {
  const policy = new Policy(
    [{ ...data, rules: [saysFailed, ...rules] }],
    { adopted: {}, severities: {}, ...choices },
    reviewShape,
    { rethrow: true },
  );
  assert.deepEqual(policy.problems, []);
  const report = judgeReview(readReview('', text), { policy, linked: () => new LinkedReview() });
  return report.findings.find(finding => finding.rule === saysFailed.id)?.message;
}

test('a breach that counts as an error has failed, whichever rule stands first, and is named once', () => {
  const twice = rule('REC-99', { each: '[1, 2]', ...FAILS });
  assert.equal(
    failedIn([twice, rule('VIC-99', FAILS), rule('SUS-99', { require: 'true' })]),
    'REC-99 and VIC-99',
  );
});

test('silence, doubt, a warning and a rule that is off are no failure', () => {
  const unpublished = rule('VIC-98', { require: 'params.first_visit_h < 0' });
  const rules = [
    rule('REC-98', { ...FAILS, outcome: 'not-recorded' }),
    rule('REC-99', { ...FAILS, outcome: 'cannot-tell' }),
    rule('VIC-99', { ...FAILS, severity: 'warning' }),
    rule('SUS-99', FAILS),
    unpublished,
  ];
  assert.equal(failedIn(rules, { severities: { 'test/sus-99': 'off' } }), undefined);
  const adopted = { first_visit_h: { by: 'force board', on: '2026-01-01', reference: 'order 1' } };
  assert.equal(failedIn([unpublished], { adopted }), 'VIC-98');
});

test('the critical rules of the shipped pack are rules of it', () => {
  const refs = data.rules.map(({ ref }) => ref);
  assert.deepEqual(
    (data.pack.parameters.critical_rules!.value as string[]).filter(ref => !refs.includes(ref)),
    [],
  );
});

test('a waived breach is no failure', () => {
  const waiver = 'waivers: [{rule: test/rec-99, reason: known, by: OFF-9K2M7R, until: 2026-03-10}]\n';
  assert.equal(failedIn([rule('REC-99', FAILS)]), 'REC-99');
  assert.equal(failedIn([rule('REC-99', FAILS)], {}, reviewText({ more: waiver })), undefined);
});

test('no other rule knows the name, and rules judged last do not see one another', () => {
  const early = rule('REC-99', { require: 'failed.size() == 0' });
  const policy = new Policy(
    [{ ...data, rules: [saysFailed, early] }],
    { adopted: {}, severities: {} },
    reviewShape,
    { eager: true },
  );
  assert.deepEqual(
    policy.problems.map(problem => [problem.rule, problem.message]),
    [[early.id, 'Unknown variable: failed']],
  );
  assert.equal(failedIn([rule('SUP-98', FAILS, { after_others: true })]), undefined);
});
