/** Reading what an edit changed gives what reading everything gives. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findNode } from '../../server/src/engine/locate.ts';
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

const LEAVES = [
  'x',
  '',
  '|\n      t\n      u',
  '>-\n      v',
  '"w\n      z"',
  '{a: b}',
  '[c,\n     d]',
  'e f',
];
/** Block maps and lists of up to four levels in ordinary writing, with comments between. */
const { nested } = fc.letrec<{ nested: string; map: string; list: string; value: string }>(tie => {
  const deeper = (text: string, by: string) => text.replace(/^(?=.)/gm, by);
  const key = fc.constantFrom('a', 'b', 'c', '"d"', 'e f');
  const comment = fc.constantFrom('', '', '', '# g\n', '\n', '  # h\n');
  const leaf = fc.constantFrom(...LEAVES);
  return {
    value: fc.oneof({ maxDepth: 4 }, leaf, leaf, tie('map'), tie('list')),
    map: fc
      .uniqueArray(fc.tuple(key, tie('value'), comment), {
        minLength: 1,
        maxLength: 4,
        selector: ([name]) => name,
      })
      .map(pairs =>
        pairs
          .map(([name, value, said]) => {
            const isBlock = /^(?:#.*\n|\s)*(?:- |[^\s|>"{[][^\n]*:)/.test(value);
            return `${said}${name}:${isBlock ? `\n${deeper(value, '  ')}` : ` ${value}`}\n`;
          })
          .join(''),
      ),
    list: fc
      .array(fc.tuple(tie('value'), comment), { minLength: 1, maxLength: 4 })
      .map(items => items.map(([value, said]) => `${said}- ${deeper(value, '  ').trimStart()}\n`).join('')),
    nested: fc.oneof(tie('map'), tie('map'), tie('list')),
  };
});

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

test('over edits of collections within collections', () => {
  fc.assert(fc.property(nested, fc.array(edit(8), { maxLength: 5 }), assertSame), { numRuns: 1500 });
});

/** What somebody types into a text; until it is complete, most of it is a mistake. */
const TYPED = [
  'reco: x',
  'r:',
  '- re: s',
  '"quo: t": u',
  'open: "quote"',
  "it: 's'",
  'list: [a, b]',
  'map: {a: b, c}',
  '[a]: b',
  '- [a, b]',
  '\tc: d',
  'e: |\n  f',
  '? g',
  '&h i: *h',
  '--- j',
  '...k',
  ': l',
];

interface Typing {
  /** Which line it is typed before, and in its column or some to the left or right. */
  readonly line: number;
  readonly aside: number;
  readonly word: string;
  readonly isOwnLine: boolean;
  /** Meanwhile, and undone at once. */
  readonly elsewhere: Edit;
}

const typing: fc.Arbitrary<Typing> = fc.record({
  line: fc.nat(1_000_000),
  aside: fc.oneof(fc.constant(0), fc.integer({ min: -3, max: 3 })),
  word: fc.constantFrom(...TYPED),
  isOwnLine: fc.boolean(),
  elsewhere: edit(2),
});

/** The text after each letter, with the edit elsewhere half-way. */
function statesOf(text: string, { line, aside, word, isOwnLine, elsewhere }: Typing): string[] {
  const lines = text.split('\n');
  const before = lines.slice(0, line % lines.length).join('\n');
  const start = before === '' ? 0 : before.length + 1;
  const column = Math.max(0, text.slice(start).search(/[^ ]|$/) + aside);
  const lead = isOwnLine ? ' '.repeat(column) : '';
  const at = isOwnLine ? start : Math.min(text.length, start + column);
  const states: string[] = [];
  for (let length = 0; length <= word.length; length++) {
    const state = text.slice(0, at) + lead + word.slice(0, length) + (isOwnLine ? '\n' : '') + text.slice(at);
    states.push(state);
    if (length === word.length >> 1) states.push(applied(state, elsewhere), state);
  }
  return states;
}

function assertSameOverStates(states: readonly string[]): void {
  let parsed: ParsedText | undefined;
  for (const state of states) {
    parsed = reparseYaml(state, parsed);
    assert.deepEqual(parsed, parseYaml(state), JSON.stringify(state.slice(0, 200)));
  }
}

test('while something is typed letter by letter and taken away again', () => {
  const run = (text: string, typed: Typing) => {
    const states = statesOf(text, typed);
    assertSameOverStates([text, ...states, ...states.toReversed(), text]);
  };
  fc.assert(fc.property(nested, typing, run), { numRuns: 600 });
  fc.assert(fc.property(reviewText, typing, run), { numRuns: 8 });
});

/** The sections whose values are other objects after this edit of `a`, `d` and `k`. */
function readAnew(part: string, by: string): string[] {
  const before = parseYaml('a: {b: c}\nd:\n  - e\n  - f: g\n    h: [i]\n# j\nk:\n  l: m\n');
  const at = (parsed: ParsedText, pointer: string) => findNode(parsed.root, pointer);
  const pointers = ['/a', '/d', '/k'];
  const nodes = pointers.map(pointer => at(before, pointer));
  const after = reparseYaml(before.text.replace(part, by), before);
  return pointers.filter((pointer, i) => at(after, pointer) !== nodes[i]);
}

test('sections that the edit does not touch stay the very same objects', () => {
  assert.deepEqual(readAnew('[i]', '[i, ii]'), ['/d']);
  assert.deepEqual(readAnew('# j', '# j j'), ['/d']);
  assert.deepEqual(readAnew('a: {b', '#\na: {b'), ['/a']);
  assert.deepEqual(readAnew('k:', 'x: y\nk:'), ['/d', '/k']);
  assert.deepEqual(readAnew('k:', 'k'), ['/d', '/k']);
});

test('mistakes in a section leave the others the very same objects', () => {
  for (const broken of ['[i', '"i', '[i]\n  n', "'", '\n- x', '\n\tx: y'])
    assert.deepEqual(readAnew('[i]', broken), ['/d']);
  assert.deepEqual(readAnew('# j', 'reco'), ['/d']);
  assert.deepEqual(readAnew('a:', 'reco\na:'), ['/a']);
});

test('a plain text that the library lets run over the next entries is read as it reads the whole', () => {
  const before = '- - \n\n# g\n- >-\n        v\n- >-\n        v\n  # h\n- |\n        t\n        u\n';
  assertSame(before, [{ at: before.indexOf('# g') + 1, length: 3, by: '' }]);
});

test('a mistake is read again when the line above it changes, on which it rests', () => {
  assertSameOverStates(['a:\n  b: c\n', 'a:\n  b: c\n- d\n', 'a:b: c\n- d\n']);
});

test('an open quote goes on to the end where there is no other, and ends with its line where there is', () => {
  for (const rest of ['e: f\n', 'e: "f"\n', "e: 'f' # \"\n", 'e: f \\"\n'])
    for (const quote of ['"', "'"]) {
      const whole = `a:\n  b: c\n  d: g\n${rest}`;
      assertSameOverStates([whole, whole.replace('c', `${quote}c`), whole]);
    }
});
