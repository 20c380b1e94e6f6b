/** Formatting: what moves, what stays, and that nothing but blanks is ever touched. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { applyEdits } from '../../server/src/engine/apply-edits.ts';
import { formatYaml } from '../../server/src/engine/format-yaml.ts';
import { parseYaml } from '../../server/src/engine/parse-yaml.ts';
import { isSameValue, toPlain } from '../../server/src/engine/patch-value.ts';
import { readExamples } from '../examples/read-examples.ts';
import { mutatedTexts, writtenTexts } from './yaml-text.ts';

function formatted(text: string): string {
  return applyEdits(text, formatYaml(parseYaml(text)));
}

/** Each row: what is shown, the text before, the text after. */
const ROWS: readonly (readonly [string, string, string])[] = [
  ['indents every level by two', 'a:\n    b:\n         c: 1\n', 'a:\n  b:\n    c: 1\n'],
  ['indents a list under its key', 'a:\n- b\n- c: 1\n  d: 2\n', 'a:\n  - b\n  - c: 1\n    d: 2\n'],
  ['draws an entry up to its dash', 'a:\n  -   b: 1\n      c: 2\n', 'a:\n  - b: 1\n    c: 2\n'],
  ['knows lists in lists', '-   -   a\n    -   b\n- c\n', '- - a\n  - b\n- c\n'],
  ['leaves an entry below its dash there', 'a:\n-\n   b: 1\n', 'a:\n  -\n    b: 1\n'],
  [
    'moves a whole text with its key',
    'a:\n    b: |\n        one\n          two\n\n        three\n',
    'a:\n  b: |\n      one\n        two\n\n      three\n',
  ],
  [
    'moves the further lines of plain and quoted values',
    'a:\n    b: one\n      two\n    c: "x\n      y"\n',
    'a:\n  b: one\n    two\n  c: "x\n    y"\n',
  ],
  [
    'moves the further lines in brackets',
    'a:\n    b: [1,\n        2,\n\n        3]\n',
    'a:\n  b: [1,\n      2,\n\n      3]\n',
  ],
  [
    'moves comments with what they stand by',
    'a:\n    # of b\n    b: 1\n    # the end of a\n# of c\nc: 2\n',
    'a:\n  # of b\n  b: 1\n  # the end of a\n# of c\nc: 2\n',
  ],
  [
    'leaves one blank behind colon, dash and comma',
    'a :   1\nb:\t2\nc: [1,2 , 3]\nd:\n  -  x\n',
    'a: 1\nb: 2\nc: [1, 2, 3]\nd:\n  - x\n',
  ],
  [
    'leaves none within brackets',
    'a: { b : 1 , c: [ ] }\nd: {  }\ne: [ x ]\n',
    'a: {b: 1, c: []}\nd: {}\ne: [x]\n',
  ],
  ['leaves line breaks and comments in brackets', 'a: [ 1, # one\n  2 ]\n', 'a: [1, # one\n  2]\n'],
  [
    'keeps comments where they stand on their line',
    'a: 1   # one\nb:  2   # two  \n',
    'a: 1   # one\nb: 2   # two\n',
  ],
  [
    'takes blanks from the ends of lines, but not from texts',
    'a: 1  \nb: |  \n  x  \n  y\nc:   \n  d: "e  \n    f"  \n',
    'a: 1\nb: |  \n  x  \n  y\nc:\n  d: "e  \n    f"\n',
  ],
  ['ends the text with one line break', 'a: 1', 'a: 1\n'],
  ['takes empty lines from the end', 'a: 1\n\n  \n', 'a: 1\n'],
  ['keeps empty lines that a text keeps', 'a: |+\n  x\n\n\n', 'a: |+\n  x\n\n\n'],
  ['keeps CRLF', 'a:\r\n    b:  1  \r\n', 'a:\r\n  b: 1\r\n'],
  [
    'leaves an empty line between a dash and its value empty',
    'a:\n\n  b:\n\n  -\n\n  \n    &-  \n\n  - c\n',
    'a:\n\n  b:\n\n    -\n\n\n      &-\n\n    - c\n',
  ],
  [
    'keeps anchors, aliases and tags',
    'a: &x  {b: 1}\nc:  *x\nd:\n    e: !!str  1\n',
    'a: &x  {b: 1}\nc: *x\nd:\n  e: !!str  1\n',
  ],
  ['keeps a key without a value in brackets', 'a: {b: , c: 1}\n', 'a: {b: , c: 1}\n'],
  ['leaves an empty key in brackets alone', 'a: {b: 1,\n  : 2}\n', 'a: {b: 1,\n  : 2}\n'],
  ['leaves broken YAML alone', 'a:\n    b: [1\n', 'a:\n    b: [1\n'],
  ['leaves an empty text and a comment alone', '# nothing  ', '# nothing  '],
];

describe('formatting', () => {
  for (const [name, before, after] of ROWS) {
    it(name, () => {
      assert.equal(formatted(before), after);
      assert.equal(formatted(after), after);
    });
  }

  it('changes nothing in the examples', () => {
    for (const { name, text } of readExamples().all) assert.deepEqual(formatYaml(parseYaml(text)), [], name);
  });

  it('edits only within a stretch', () => {
    const text = 'a:  1\nb:  2\nc:  3\n';
    const edits = formatYaml(parseYaml(text), { start: 6, end: 11 });
    assert.equal(applyEdits(text, edits), 'a:  1\nb: 2\nc:  3\n');
  });

  it('edits nothing where half of it would change the meaning', () => {
    const text = 'a:\n    b: 1\n    c: 2\n';
    assert.deepEqual(formatYaml(parseYaml(text), { start: 0, end: 10 }), []);
  });

  const check = (text: string): void => {
    const parsed = parseYaml(text);
    const after = formatted(text);
    assert.equal(after.replace(/[ \t\r\n]/g, ''), text.replace(/[ \t\r\n]/g, ''), 'only blanks are touched');
    const again = parseYaml(after);
    assert.ok(isSameValue(toPlain(again.root), toPlain(parsed.root)), 'the data is the same');
    assert.equal(formatted(after), after, 'a second time changes nothing');
    for (const { start, end, newText } of formatYaml(parsed)) {
      const old = text.slice(start, end);
      assert.match(old + newText, /^[ \t\r\n]*$/);
      assert.notEqual(old, newText);
    }
  };

  it('keeps meaning and content of any text, and has nothing to do a second time', () => {
    fc.assert(
      fc.property(writtenTexts, ({ text }) => check(text)),
      { numRuns: 600 },
    );
  });

  it('keeps them in broken texts too', () => {
    fc.assert(
      fc.property(mutatedTexts, text => check(text)),
      { numRuns: 600 },
    );
  });
});
