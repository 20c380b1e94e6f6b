/** The requests behind the panel "Audit", and the news that it is to be asked for anew. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  AUDIT_CHANGED_NOTIFICATION,
  AUDIT_REQUEST,
  AUDIT_REVIEWS_REQUEST,
  type AuditFigure,
  type AuditResult,
  type AuditReviewsResult,
} from '../../server/src/protocol.ts';
import { LspSession } from '../support/lsp-session.ts';
import { FORCE_PACK, LATE, reviewText } from '../support/reviews.ts';

const NAME = 'a.case-review.yaml';
const OTHER = 'b.case-review.yaml';
const FILES = {
  ...FORCE_PACK,
  [NAME]: reviewText({ more: `${LATE}audit: {round: 2026-Q1}\n` }),
  [OTHER]: reviewText({
    id: 'CASE-8N6B3V',
    more: 'grades: {overall: good}\naudit: {round: 2025-Q4, returned: true, disposition: reopened}\n',
  }),
};

const ask = (session: LspSession): Promise<AuditResult> => session.connection.sendRequest(AUDIT_REQUEST, {});
const list = async (session: LspSession, figure: AuditFigure) => {
  const reviews: AuditReviewsResult = await session.connection.sendRequest(AUDIT_REVIEWS_REQUEST, figure);
  return reviews.map(({ uri, words, start }) => `${uri.split('/').at(-1)} ${start.line + 1}: ${words}`);
};

describe('the audit of a client', () => {
  it('counts the reviews of the folders, closed ones too, however few they are', async () => {
    const session = await LspSession.start({ files: FILES });
    await session.scanned();
    const { tables, message } = await ask(session);
    assert.equal(message, '');
    assert.match(tables, /Complete reviews: 2\./);
    assert.match(tables, /data-share="broken">FRC-02 [^<]*<\/button><\/th>.*1 of 1/);
    await session.stop();
  });

  it('leads from a figure to the reviews, at the line that it counts', async () => {
    const session = await LspSession.start({ files: FILES });
    await session.scanned();
    await ask(session);
    const late = ['a.case-review.yaml 9: CASE-4T7Q2M: Recorded 72 h after the report, limit 24 h.'];
    const figure = { table: 'recording/recorded-in-time', share: 'broken' };
    assert.deepEqual(await list(session, figure), late);
    assert.deepEqual(await list(session, { ...figure, round: 0 }), []);
    assert.deepEqual(await list(session, { ...figure, round: 1 }), late);
    const [returned] = await list(session, { table: 'outcomes', share: 'returned' });
    assert.match(returned!, /^b.case-review.yaml 8: CASE-8N6B3V$/);
    const [good] = await list(session, { table: 'grades', share: 'good' });
    assert.match(good!, /^b.case-review.yaml 7: CASE-8N6B3V$/);
    assert.deepEqual(await list(session, { table: 'nothing', share: 'good' }), []);
    await session.stop();
  });

  it('is told of what changes while somebody types', async () => {
    const session = await LspSession.start({ files: FILES });
    await session.scanned();
    assert.match((await ask(session)).tables, /Complete reviews: 2\./);
    const changed = new Promise<void>(done =>
      session.connection.onNotification(AUDIT_CHANGED_NOTIFICATION, done),
    );
    await session.open(NAME, FILES[NAME].replace('state: complete', 'state: draft'));
    await changed;
    assert.match((await ask(session)).tables, /Complete reviews: 1\. Drafts, which are not counted: 1\./);
    await session.stop();
  });

  it('is a sentence where there is nothing to count', async () => {
    const session = await LspSession.start({ files: FORCE_PACK });
    await session.scanned();
    const { message, tables } = await ask(session);
    assert.match(message, /^There is no complete review in the folder yet\./);
    assert.equal(tables, '');
    await session.stop();
  });
});
