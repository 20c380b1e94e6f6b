/** The next open question from a cursor on. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nextOpen } from '../../client/src/next-open.ts';
import type { ChecklistEntry } from '../../server/src/protocol.ts';

function entry(
  state: ChecklistEntry['state'],
  line: number,
  entries: readonly ChecklistEntry[] = [],
): ChecklistEntry {
  const place = { line, character: 2 };
  return {
    id: `/${line}`,
    title: '',
    description: '',
    state,
    words: '',
    messages: [],
    place,
    end: place,
    entries,
  };
}

describe('the next open question', () => {
  const checklist = [
    entry('inBreach', 1, [entry('outstanding', 9), entry('answered', 2), entry('inBreach', 5)]),
    entry('notApplicable', 7, [entry('notApplicable', 8)]),
  ];

  test('is the first behind the cursor, in the order of the text, whatever its group says', () => {
    assert.equal(nextOpen(checklist, { line: 0, character: 0 })?.place.line, 5);
    assert.equal(nextOpen(checklist, { line: 5, character: 2 })?.place.line, 9);
  });

  test('is the first of all where none stands behind the cursor', () => {
    assert.equal(nextOpen(checklist, { line: 9, character: 2 })?.place.line, 5);
  });

  test('is nowhere in a review in which nothing is open', () => {
    assert.equal(nextOpen([entry('answered', 1)], { line: 0, character: 0 }), undefined);
  });
});
