/** Facts: what rules may read of a review, and what they may not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reviewShape } from '../../server/src/check/review-shape.ts';
import { Unreadable } from '../../server/src/engine/facts.ts';
import { parseYaml } from '../../server/src/engine/parse-yaml.ts';

const TEXT = 'audit: {returned: true}\nactions: [{id: ACT-1}]\nreview: {kind: [cse]}\n';

const build = (...rejected: string[]) => reviewShape.builder.build(parseYaml(TEXT).root, rejected);

test('a rejected place cannot be read, whatever else is rejected inside or around it', () => {
  for (const rejected of [['/audit'], ['/audit', '/audit/actions'], ['/audit/actions', '/audit']]) {
    const facts = build(...rejected);
    assert.throws(() => facts.audit, Unreadable, rejected.join());
    assert.equal((facts.actions as readonly unknown[]).length, 1, rejected.join());
  }
});

test('an absent section reads as an empty one, an absent list as an empty list, an absent answer as undefined', () => {
  const facts = build();
  assert.equal((facts.recording as { reported_at?: Date }).reported_at, undefined);
  assert.deepEqual(facts.persons, []);
});
