/** Where a cursor stands is told from a few lines around it as from its whole section. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findCursorPlace } from '../../server/src/lsp/completion-place.ts';
import { sectionAt, surroundingsOf } from '../../server/src/lsp/cursor-surroundings.ts';
import { reviewText } from '../support/generated-reviews.ts';

const wholeSection: typeof surroundingsOf = (text, word) => {
  const section = sectionAt(text, word.start);
  return { before: text.slice(section.start, word.start), after: text.slice(word.end, section.end) };
};

/** What somebody may have begun to type on a line of its own. */
const BEGUN = [
  '',
  '  ',
  '    ',
  '      ',
  '  - ',
  '    - ',
  '  st',
  '    st',
  '      st',
  '  st:',
  '      - {st',
];

const cursor = fc.record({
  at: fc.nat(1_000_000),
  begun: fc.option(fc.constantFrom(...BEGUN)),
  lineBreak: fc.constantFrom('\n', '\r\n'),
});

const ODD_STYLES = `odd:
  - a: [
      x, y
    ]
    b: {
      c: d
    }
    # e: f
    g: |-
      h: i
      j
  -
    k:
    - l
    -   m: n
        o: "p
          q: r"
    's t': u
    u:
      - one
      - "two"
      - three and
        more
    v:
      w
      x
  - - y: z
      y2: z2
  - last
map:
  "a b":
    c: d
  e: &anchor
    f: g
  # h
  i: j
`;

/** Where the section is torn, by a cursor before something on its line say, fewer keys may be seen in all of it. */
function assertSame(text: string, offset: number): void {
  const inSection = findCursorPlace(text, offset, wholeSection);
  if (inSection === undefined) return;
  const shown = `${text.slice(Math.max(0, offset - 300), offset)}|${text.slice(offset, offset + 100)}`;
  const { present, ...place } = findCursorPlace(text, offset) ?? assert.fail(shown);
  assert.deepEqual({ ...place, present: [] }, { ...inSection, present: [] }, shown);
  const keys = inSection.present.filter(key => /^\w/.test(key));
  assert.deepEqual(
    keys.filter(key => !present.includes(key)),
    [],
    shown,
  );
}

describe('the place of a cursor', () => {
  it('is the one in the whole section, where that has one', () => {
    const cursors = fc.array(cursor, { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(reviewText, cursors, (review, all) => {
        for (const { at, begun, lineBreak } of all) {
          const start = at % review.length;
          const end = begun === null ? start : review.indexOf('\n', start);
          const before = begun === null ? review.slice(0, end) : `${review.slice(0, end)}\n${begun}`;
          const text = (before + review.slice(end)).replaceAll('\n', lineBreak);
          assertSame(text, before.replaceAll('\n', lineBreak).length);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is so among brackets, lists in lists and texts of several lines', () => {
    for (let offset = 0; offset <= ODD_STYLES.length; offset++) assertSame(ODD_STYLES, offset);
  });

  it('is so where a line stands further out than its block', () => {
    const review = 'safeguarding:\n  strategy:\n    - a: b\n icpc_at: c\n  done: d\n  nrm: {e: f}\n';
    for (const { index } of review.matchAll(/\n/g)) {
      const before = `${review.slice(0, index)}\n    `;
      assertSame(before + review.slice(index), before.length);
    }
  });

  it('is told from a few lines of a long section', () => {
    const entries = Array.from({ length: 500 }, (_, at) => `  - ref: VIC-${at}\n    sex: male\n`);
    const text = `persons:\n${entries.join('')}`;
    const start = text.indexOf('male', text.indexOf('VIC-250'));
    const { before, after } = surroundingsOf(text, { start, end: start + 4 });
    assert.equal(before, `persons:\n${'  -\n'.repeat(250)}  - ref:\n    sex: `);
    assert.equal(after, `\n${'  -\n'.repeat(249).trimEnd()}`);
  });
});
