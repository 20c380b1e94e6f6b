/** Pushed diagnostics, for clients that cannot pull. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LspSession, PLAIN, uriOf } from '../support/lsp-session.ts';
import { FORCE_PACK, LATE, reviewText } from '../support/reviews.ts';

const NAME = 'a.case-review.yaml';

describe('pushed diagnostics', () => {
  it('come with the version they belong to, after opening and after each edit', async () => {
    const session = await LspSession.start({ files: FORCE_PACK, capabilities: PLAIN });
    await session.open(NAME, reviewText({ more: LATE }));
    const first = await session.pushed(NAME);
    assert.deepEqual(
      [first.version, first.diagnostics.map(({ code }) => code)],
      [1, ['recording/recorded-in-time']],
    );
    await session.replace(NAME, 'recorded_at: 2026-02-05', 'recorded_at: 2026-02-03');
    assert.deepEqual(await session.pushed(NAME, ({ version }) => version === 2), {
      uri: uriOf(NAME),
      version: 2,
      diagnostics: [],
    });
    await session.stop();
  });

  it('are computed once for edits that arrive together', async () => {
    const session = await LspSession.start({ files: FORCE_PACK, capabilities: PLAIN });
    await session.open(NAME, reviewText({ more: LATE }));
    await session.pushed(NAME);
    for (let day = 6; day < 9; day++)
      void session.replace(NAME, `recorded_at: 2026-02-0${day - 1}`, `recorded_at: 2026-02-0${day}`);
    await session.pushed(NAME, ({ version }) => version === 4);
    assert.deepEqual(
      session.published.map(({ version }) => version),
      [1, 4],
    );
    await session.stop();
  });

  it('are cleared on closing where the file is in no folder of the workspace', async () => {
    const session = await LspSession.start({ capabilities: PLAIN });
    const outside = 'file:///elsewhere/a.case-review.yaml';
    await session.open(outside, 'review: 1\n');
    await session.pushed(outside, ({ diagnostics }) => diagnostics.length > 0);
    await session.close(outside);
    assert.deepEqual(await session.pushed(outside, ({ diagnostics }) => diagnostics.length === 0), {
      uri: outside,
      diagnostics: [],
    });
    await session.stop();
  });

  it('speak of the file again when the editor closes without saving', async () => {
    const session = await LspSession.start({
      files: { ...FORCE_PACK, [NAME]: reviewText({ more: LATE }) },
      capabilities: PLAIN,
    });
    await session.open(NAME, reviewText());
    await session.pushed(NAME, ({ version, diagnostics }) => version === 1 && diagnostics.length === 0);
    const since = session.published.length;
    await session.close(NAME);
    assert.equal((await session.pushed(NAME, () => true, since)).diagnostics.length, 1);
    await session.stop();
  });

  it('tell of closed reviews too, and no longer when the scope is `open`', async () => {
    const session = await LspSession.start({
      files: { ...FORCE_PACK, [NAME]: reviewText({ more: LATE }) },
      capabilities: PLAIN,
    });
    assert.equal((await session.pushed(NAME)).diagnostics.length, 1);
    await session.changeSettings({ diagnostics: { scope: 'open' } });
    await session.pushed(NAME, ({ diagnostics }) => diagnostics.length === 0);
    await session.stop();
  });

  it('re-check an open review when the one it links to changes', async () => {
    const session = await LspSession.start({
      files: { ...FORCE_PACK, [NAME]: reviewText({ more: 'links:\n  cases: [{ref: CASE-1A1A1A}]\n' }) },
      capabilities: PLAIN,
    });
    await session.open(NAME);
    await session.pushed(NAME, ({ diagnostics }) =>
      diagnostics.some(({ code }) => code === 'links/linked-known'),
    );
    const since = session.published.length;
    await session.write('b.case-review.yaml', reviewText({ id: 'CASE-1A1A1A' }));
    // The version is the same: only the other file changed.
    const after = await session.pushed(NAME, () => true, since);
    assert.deepEqual([after.version, after.diagnostics], [1, []]);
    await session.stop();
  });
});
