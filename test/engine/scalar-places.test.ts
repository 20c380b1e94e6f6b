/** A place in the value of a scalar is found again in the text, in every style that YAML has. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Document, Scalar } from 'yaml';
import { findNode } from '../../server/src/engine/locate.ts';
import type { ScalarNode } from '../../server/src/engine/located-tree.ts';
import { parseYaml } from '../../server/src/engine/parse-yaml.ts';
import { placesIn } from '../../server/src/engine/scalar-places.ts';

const STYLES = [
  Scalar.PLAIN,
  Scalar.QUOTE_SINGLE,
  Scalar.QUOTE_DOUBLE,
  Scalar.BLOCK_FOLDED,
  Scalar.BLOCK_LITERAL,
] as const;

function scalarAt(text: string, pointer: string): ScalarNode {
  const node = findNode(parseYaml(text).root, pointer);
  assert.ok(node?.kind === 'scalar');
  return node;
}

/** What the text has for the first place of a word in the value at `/a`. */
function found(text: string, word: string): string {
  const node = scalarAt(text, '/a');
  const start = String(node.value).indexOf(word);
  const span = placesIn(text, node).toText({ start, end: start + word.length });
  return text.slice(span.start, span.end);
}

describe('places in a scalar', () => {
  it('are found in plain, quoted, folded and literal text', () => {
    assert.equal(found('a: has(x.y) && z', 'x.y'), 'x.y');
    assert.equal(found("a: 'it''s x.y'", 'x.y'), 'x.y');
    assert.equal(found("a: 'it''s x.y'", "it's x"), "it''s x");
    assert.equal(found('a: "x == \\"q\\" && \\u0041"', 'A'), '\\u0041');
    assert.equal(found('a: "\\U0001F600 x.y"', 'x.y'), 'x.y');
    assert.equal(found('a: >-\n  one &&\n  two\n\n  three', 'two'), 'two');
    assert.equal(found('a: >-\n  one &&\n  two\n\n  three', '&& two'), '&&\n  two');
    assert.equal(found('a: |\n  one\n    two\n', 'two'), 'two');
    assert.equal(found('a: "x \\\n   y"', 'y'), 'y');
    assert.equal(found('a: one\r\n  two', 'two'), 'two');
  });

  it('are the whole scalar behind an alias, which has no text of its own', () => {
    const text = 'b: &x some text\na: *x\n';
    const span = placesIn(text, scalarAt(text, '/a')).toText({ start: 5, end: 9 });
    assert.equal(text.slice(span.start, span.end), '*x');
  });

  it('are found again whatever the value and its style', () => {
    const pieces = [
      'has(x.y)',
      '&&',
      ' ',
      '  ',
      '\n',
      '\n\n',
      "'",
      '"',
      ':',
      '#',
      'é',
      '😀',
      '\\',
      '\t',
      '${q}',
    ];
    const values = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 20 }).map(p => p.join(''));
    fc.assert(
      fc.property(values, fc.constantFrom(...STYLES), (value, style) => {
        const scalar = new Scalar(value);
        scalar.type = style;
        const document = new Document({ a: [{ b: scalar }], c: 1 });
        const text = document.toString({ lineWidth: 24 });
        const node = findNode(parseYaml(text).root, '/a/0/b');
        // Not every value can be written in every style, and the writer does not always know.
        fc.pre(node?.kind === 'scalar' && node.value === value);
        const places = placesIn(text, node);
        let last = node.start;
        for (let i = 0; i < value.length; i++) {
          const { start, end } = places.toText({ start: i, end: i + 1 });
          assert.ok(start >= last || text[start] === '\\', `${JSON.stringify(text)} at ${i}`);
          assert.ok(end <= node.end);
          last = start;
          if (/\s/.test(value[i]!)) continue;
          const written = text.slice(start, end);
          const isEscape = written.startsWith('\\') || written === "''";
          assert.ok(isEscape || written === value[i], `${JSON.stringify(text)} at ${i}: ${written}`);
          if (!isEscape) assert.equal(places.toValue(start), i);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
