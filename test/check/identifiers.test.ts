/** Identifiers in whole reviews: wherever they stand they are found, and nothing that is printed repeats them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { judgeReview, readReview } from '../../server/src/check/check-review.ts';
import { reviewShape } from '../../server/src/check/review-shape.ts';
import { applyEdits } from '../../server/src/engine/apply-edits.ts';
import { fixAll } from '../../server/src/engine/fix-all.ts';
import { parseYaml } from '../../server/src/engine/parse-yaml.ts';
import { patchToEdits } from '../../server/src/engine/patch-to-edits.ts';
import type { Finding } from '../../server/src/engine/report.ts';
import { LinkedReview } from '../../server/src/policy/cel-functions.ts';
import { NO_CHOICES, Policy } from '../../server/src/policy/policy.ts';
import { reviewText } from '../support/reviews.ts';
import { loadShippedPack } from '../support/shipped-pack.ts';

const policy = new Policy([loadShippedPack().data!], NO_CHOICES, reviewShape, { rethrow: true });
const check = (text: string): readonly Finding[] =>
  judgeReview(readReview('file:///r.case-review.yaml', text), { policy, linked: () => new LinkedReview() })
    .findings;
const leaks = (text: string) =>
  check(text).filter(({ rule }) => rule === 'data-protection/no-direct-identifiers');

const NUMBER = '07700 900123';

describe('an identifier in a review', () => {
  const places: readonly (readonly [string, string, string])[] = [
    ['a plain text', `actions:\n  - {id: ACT-1, text: call ${NUMBER}}\n`, '/actions/0/text'],
    ['a quoted text', `actions:\n  - {id: ACT-1, text: "\\u0063all ${NUMBER}"}\n`, '/actions/0/text'],
    [
      'a block text',
      `actions:\n  - id: ACT-1\n    text: >-\n      call\n      ${NUMBER}\n`,
      '/actions/0/text',
    ],
    ['a comment in a section', `actions:\n  # ${NUMBER}\n  - {id: ACT-1, text: call}\n`, '/actions'],
    ['a key of the writer', `actions:\n  - {id: ACT-1, text: call, "${NUMBER}": home}\n`, '/actions/0'],
    [
      'what stands below such a key',
      `actions:\n  - {id: ACT-1, text: call, Bloggs: {a: ${NUMBER}}}\n`,
      '/actions/0',
    ],
    ['a section that is broken', `actions:\n  - {id: ACT-1, text: "call ${NUMBER}\nrisk: [\n`, ''],
    [
      'the reason of a waiver',
      `waivers:\n  - {rule: a/b, reason: ${NUMBER} says so, by: OFF-1D4F6G, until: 2099-01-01}\n`,
      '/waivers/0/reason',
    ],
  ];
  for (const [where, more, path] of places) {
    test(`is found in ${where}, at its very characters`, () => {
      const text = reviewText({ more });
      const [finding, ...others] = leaks(text);
      assert.deepEqual(others, []);
      assert.equal(text.slice(finding?.span.start, finding?.span.end), NUMBER);
      if (path) assert.equal(finding?.path, path);
      assert.doesNotMatch(JSON.stringify(check(text)), /900123|Bloggs/);
    });
  }

  test('is not looked for where the schema has a word, a date or a reference of the force', () => {
    assert.deepEqual(leaks(reviewText({ more: `recording:\n  incident_ref: 9991234578\n` })), []);
    assert.deepEqual(leaks(reviewText({ more: `recording:\n  incident_ref: 03/62845E\n` })), []);
  });

  test('is replaced alone, and text and comments around it stay', () => {
    const text = reviewText({
      more: `actions:\n  - {id: ACT-1, text: "call ${NUMBER}; ${NUMBER}"} # ${NUMBER}\n`,
    });
    const removed = '(phone number removed)';
    const [first] = leaks(text);
    const once = applyEdits(text, patchToEdits(parseYaml(text), first!.fixes[0]!.patch));
    assert.equal(once, text.replace(NUMBER, removed));
    const all = applyEdits(
      text,
      fixAll(text, leaks(text), finding => finding.fixes[0]),
    );
    assert.equal(all, text.replaceAll(NUMBER, removed));
  });

  test('that names somebody may be replaced by the ref of a person, which is for a person to choose', () => {
    const persons =
      'persons:\n  - {ref: VIC-7H3K9Q, category: victim}\n  - {ref: SUS-2M8X4T, category: suspect}\n';
    const text = reviewText({ more: `${persons}actions:\n  - {id: ACT-1, text: "name: Joe Bloggs"}\n` });
    assert.deepEqual(
      leaks(text)[0]?.fixes.map(({ title, safe }) => [title, safe]),
      [
        ['Replace it by "(name removed)"', false],
        ['Replace it by VIC-7H3K9Q', false],
        ['Replace it by SUS-2M8X4T', false],
      ],
    );
  });

  test('is reported even where the persons cannot be read', () => {
    const text = reviewText({
      more: `persons: nobody\nactions:\n  - {id: ACT-1, text: "name: Joe Bloggs"}\n`,
    });
    assert.equal(leaks(text)[0]?.fixes.length, 1);
  });
});
