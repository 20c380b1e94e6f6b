/** Patterns of a force: what is refused, and that what is accepted is quick on any text. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileLocalPattern, readPatterns } from '../../server/src/identifiers/local-patterns.ts';

describe('a pattern of a force', () => {
  for (const source of ['\\b[A-Z]{2}\\d{4}\\b', 'CAD ?\\d{1,6}', '(?:PC|PS) ?\\d{3,5}', '[*+{]\\d', 'a\\+b'])
    test(`may be ${source}`, () => assert.ok(compileLocalPattern(source) instanceof RegExp));

  const refused: readonly (readonly [string, RegExp])[] = [
    ['\\d+', /upper bound/],
    ['\\d*x', /upper bound/],
    ['\\d{3,}', /upper bound/],
    ['(?:a{1,9}){1,9}', /no other repetition/],
    ['(a|aa)+', /no other repetition/],
    ['(?=a)b', /begins with/],
    ['(?<x>a)', /begins with/],
    ['(a)\\1', /refer back/],
    ['\\d{1,20}\\d{1,20}\\d{1,20}x', /too many ways/],
    ['(unclosed', /not a regular expression/],
    ['a?', /matches nothing/],
    ['x'.repeat(101), /at most 100/],
  ];
  for (const [source, why] of refused)
    test(`may not be ${source.slice(0, 30)}`, () => assert.match(String(compileLocalPattern(source)), why));

  test('that is refused is named by its place, and the others go on', () => {
    const { local, problems } = readPatterns({ 'collar number': ['\\d{4}', '\\d+'], 'a/b': ['['] });
    assert.deepEqual(
      local.map(({ name }) => name),
      ['collar number'],
    );
    assert.deepEqual(
      problems.map(({ place }) => place),
      ['/collar number/1', '/a~1b/0'],
    );
  });
});
