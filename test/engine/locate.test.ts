import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  escapeSegment,
  findNode,
  keyedPath,
  nearest,
  parsePointer,
  pathAt,
  pointerOf,
  spanOf,
} from '../../server/src/engine/locate.ts';
import { parseYaml } from '../../server/src/engine/parse-yaml.ts';
import { isSameValue, toPlain } from '../../server/src/engine/patch-value.ts';
import { plainValue } from '../../server/src/engine/plain-value.ts';
import { assertPointersLead } from './check-tree.ts';
import { mutatedTexts, writtenTexts } from './yaml-text.ts';

const REVIEW = `schema: case-review/1
review:
  id: CR-1
  grade:      # to be filled in
persons:
  - role: suspect
    ref: SUS-2M8X4T
  - {role: victim}
  - ref:
    id: P 2
    at: 2026-02-03
kinds: [cse, missing-child]
nested:
  - - at: 2026-02-04
  -
links: {a/b: {c~d: 1}}
`;
const { root } = parseYaml(REVIEW);

function clicked(pointer: string, text = REVIEW): string {
  const { start, end } = spanOf(parseYaml(text).root, pointer, text);
  return text.slice(start, end);
}

describe('pointers', () => {
  it('find nodes by key and index, with ~0 and ~1 for ~ and /', () => {
    const found = findNode(root, '/links/a~1b/c~0d');
    assert.equal(found?.kind === 'scalar' && found.value, 1);
    assert.equal(found && pointerOf(found), '/links/a~1b/c~0d');
    assert.equal(escapeSegment('a/b~c'), 'a~1b~0c');
    assert.deepEqual(parsePointer('/a~1b/~01'), ['a/b', '~1']);
  });

  it('find the last of a key that occurs twice, as every reader does', () => {
    const parsed = parseYaml('a: {b: 1}\na: {b: 2, c: 3, c: }\n');
    const found = findNode(parsed.root, '/a/b');
    assert.equal(found?.kind === 'scalar' && found.value, 2);
    assert.equal(found && pointerOf(found), '/a/b');
    assert.deepEqual(plainValue(parsed.root!), { a: { b: 2 } });
    assert.ok(isSameValue(toPlain(parsed.root), { a: { b: 2, c: null } }));
  });

  it('find nothing where nothing stands', () => {
    for (const pointer of [
      '/none',
      '/persons/9',
      '/persons/-',
      '/persons/01',
      '/persons/ref',
      '/review/id/x',
      'review',
      '/',
    ]) {
      assert.equal(findNode(root, pointer), undefined, pointer);
    }
    assert.equal(findNode(undefined, ''), undefined);
    assert.equal(findNode(parseYaml('__proto__: 1').root, '/constructor'), undefined);
  });

  it('lead from every node back to it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          writtenTexts.map(({ text }) => text),
          mutatedTexts,
        ),
        text => assertPointersLead(parseYaml(text).root),
      ),
      { numRuns: 500 },
    );
  });

  it('end at the nearest ancestor where they lead nowhere', () => {
    const place = nearest(root, '/persons/1/status/at');
    assert.equal(place?.pointer, '/persons/1');
    assert.equal(place?.found, false);
    assert.equal(nearest(root, '/persons/1')?.found, true);
    assert.equal(nearest(root, 'persons')?.found, false);
    assert.equal(nearest(undefined, '/a'), undefined);
  });
});

describe('what a reviewer clicks', () => {
  it('is a value that stands there', () => {
    assert.equal(clicked('/review/id'), 'CR-1');
    assert.equal(clicked('/persons/0/role'), 'suspect');
    assert.equal(clicked('/kinds/1'), 'missing-child');
  });

  it('is the key of a section, a list or an empty value', () => {
    assert.equal(clicked('/review'), 'review');
    assert.equal(clicked('/persons'), 'persons');
    assert.equal(clicked('/review/grade'), 'grade');
    assert.equal(clicked('/links/a~1b'), 'a/b');
  });

  it('is what identifies an entry of a list, or else its first key', () => {
    assert.equal(clicked('/persons/0'), 'SUS-2M8X4T');
    assert.equal(clicked('/persons/1'), 'role');
    assert.equal(clicked('/persons/2'), 'P 2');
    assert.equal(clicked('/nested/0'), '2026-02-04');
    assert.equal(clicked('/nested/1'), '-');
  });

  it('of an absent place is its nearest ancestor', () => {
    assert.equal(clicked('/review/missing/deep'), 'review');
    assert.equal(clicked('/persons/0/missing'), 'SUS-2M8X4T');
    assert.equal(clicked('/persons/77'), 'persons');
  });

  it('of the root is the key review, the first key or the first line', () => {
    assert.equal(clicked(''), 'review');
    assert.equal(clicked('/none'), 'review');
    assert.equal(clicked('', '\n# c\nschema: x\n'), 'schema');
    assert.equal(clicked('', '\ufeff# only this\r\n# c\r\n'), '# only this');
    assert.equal(clicked('', 'two\nlines'), 'two');
    assert.equal(clicked('/a', '- b'), '- b');
    assert.equal(clicked('', ''), '');
  });

  it('lies in the text, whatever the pointer', () => {
    fc.assert(
      fc.property(
        mutatedTexts,
        fc.array(fc.constantFrom('a', 'b', 'ref', '0', '1', '-', 'x~1y')),
        (text, segments) => {
          const { start, end } = spanOf(
            parseYaml(text).root,
            segments.map(segment => `/${segment}`).join(''),
            text,
          );
          assert.ok(0 <= start && start <= end && end <= text.length);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the keyed path', () => {
  const keyed = (text: string, pointer: string): string => keyedPath(parseYaml(text).root, pointer);

  it('names entries by what identifies them', () => {
    assert.equal(keyedPath(root, '/persons/0/status'), '/persons/SUS-2M8X4T/status');
    assert.equal(keyedPath(root, '/review/id'), '/review/id');
    assert.equal(keyedPath(root, '/links/a~1b'), '/links/a~1b');
    assert.equal(keyed('- at: 2026-02-03T10:00:00Z\n', '/0'), '/2026-02-03T10:00:00Z');
    assert.equal(keyed('- crime_ref: 12/345\n', '/0/x'), '/12~1345/x');
  });

  it('counts equal and nameless entries among themselves', () => {
    const text = '- ref: VIC-1A\n- x: 1\n- ref: VIC-1A\n- x: 2\n- word\n';
    assert.deepEqual(
      ['/0', '/1', '/2', '/3', '/4'].map(pointer => keyed(text, pointer)),
      ['/VIC-1A', '/#1', '/VIC-1A#2', '/#2', '/#3'],
    );
  });

  it('never uses what may be free text', () => {
    assert.equal(keyedPath(root, '/persons/2/role'), '/persons/2026-02-03/role');
    assert.equal(keyedPath(root, '/kinds/1'), '/kinds/#2');
    for (const entry of ['at: 07700900123', 'at: "07700900123"', 'ref: Jane2010', 'id: 77-009'])
      assert.equal(keyed(`- ${entry}\n`, '/0'), '/#1', entry);
    assert.equal(keyed('- ref: {a: secret}\n  id: "two words"\n', '/0'), '/#1');
  });

  it('keeps what leads nowhere', () => {
    assert.equal(keyedPath(root, '/persons/9/x'), '/persons/9/x');
    assert.equal(keyedPath(root, '/persons/-'), '/persons/-');
    assert.equal(keyedPath(undefined, '/a/0'), '/a/0');
  });

  it('survives moving an entry', () => {
    const refs = fc.uniqueArray(fc.stringMatching(/^[A-Z]{3}-[0-9]{4}$/), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(refs, fc.nat(), (order, by) => {
        const shift = by % order.length;
        const text = (list: readonly string[]) => list.map(ref => `- ref: ${ref}\n  x: 1\n`).join('');
        const moved = [...order.slice(shift), ...order.slice(0, shift)];
        for (const ref of order)
          assert.equal(
            keyed(text(moved), `/${moved.indexOf(ref)}/x`),
            keyed(text(order), `/${order.indexOf(ref)}/x`),
          );
      }),
    );
  });
});

describe('the place at an offset', () => {
  /** The cursor is the bar in the text. */
  const at = (marked: string): string => {
    const offset = marked.indexOf('|');
    const place = pathAt(parseYaml(marked.replace('|', '')).root, offset);
    return place ? `${place.part} ${place.pointer}` : 'none';
  };

  it('is the key, its end included', () => {
    assert.equal(at('a:\n  b|c: 1\n'), 'key /a/bc');
    assert.equal(at('a:\n  bc|: 1\n'), 'key /a/bc');
    assert.equal(at('- x: {y|: 1}\n'), 'key /0/x/y');
  });

  it('is the value, the blanks before it included', () => {
    assert.equal(at('a: on|e # c\n'), 'value /a');
    assert.equal(at('a: one| # c\n'), 'value /a');
    assert.equal(at('a: |  one\n'), 'value /a');
    assert.equal(at('a:|\n'), 'value /a');
    assert.equal(at('a: [b, |c]\n'), 'value /a/1');
    assert.equal(at('a: [b,|  c]\n'), 'value /a');
    assert.equal(at('a:\n|  b: 1\n'), 'value /a');
  });

  it('is the map between two pairs and nothing outside of the root', () => {
    assert.equal(at('a: 1 # |c\nb: 2\n'), 'value ');
    assert.equal(at('# |c\na: 1\n'), 'none');
    assert.equal(at('a: 1\n\n|'), 'none');
  });

  it('in an alias is the alias as a whole', () => {
    assert.equal(at('a: &x {b: 1}\nc: *|x\n'), 'value /c');
    assert.equal(at('a: &x [1]\nc: [*|x]\n'), 'value /c/0');
  });

  it('is a node around the offset, for every text', () => {
    fc.assert(
      fc.property(mutatedTexts, fc.nat(200), (text, offset) => {
        const parsed = parseYaml(text);
        const place = pathAt(parsed.root, offset);
        if (place === undefined) return;
        const { node, pair } = place;
        const start = pair?.keySpan.start ?? node.start;
        assert.ok(start <= offset && offset <= Math.max(node.end, pair?.keySpan.end ?? 0));
      }),
      { numRuns: 1000 },
    );
  });
});
