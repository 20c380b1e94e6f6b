/** What of a review gets into the figures of a round, and what never does. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { auditFacts } from '../../server/src/check/audit-facts.ts';
import { reviewShape } from '../../server/src/check/review-shape.ts';
import { parseYaml } from '../../server/src/engine/parse-yaml.ts';

const factsOf = (text: string, ...rejected: string[]) =>
  auditFacts(reviewShape.builder.build(parseYaml(text).root, rejected));

describe('the facts of an audit', () => {
  test('are what the review says, and nothing where it says nothing', () => {
    const text = 'audit: {round: 2026-Q1, returned: true, disposition: reopened, returned_reason: a secret}';
    assert.deepEqual(factsOf(text), { round: '2026-Q1', returned: true, disposition: 'reopened' });
    assert.deepEqual(factsOf('audit: {returned: false, disposition: }'), { returned: false });
    for (const nothing of ['', 'audit:', 'audit: {immediate_risk: false}'])
      assert.equal(factsOf(nothing), undefined);
  });

  test('hold the code of a round, but no name and no long number', () => {
    for (const code of ['2026-Q1', '2026-1', 'audit-3', 'R7', '2025/26', '2026-03-10'])
      assert.deepEqual(factsOf(`audit: {round: ${code}}`), { round: code });
    for (const other of ['Jones', 'Anna.Jones', 'VIC:1', '07700-900123', 'flat-7-of-the-old-house-2'])
      assert.deepEqual(factsOf(`audit: {round: "${other}"}`), {});
  });

  test('are unread as a whole where the schema or the parser rejected some of them', () => {
    const text = 'audit: {round: 2026-Q1, returned: true, disposition: no_matter}';
    for (const place of ['', '/audit', '/audit/round', '/audit/returned', '/audit/disposition'])
      assert.deepEqual(factsOf(text, place), { unread: true });
    assert.equal(factsOf(text, '/audit/returned_at')?.returned, true);
  });
});
