/** Reading what an edit changed gives what reading everything gives. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ParsedText } from '../../server/src/engine/located-tree.ts';
import { parseYaml } from '../../server/src/engine/parse-yaml.ts';
import { reparseYaml } from '../../server/src/engine/reparse-yaml.ts';
import { reviewText } from '../support/generated-reviews.ts';
import { soup, writtenTexts } from './yaml-text.ts';

/** Replaces some characters by others. */
interface Edit {
  readonly at: number;
  readonly length: number;
  readonly by: string;
}

const WORDS = [
  ...[
    'a',
    ' ',
    '\n',
    '  ',
    '\n  ',
    'b: c\n',
    '\nb: c\n',
    '\nrisk: []\n',
    '\n- x',
    '# c',
    '"',
    "'",
    '|',
    ': ',
    ':',
    ', ',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    '&a ',
    '*a',
    '---\n',
    '...\n',
    '%',
    '\t',
    '\r\n',
    '\ufeff',
    '\n\n',
    '|+\n',
    '>-\n',
    '? ',
    '- ',
  ],
];

const edit = (longest: number): fc.Arbitrary<Edit> =>
  fc.record({
    at: fc.nat(1_000_000),
    length: fc.oneof(fc.constant(0), fc.nat(longest)),
    by: fc.oneof(fc.constantFrom(...WORDS), fc.constant(''), fc.string({ maxLength: 3 })),
  });

function applied(text: string, { at, length, by }: Edit): string {
  const start = at % (text.length + 1);
  return text.slice(0, start) + by + text.slice(start + length);
}

/** Edits one after the other, and back again; each reading begins with the one before. */
function assertSame(text: string, edits: readonly Edit[]): void {
  let parsed: ParsedText | undefined;
  for (const next of [text, ...edits]) {
    const now = typeof next === 'string' ? next : applied(parsed!.text, next);
    for (const wanted of parsed ? [now, parsed.text, now] : [now]) {
      parsed = reparseYaml(wanted, parsed);
      assert.deepEqual(parsed, parseYaml(wanted), JSON.stringify(wanted.slice(0, 200)));
    }
  }
}

test('over edits of reviews', () => {
  fc.assert(fc.property(reviewText, fc.array(edit(40), { maxLength: 4 }), assertSame), { numRuns: 25 });
});

test('over edits of short texts in any style', () => {
  const written = writtenTexts.map(({ text }) => text);
  const lines = fc
    .array(
      fc.constantFrom(
        'a: b',
        'c:',
        '  d: e',
        '  - f',
        '- g',
        'h: |',
        '  i',
        '',
        '# j',
        'k: [l,',
        '  m]',
        'n: "o',
        'p"',
      ),
      { maxLength: 9 },
    )
    .map(all => all.join('\n'));
  const texts = fc.oneof(written, soup, lines, lines);
  fc.assert(fc.property(texts, fc.array(edit(6), { maxLength: 5 }), assertSame), { numRuns: 1500 });
});

test('an edit of one section leaves the others unread', () => {
  const before = parseYaml('a: 1\nb:\n  - c\nd: e\n');
  // Were it read again, the mark would be gone.
  Object.assign(before, {
    root: { ...before.root, pairs: before.root?.kind === 'map' && before.root.pairs.map(marked) },
  });
  const after = reparseYaml('a: 1\nb:\n  - cc\nd: e\n', before);
  assert.deepEqual(after.root?.kind === 'map' && after.root.pairs.map(({ key }) => key), ['a!', 'b', 'd!']);
});

const marked = <T extends { readonly key: string }>(pair: T): T => ({ ...pair, key: `${pair.key}!` });
