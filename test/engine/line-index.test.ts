import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LineIndex } from '../../server/src/engine/line-index.ts';

const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom('\n', '\r\n', '\r', 'a', 'bc', '😀', '\ufeff', '\u2028'),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 20 },
  )
  .map(parts => parts.join(''));

describe('LineIndex', () => {
  it('counts lines and UTF-16 units from 0', () => {
    const index = new LineIndex('a\n😀b\r\n\rc');
    assert.equal(index.lineCount, 4);
    assert.deepEqual(index.position(0), { line: 0, character: 0 });
    assert.deepEqual(index.position(4), { line: 1, character: 2 });
    assert.deepEqual(index.position(8), { line: 3, character: 0 });
    assert.equal(index.offset(1, 2), 4);
    assert.equal(index.offset(3, 1), 9);
  });

  it('leads from every offset to a position and back, but for the middle of CRLF', () => {
    fc.assert(
      fc.property(texts, text => {
        const index = new LineIndex(text);
        for (let offset = 0; offset <= text.length; offset++) {
          const { line, character } = index.position(offset);
          const isInsideBreak = text[offset - 1] === '\r' && text[offset] === '\n';
          assert.equal(index.offset(line, character), isInsideBreak ? offset - 1 : offset);
        }
      }),
    );
  });

  it('counts as the language server library does', () => {
    fc.assert(
      fc.property(
        texts,
        fc.integer({ min: -2, max: 60 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 0, max: 20 }),
        (text, offset, line, character) => {
          const index = new LineIndex(text);
          const document = TextDocument.create('', '', 0, text);
          assert.deepEqual(index.position(offset), document.positionAt(offset));
          assert.equal(index.offset(line, character), document.offsetAt({ line, character }));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('moves what lies outside into the text', () => {
    const index = new LineIndex('ab\ncd');
    assert.deepEqual(index.position(-5), { line: 0, character: 0 });
    assert.deepEqual(index.position(99), { line: 1, character: 2 });
    assert.deepEqual(index.position(Number.NaN), { line: 0, character: 0 });
    assert.deepEqual(index.position(Number.POSITIVE_INFINITY), { line: 1, character: 2 });
    assert.equal(index.offset(0, 99), 2);
    assert.equal(index.offset(99, 0), 5);
    assert.equal(index.offset(-1, 1), 0);
    assert.equal(index.offset(1, -1), 3);
    assert.equal(index.offset(Number.NaN, Number.NaN), 0);
  });
});
