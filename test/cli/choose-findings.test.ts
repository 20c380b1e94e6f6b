/** What a profile and a severity leave out, and what they never do. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Choice, chooseFindings } from '../../server/src/cli/choose-findings.ts';
import type { Finding, Report } from '../../server/src/engine/report.ts';
import type { RuleDescription } from '../../server/src/policy/pack.ts';

const RULE = {
  id: 'theme/rule',
  parameters: [
    { name: 'known_h', confidence: 'published' },
    { name: 'own_h', confidence: 'local' },
  ],
} as unknown as RuleDescription;

function isKept(choice: Choice, finding: Partial<Finding>): boolean {
  const whole = { rule: RULE.id, severity: 'error', confidence: 'published', parameters: {}, ...finding };
  const report = { findings: [whole] } as unknown as Report;
  return chooseFindings(report, choice, () => [RULE]).findings.length === 1;
}

describe('the profile `published`', () => {
  const isInProfile = (finding: Partial<Finding>) => isKept({ profile: 'published' }, finding);

  test('keeps a published rule with a published limit', () => {
    assert.ok(isInProfile({}));
    assert.ok(isInProfile({ parameters: { known_h: 24 } }));
  });

  test('leaves out a limit of the force, and a rule that was not read in its source', () => {
    assert.equal(isInProfile({ parameters: { own_h: 72 } }), false);
    for (const confidence of ['secondary', 'unconfirmed', 'local'] as const)
      assert.equal(isInProfile({ confidence }), false, confidence);
  });

  test('keeps what the parser and the schema find', () => {
    const found = { rule: 'schema/unknown-field', severity: 'error' };
    const report = { findings: [found] } as unknown as Report;
    assert.equal(chooseFindings(report, { profile: 'published' }, () => [RULE]).findings.length, 1);
  });

  test('never leaves out a failure of the tool', () =>
    assert.ok(isInProfile({ rule: 'internal-error', confidence: 'local' })));
});

describe('the least severity', () => {
  test('leaves out what is less severe', () => {
    assert.ok(isKept({ minSeverity: 'warning' }, { severity: 'warning' }));
    assert.equal(isKept({ minSeverity: 'warning' }, { severity: 'information' }), false);
  });

  test('and the profile both have their say', () => {
    const choice: Choice = { minSeverity: 'warning', profile: 'published' };
    assert.equal(isKept(choice, { severity: 'information' }), false);
    assert.equal(isKept(choice, { confidence: 'local' }), false);
  });
});
