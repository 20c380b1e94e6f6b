/** The sentences about audit rounds: when there are any, and whom they name. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AuditedReview } from '../../server/src/audit/count-rounds.ts';
import type { AuditFacts } from '../../server/src/engine/report.ts';
import { formatRounds } from '../../server/src/render/round-lines.ts';
import { countRounds } from '../support/count-rounds.ts';

const review = (uri: string, audit: AuditFacts, id?: string): AuditedReview => ({
  uri,
  id,
  state: 'complete',
  audit: { round: '2026-1', ...audit },
});
const linesOf = (...reviews: AuditedReview[]) => formatRounds(countRounds(reviews), uri => uri);

describe('the lines of rounds', () => {
  test('are none where nothing was returned, even if some audit cannot be read', () => {
    assert.deepEqual(linesOf(review('a', { returned: false }), review('b', { unread: true })), []);
  });

  test('say the sum in the words of the schema, and a word of a pack as it is', () => {
    assert.deepEqual(
      linesOf(
        review('a', { returned: true, disposition: 'reopened' }),
        review('b', { returned: true, disposition: 'no_matter' }),
        review('c', { returned: true, disposition: 'passed_on' }),
        review('d', { returned: false }),
      ),
      ['Round 2026-1: 3 of 4 reviews returned = 1 no matter + 1 passed on + 1 re-opened.'],
    );
  });

  test('name a case by its pseudonym, and a review without one by its printable path', () => {
    assert.deepEqual(
      linesOf(
        review('a', { returned: true }, 'CASE-1A2B3C'),
        review('b\u001b[2J', { returned: true }, 'Jones'),
        review('c', { disposition: 'reopened' }, 'CASE-2C5D7F'),
        review('d', { unread: true }),
      ),
      [
        'Round 2026-1: 2 of 3 reviews returned; results: 1 re-opened. They do not reconcile.',
        'Returned, no result yet: CASE-1A2B3C, b\ufffd[2J.',
        'With a result but no recorded return: CASE-2C5D7F.',
        'Not counted, because the audit cannot be read: d.',
      ],
    );
  });

  test('name ten and count the rest', () => {
    const many = Array.from({ length: 12 }, (_, at) => review(`r${at + 10}`, { returned: true }));
    assert.equal(
      linesOf(...many)[1],
      'Returned, no result yet: r10, r11, r12, r13, r14, r15, r16, r17, r18, r19 and 2 more.',
    );
  });
});
