/** Which event of a timeline the cursor is at. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventAt } from '../../client/src/event-at.ts';
import type { TimelinePlace } from '../../server/src/protocol.ts';

const A = 'file:///a.case-review.yaml';

const event = (line: number, start: number, end: number, uri = A): TimelinePlace => ({
  uri,
  words: '',
  start: { line, character: start },
  end: { line, character: end },
});

describe('the event at the cursor', () => {
  // Two on a line, the later one first in time.
  const events = [event(3, 30, 45), event(3, 5, 20), event(8, 2, 20), event(3, 2, 9, 'file:///b')];

  it('is the one whose date the cursor is in, or the last before it on the line', () => {
    assert.equal(eventAt(events, A, { line: 3, character: 10 }), 1);
    assert.equal(eventAt(events, A, { line: 3, character: 25 }), 1);
    assert.equal(eventAt(events, A, { line: 3, character: 30 }), 0);
    assert.equal(eventAt(events, A, { line: 3, character: 99 }), 0);
  });

  it('is the first of the line where the cursor is before all', () => {
    assert.equal(eventAt(events, A, { line: 3, character: 0 }), 1);
  });

  it('is none on a line without one, and none of another file', () => {
    assert.equal(eventAt(events, A, { line: 4, character: 0 }), undefined);
    assert.equal(eventAt(events, 'file:///c', { line: 3, character: 10 }), undefined);
    assert.equal(eventAt(events, 'file:///b', { line: 3, character: 30 }), 3);
  });
});
