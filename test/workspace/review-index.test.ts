/** Looking up refs by their beginning, against looking through every record. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { IndexRecord } from '../../server/src/engine/report.ts';
import { ReviewIndex } from '../../server/src/workspace/review-index.ts';

const letters = fc.string({ unit: fc.constantFrom('A', 'B', 'Z'), minLength: 1, maxLength: 3 });
const uri = fc.constantFrom('file:///a', 'file:///b', 'file:///c', 'file:///d');
const cases = letters.map(name => `CASE-${name}`);
const record = fc.record({
  id: fc.option(cases, { nil: undefined }),
  links: fc.array(cases, { maxLength: 2 }),
  episodes: fc.array(
    letters.map(name => ({ ref: `MIS-${name}`, child: undefined, reportedAt: undefined })),
    { maxLength: 3 },
  ),
  oics: fc.array(
    letters.map(name => `OFF-${name}`),
    { maxLength: 3 },
  ),
});
/** Undefined forgets the review. */
const changes = fc.array(fc.tuple(uri, fc.option(record, { nil: undefined, freq: 3 })), { maxLength: 12 });
const beginning = fc.constantFrom('', 'CASE-', 'CASE-A', 'MIS-', 'MIS-ZZ', 'OFF-B', 'OFF-BAZ', 'Z');

const namedIn = ({ id, episodes, oics }: IndexRecord) => [
  ...(id === undefined ? [] : [id]),
  ...episodes.map(({ ref }) => ref),
  ...oics,
];

test('every ref that begins so is found once and in order, with a review that has it, whatever was changed before and after the first question', () => {
  fc.assert(
    fc.property(changes, changes, beginning, (before, after, start) => {
      const index = new ReviewIndex();
      const ask = () => {
        const found = [...index.named(start)];
        const all = new Set([...index.records()].flatMap(namedIn));
        assert.deepEqual(
          found.map(([ref]) => ref),
          [...all].filter(ref => ref.startsWith(start)).sort(),
        );
        for (const [ref, holder] of found) assert.ok(namedIn(holder).includes(ref));
      };
      const apply = ([where, said]: (typeof before)[number]) =>
        index.set(where, said && { uri: where, state: undefined, ...said });
      before.forEach(apply);
      ask();
      after.forEach(apply);
      ask();
    }),
  );
});
