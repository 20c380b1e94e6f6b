/** The editor honours the baseline that the command line honours. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LspSession } from '../support/lsp-session.ts';
import { FORCE_PACK, LATE, reviewText } from '../support/reviews.ts';

const NAME = 'a.case-review.yaml';
const BASELINE = 'case-review.baseline.json';

describe('a baseline', () => {
  it('makes hints of what it covers, from when it is there until it is gone', async () => {
    const session = await LspSession.start({ files: FORCE_PACK });
    await session.open(NAME, reviewText({ more: LATE }));
    const [finding] = await session.diagnostics(NAME);
    assert.equal(finding?.severity, 2);

    const reviews = { [NAME]: { [String(finding?.data)]: 'breach' } };
    await session.write(BASELINE, JSON.stringify({ version: 1, reviews }));
    await session.until(() => session.refreshes > 0, 'a refresh');
    const [covered] = await session.diagnostics(NAME);
    assert.equal(covered?.severity, 4);
    assert.equal(covered?.message, `${finding?.message} (in the baseline)`);

    await session.write(BASELINE, undefined);
    assert.deepEqual(await session.diagnostics(NAME), [finding]);
    await session.stop();
  });
});
