/** The functions that rules may call besides CEL's own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mentions } from '../../server/src/policy/cel-functions.ts';

test('a phrase is found in whole words, whatever their case, over hyphens and line breaks', () => {
  for (const text of [
    'attention seeking',
    'He is Attention-Seeking.',
    'called\nattention\n  seeking by one of them',
    '"attention seeking"',
  ])
    assert.ok(mentions(text, 'attention seeking'), text);
  assert.ok(mentions('a lifestyle choice', 'LIFESTYLE-choice'));
});

test('parts of words, other words and words of two sentences are no phrase', () => {
  assert.ok(!mentions('the start', 'art'));
  assert.ok(!mentions('seeking attention', 'attention seeking'));
  assert.ok(!mentions('wants attention. Seeking help', 'attention seeking'));
  assert.ok(!mentions('élan', 'lan'));
});
