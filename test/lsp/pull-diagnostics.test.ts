/** Pulled diagnostics of open documents: their form, when they change, and when the client is told to ask again. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FOLDER, LspSession, MODERN } from '../support/lsp-session.ts';
import { FORCE_PACK, LATE, reviewText } from '../support/reviews.ts';

const NAME = 'a.case-review.yaml';

describe('pulled diagnostics', () => {
  it('say what, where, how bad, why and by which rule', async () => {
    const session = await LspSession.start({ files: FORCE_PACK });
    const document = await session.open(NAME, reviewText({ more: LATE }));
    const found = (await session.diagnostics(NAME)).find(({ code }) => code === 'recording/recorded-in-time');
    assert.ok(found);
    assert.equal(document.getText(found.range), '2026-02-05T21:10:00Z');
    assert.equal(found.source, 'case-review');
    assert.equal(found.message, 'Recorded 72 h after the report, limit 24 h.');
    assert.equal(found.severity, 2);
    assert.equal(found.data, 'CASE-4T7Q2M|recording/recorded-in-time|late|/recording/recorded_at');
    const related = found.relatedInformation?.find(({ message }) => message === 'reported here');
    assert.equal(related?.location.uri, document.uri);
    assert.equal(document.getText(related.location.range), '2026-02-02T21:10:00Z');
    await session.stop();
  });

  it('link to the first source of the rule that has an address', async () => {
    const session = await LspSession.start({ files: FORCE_PACK });
    await session.open(NAME, reviewText({ more: LATE }));
    const [found] = await session.diagnostics(NAME);
    assert.equal(found?.codeDescription?.href, 'https://orders.example/7');
    await session.stop();
  });

  it('show a waived finding as a hint that says so', async () => {
    const session = await LspSession.start({ files: FORCE_PACK });
    const waiver =
      'waivers:\n  - {rule: recording/recorded-in-time, reason: agreed, by: OFF-1D4F6G, until: 2026-12-31}\n';
    await session.open(NAME, reviewText({ more: LATE + waiver }));
    const [found] = await session.diagnostics(NAME);
    assert.deepEqual(
      [found?.severity, found?.message],
      [4, 'Recorded 72 h after the report, limit 24 h. (waived)'],
    );
    await session.stop();
  });

  it('leave out what the client cannot show', async () => {
    const session = await LspSession.start({
      files: FORCE_PACK,
      capabilities: { textDocument: { diagnostic: {} } },
    });
    await session.open(NAME, reviewText({ more: LATE }));
    for (const found of await session.diagnostics(NAME)) {
      assert.deepEqual(Object.keys(found).sort(), ['code', 'message', 'range', 'severity', 'source']);
    }
    await session.stop();
  });

  it('follow each edit, and are `unchanged` where an edit changes none', async () => {
    const session = await LspSession.start({ files: FORCE_PACK });
    await session.open(NAME, reviewText({ more: LATE }));
    const before = await session.pull(NAME);
    assert.equal(before.kind, 'full');
    await session.replace(NAME, 'recorded_at: 2026-02-05', 'recorded_at: 2026-02-03');
    const after = await session.pull(NAME, before.resultId);
    assert.equal(after.kind, 'full');
    assert.deepEqual(after.items, []);
    await session.replace(NAME, '2026-02-03T21:10:00Z', '2026-02-03T21:00:00Z # sooner');
    assert.deepEqual(await session.pull(NAME, after.resultId), {
      kind: 'unchanged',
      resultId: after.resultId,
    });
    await session.stop();
  });

  it('see the last of several edits that arrive together', async () => {
    const session = await LspSession.start({ files: FORCE_PACK });
    await session.open(NAME, reviewText({ more: LATE }));
    void session.replace(NAME, 'recorded_at: 2026-02-05', 'recorded_at: 2026-02-04');
    void session.replace(NAME, 'recorded_at: 2026-02-04', 'recorded_at: 2026-02-06');
    const found = await session.diagnostics(NAME);
    assert.ok(
      found.some(({ message }) => message === 'Recorded 96 h (4 days) after the report, limit 24 h.'),
    );
    await session.stop();
  });

  it('fall back to the file when the editor closes', async () => {
    const session = await LspSession.start({ files: { ...FORCE_PACK, [NAME]: reviewText({ more: LATE }) } });
    await session.open(NAME);
    await session.replace(NAME, 'recorded_at: 2026-02-05', 'recorded_at: 2026-02-03');
    assert.equal((await session.diagnostics(NAME)).length, 0);
    await session.close(NAME);
    assert.equal((await session.diagnostics(NAME)).length, 1);
    await session.stop();
  });

  it('are given for an untitled review, and not for another file', async () => {
    const session = await LspSession.start();
    await session.open('untitled:Untitled-1', 'review: 1\n');
    assert.notDeepEqual(await session.diagnostics('untitled:Untitled-1'), []);
    await session.open('other.yaml', reviewText(), 'yaml');
    assert.deepEqual(await session.diagnostics('other.yaml'), []);
    await session.stop();
  });

  it('are by the policy of the folder in which an untitled review will be saved', async () => {
    const files = Object.entries({
      ...FORCE_PACK,
      'case-review.baseline.json': '{"version": 1, "findings": []}',
    });
    const session = await LspSession.start({
      files: Object.fromEntries(files.map(([name, text]) => [`file:///our%20force/${name}`, text])),
      folders: [FOLDER, 'file:///our%20force'],
    });
    const codes = async (name: string) => {
      await session.open(name, reviewText({ more: LATE }));
      return (await session.diagnostics(name)).map(({ code }) => code);
    };
    const ours = ['recording/recorded-in-time'];
    assert.deepEqual(await codes('untitled:/our%20force/deep/a.case-review.yaml'), ours);
    assert.notDeepEqual(await codes('untitled:/reviews/a.case-review.yaml'), ours);
    assert.notDeepEqual(await codes('untitled:Untitled-1'), ours);
    session.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed: [{ uri: FOLDER, name: '' }] },
    });
    assert.deepEqual(await codes('untitled:Untitled-2'), ours);
    await session.stop();
  });

  it('are none for a new file until something stands in it', async () => {
    const session = await LspSession.start({ files: FORCE_PACK });
    const untitled = 'untitled:/reviews/CASE-4T7Q2M.case-review.yaml';
    await session.open(untitled, '');
    assert.deepEqual(await session.diagnostics(untitled), []);
    const start = { line: 0, character: 0 };
    await session.edit(untitled, { range: { start, end: start }, newText: 'review: {}\n' });
    assert.notDeepEqual(await session.diagnostics(untitled), []);
    await session.open(NAME, '');
    assert.equal((await session.diagnostics(NAME)).length, 1, 'a file that is empty on disk is a mistake');
    await session.stop();
  });

  it('are asked for again when a linked review changes, and only then', async () => {
    const other = 'b.case-review.yaml';
    const session = await LspSession.start({
      files: {
        ...FORCE_PACK,
        [NAME]: reviewText({ more: 'links:\n  cases: [{ref: CASE-1A1A1A}]\n' }),
        [other]: reviewText(),
      },
    });
    const codes = async () => (await session.diagnostics(NAME)).map(({ code }) => code);
    await session.open(NAME);
    await session.open(other);
    assert.ok((await codes()).includes('links/linked-known'));
    await session.diagnostics(other);
    await session.replace(other, 'state: complete', 'state: draft');
    await session.diagnostics(other);
    assert.equal(session.refreshes, 0);
    await session.replace(other, 'CASE-4T7Q2M', 'CASE-1A1A1A');
    await session.until(() => session.refreshes === 1, 'a refresh');
    assert.ok(!(await codes()).includes('links/linked-known'));
    await session.stop();
  });

  it('show what is wrong with the form while the rules are prepared, and then all', async () => {
    const session = await LspSession.start({ files: FORCE_PACK, showsFormFirst: true });
    const wrong = reviewText({ more: `${LATE}colour: red\n` });
    const codes = async () => (await session.diagnostics(NAME)).map(({ code }) => code);
    // As editors do, the question follows at once; later the rules would be ready.
    const [, first] = await Promise.all([session.open(NAME, wrong), codes()]);
    assert.deepEqual(first, ['schema/unknown-field']);
    await session.until(() => session.refreshes === 1, 'a refresh');
    const all = await codes();
    assert.ok(all.includes('schema/unknown-field') && all.includes('recording/recorded-in-time'));
    await session.replace(NAME, 'colour: red', 'color: red');
    assert.equal((await codes()).length, all.length);
    await session.stop();
  });

  it('wait for the rules where the form is right', async () => {
    const session = await LspSession.start({ files: FORCE_PACK, showsFormFirst: true });
    const [, found] = await Promise.all([
      session.open(NAME, reviewText({ more: LATE })),
      session.diagnostics(NAME),
    ]);
    assert.equal(found.length, 1);
    assert.equal(session.refreshes, 0);
    await session.stop();
  });

  it('are asked for again when the first scan finds a linked review', async () => {
    let release = (): void => {};
    const session = await LspSession.start({
      files: {
        ...FORCE_PACK,
        [NAME]: reviewText({ more: 'links:\n  cases: [{ref: CASE-1A1A1A}]\n' }),
        'b/b.case-review.yaml': reviewText({ id: 'CASE-1A1A1A' }),
      },
      capabilities: { ...MODERN, window: { workDoneProgress: true } },
      holdScan: new Promise(resolve => {
        release = resolve;
      }),
    });
    await session.open(NAME);
    assert.equal((await session.diagnostics(NAME)).length, 1);
    release();
    await session.until(() => session.refreshes === 1, 'a refresh');
    assert.deepEqual(await session.diagnostics(NAME), []);
    await session.stop();
  });

  it('know a review whatever way the client spells its address', async () => {
    const spelled = `${FOLDER}/R%26D%20%28x%29/a.case-review.yaml`;
    const plain = `${FOLDER}/R&D%20(x)/a.case-review.yaml`;
    const session = await LspSession.start({ files: { ...FORCE_PACK, [plain]: reviewText() } });
    await session.open(spelled, reviewText({ more: LATE }));
    const report = await session.connection.sendRequest<{ items: { uri: string }[] }>(
      'workspace/diagnostic',
      { previousResultIds: [] },
    );
    assert.deepEqual(
      report.items.map(({ uri }) => uri),
      [spelled],
    );
    await session.stop();
  });

  it('are not computed for a request that was cancelled while it waited', async () => {
    const session = await LspSession.start({ capabilities: MODERN });
    await session.open(NAME, reviewText());
    const { CancellationTokenSource } = await import('vscode-languageserver-protocol/node');
    const source = new CancellationTokenSource();
    const params = { textDocument: { uri: `${FOLDER}/${NAME}` } };
    const answer = session.connection.sendRequest('textDocument/diagnostic', params, source.token);
    source.cancel();
    await assert.rejects(answer, { code: -32800 });
    await session.stop();
  });
});
