/** Searching only where free text may stand finds what searching the whole review finds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { reviewShape } from '../../server/src/check/review-shape.ts';
import { parseYaml } from '../../server/src/engine/parse-yaml.ts';
import { scanReview } from '../../server/src/identifiers/scan-review.ts';
import { NO_CHOICES, Policy } from '../../server/src/policy/policy.ts';
import { mutatedText, reviewText } from '../support/generated-reviews.ts';
import { loadShippedPack } from '../support/shipped-pack.ts';

const { detect, shape } = new Policy([loadShippedPack().data!], NO_CHOICES, reviewShape);

function find(text: string, isWhole: boolean) {
  const parsed = parseYaml(text);
  const problem = { code: 'unreadable', message: '', span: { start: 0, end: 0 } };
  const searched = isWhole ? { ...parsed, problems: [problem] } : parsed;
  return scanReview(searched, detect, shape.guide).map(({ kind, certain, $span: { start, end } }) => ({
    kind,
    certain,
    start,
    end,
  }));
}

const IDENTIFIERS = [
  '999 123 4578',
  'postcode: GIR 0AA',
  'joe@mail.example',
  'born on 3 March 2010',
  'name: Joe Bloggs',
  'VIC-7H3K9Q = Joe Bloggs',
  '# GIR 0AA #07700 900123',
  'works at Bloggs Bakery',
];

test('wherever an identifier stands', () => {
  const inserted = fc
    .tuple(
      fc.oneof(reviewText, mutatedText),
      fc.array(fc.tuple(fc.nat(100_000), fc.constantFrom(...IDENTIFIERS)), { maxLength: 5 }),
    )
    .map(([text, places]) =>
      places.reduce((all, [at, what]) => {
        const end = all.indexOf('\n', at % all.length);
        return `${all.slice(0, end)} ${what}${all.slice(end)}`;
      }, text),
    );
  let found = 0;
  fc.assert(
    fc.property(inserted, text => {
      const parts = find(text, false);
      found += parts.length;
      assert.deepEqual(parts, find(text, true));
    }),
    { numRuns: 150 },
  );
  assert.ok(found > 50, `${found} found`);
});
