/** A text that a comma within brackets cut in two is put in quotes, and nothing else is touched. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/engine/apply-edits.ts';
import { parseYaml } from '../../server/src/engine/parse-yaml.ts';
import { patchToEdits } from '../../server/src/engine/patch-to-edits.ts';
import { quoteText } from '../../server/src/engine/quote-text.ts';

/** The text after the fix of its first cut, or undefined where none is offered. */
function mended(text: string): string | undefined {
  const parsed = parseYaml(text);
  const cut = parsed.problems.find(({ code }) => code === 'no-colon');
  assert.ok(cut, text);
  const [fix] = quoteText(parsed, cut.span);
  const edits = fix && patchToEdits(parsed, fix.patch);
  return edits && applyEdits(text, edits);
}

test('what stands behind the comma goes into the text before it', () => {
  assert.equal(
    mended('a: {b: seen alone, at home, by day, c: 1} # said\n'),
    'a: {b: "seen alone, at home, by day", c: 1} # said\n',
  );
  assert.equal(mended('- {b: it said "no", and left}\n'), `- {b: 'it said "no", and left'}\n`);
});

test('no fix is offered where no text stands before it, or the text is quoted already', () => {
  for (const text of ['{a, b: c}', '{a: "b", c}', '{a: , c}', '{a: [b], c}', '{a: {b: c}, d}'])
    assert.equal(mended(text), undefined, text);
});
