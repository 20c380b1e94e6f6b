/** Smoke. */
import { test } from 'node:test';
import { LspSession } from '../support/lsp-session.ts';
import { FORCE_PACK, reviewText } from '../support/reviews.ts';

test('smoke', async () => {
  const s = await LspSession.start({ files: { ...FORCE_PACK, 'a.case-review.yaml': reviewText({ more: 'recording:\n  reported_at: 2026-02-02T21:10:00Z\n  recorded_at: 2026-02-05T21:10:00Z\nlinks:\n  cases: [{ref: CASE-1A1A1A}]\nsupervison: 3\n' }) } });
  await s.open('a.case-review.yaml');
  console.log(JSON.stringify(await s.pull('a.case-review.yaml'), null, 1));
  await s.until(() => s.published.length>0, 'x'); console.log(s.messages, s.log, JSON.stringify(s.published,null,1));
  await s.stop();
});
