/** `workspace/diagnostic`: closed reviews, the long poll, the scope setting, the first scan. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  CancellationTokenSource,
  type WorkspaceDiagnosticReport,
  WorkspaceDiagnosticRequest,
} from 'vscode-languageserver-protocol/node';
import { LspSession, MODERN, uriOf } from '../support/lsp-session.ts';
import { FORCE_PACK, LATE, reviewText } from '../support/reviews.ts';

const withFinding = (id: string) => reviewText({ id, more: LATE });
const clean = (id: string) => reviewText({ id, more: LATE.replace('02-05', '02-03') });

function poll(
  session: LspSession,
  known: WorkspaceDiagnosticReport = { items: [] },
  token?: CancellationTokenSource['token'],
) {
  const previousResultIds = known.items.flatMap(({ uri, resultId }) =>
    resultId === undefined ? [] : [{ uri, value: resultId }],
  );
  const answer = session.connection.sendRequest(
    WorkspaceDiagnosticRequest.type,
    { previousResultIds },
    token,
  );
  const state = { isAnswered: false };
  answer.then(
    () => {
      state.isAnswered = true;
    },
    () => {
      state.isAnswered = true;
    },
  );
  return { answer, state };
}

/** Two round trips: what the server had to say before them has arrived. */
async function settle(session: LspSession, name: string): Promise<void> {
  for (let trip = 0; trip < 3; trip++) await session.pull(name);
}

const LINK = 'links:\n  cases:\n    - {ref: CASE-2A2A2A, relation: other_victim}\n';

const names = (report: WorkspaceDiagnosticReport) =>
  report.items.map(({ uri }) => uri.slice(uriOf('').length)).sort();

describe('workspace diagnostics', () => {
  it('follow what git leaves out', async () => {
    const session = await LspSession.start({
      files: {
        ...FORCE_PACK,
        'a.case-review.yaml': reviewText({ id: 'CASE-1A1A1A', more: LINK }),
        'old/b.case-review.yaml': withFinding('CASE-2A2A2A'),
      },
    });
    const before = await poll(session).answer;
    assert.deepEqual(names(before), ['old/b.case-review.yaml'], 'the linked review is known');
    await session.write('.gitignore', 'old/\n');
    const without = await poll(session, before).answer;
    assert.deepEqual(names(without), ['a.case-review.yaml', 'old/b.case-review.yaml']);
    assert.deepEqual(
      without.items.map(item => 'items' in item && item.items.length),
      [1, 0],
      'nobody knows the linked review any more, and nothing is said of it',
    );
    await session.write('.gitignore', '\n');
    const after = await poll(session, without).answer;
    assert.deepEqual(names(after), ['a.case-review.yaml', 'old/b.case-review.yaml']);
    await session.stop();
  });

  it('tell of every review with findings, open or not, once the folders are read', async () => {
    const session = await LspSession.start({
      files: {
        ...FORCE_PACK,
        'a.case-review.yaml': withFinding('CASE-1A1A1A'),
        'b/b.case-review.yml': withFinding('CASE-2A2A2A'),
        'c.case-review.yaml': clean('CASE-3A3A3A'),
      },
    });
    await session.open('a.case-review.yaml');
    const report = await poll(session).answer;
    assert.deepEqual(names(report), ['a.case-review.yaml', 'b/b.case-review.yml']);
    const [a, b] = [...report.items].sort((one, other) => (one.uri < other.uri ? -1 : 1));
    assert.deepEqual([a?.version, b?.version], [1, null]);
    assert.ok(a?.kind === 'full' && a.items.length === 1);
    const pulled = await session.pull('a.case-review.yaml', a.resultId);
    assert.equal(pulled.kind, 'unchanged');
    await session.stop();
  });

  it('hold the request until a closed review changes, and then tell of that one', async () => {
    const session = await LspSession.start({
      files: {
        ...FORCE_PACK,
        'a.case-review.yaml': withFinding('CASE-1A1A1A'),
        'b.case-review.yaml': clean('CASE-2A2A2A'),
        'c.case-review.yaml': clean('CASE-3A3A3A'),
      },
    });
    await session.open('c.case-review.yaml');
    const first = await poll(session).answer;
    const { answer, state } = poll(session, first);
    await session.replace('c.case-review.yaml', 'recorded_at: 2026-02-03', 'recorded_at: 2026-02-06');
    await settle(session, 'c.case-review.yaml');
    await session.write('a.case-review.yaml', `${withFinding('CASE-1A1A1A')}# a note\n`);
    await settle(session, 'c.case-review.yaml');
    assert.equal(state.isAnswered, true, 'the open review is new to the client');
    const second = await answer;
    assert.deepEqual(names(second), ['c.case-review.yaml']);

    const known = { items: [...first.items, ...second.items] };
    const held = poll(session, known);
    await session.replace('c.case-review.yaml', 'recorded_at: 2026-02-06', 'recorded_at: 2026-02-07');
    await session.write('a.case-review.yaml', `${withFinding('CASE-1A1A1A')}# another note\n`);
    await settle(session, 'c.case-review.yaml');
    assert.equal(
      held.state.isAnswered,
      false,
      'neither an edit of an open review nor a change without effect is news',
    );
    await session.write('b.case-review.yaml', withFinding('CASE-2A2A2A'));
    assert.ok(names(await held.answer).includes('b.case-review.yaml'));
    await session.stop();
  });

  it('clear what is gone: repaired, deleted, or out of scope', async () => {
    const session = await LspSession.start({
      files: {
        ...FORCE_PACK,
        'a.case-review.yaml': withFinding('CASE-1A1A1A'),
        'b.case-review.yaml': withFinding('CASE-2A2A2A'),
        'c.case-review.yaml': withFinding('CASE-3A3A3A'),
      },
    });
    let known = await poll(session).answer;
    const next = async () => {
      const { answer } = poll(session, known);
      const news = await answer;
      known = {
        items: [
          ...known.items.filter(({ uri }) => !news.items.some(item => item.uri === uri)),
          ...news.items,
        ],
      };
      return news.items.map(item => [
        item.uri.slice(uriOf('').length),
        item.kind === 'full' && item.items.length,
      ]);
    };
    await session.write('a.case-review.yaml', clean('CASE-1A1A1A'));
    assert.deepEqual(await next(), [['a.case-review.yaml', 0]]);
    await session.write('b.case-review.yaml', undefined);
    assert.deepEqual(await next(), [['b.case-review.yaml', 0]]);
    await session.changeSettings({ diagnostics: { scope: 'open' } });
    assert.deepEqual((await next()).sort(), [
      ['a.case-review.yaml', 0],
      ['c.case-review.yaml', 0],
    ]);
    await session.stop();
  });

  it('leave closed reviews out from the start when the scope is `open`', async () => {
    const session = await LspSession.start({
      capabilities: { ...MODERN, workspace: { ...MODERN.workspace, configuration: true } },
      settings: { diagnostics: { scope: 'open' } },
      files: {
        ...FORCE_PACK,
        'a.case-review.yaml': withFinding('CASE-1A1A1A'),
        'b.case-review.yaml': withFinding('CASE-2A2A2A'),
      },
    });
    await session.open('b.case-review.yaml');
    assert.deepEqual(names(await poll(session).answer), ['b.case-review.yaml']);
    await session.stop();
  });

  it('re-check what links to a review that changes', async () => {
    const linking = reviewText({ id: 'CASE-1A1A1A', more: 'links:\n  cases: [{ref: CASE-2A2A2A}]\n' });
    const session = await LspSession.start({
      files: { ...FORCE_PACK, 'a.case-review.yaml': linking, 'b.case-review.yaml': clean('CASE-2A2A2A') },
    });
    const first = await poll(session).answer;
    const codes = (report: WorkspaceDiagnosticReport) =>
      report.items.flatMap(item => (item.kind === 'full' ? item.items.map(({ code }) => code) : []));
    assert.ok(!codes(first).includes('links/linked-known'));
    const { answer } = poll(session, first);
    await session.write('b.case-review.yaml', undefined);
    const second = await answer;
    assert.deepEqual(names(second), ['a.case-review.yaml']);
    assert.ok(codes(second).includes('links/linked-known'));
    await session.stop();
  });

  it('leave out what the configuration ignores', async () => {
    const session = await LspSession.start({
      files: {
        ...FORCE_PACK,
        'case-review.config.yaml': 'packs: [./policies/force]\nignore: [old/]\n',
        'old/a.case-review.yaml': withFinding('CASE-1A1A1A'),
        'b.case-review.yaml': withFinding('CASE-2A2A2A'),
      },
    });
    assert.deepEqual(names(await poll(session).answer), ['b.case-review.yaml']);
    await session.open('old/a.case-review.yaml');
    assert.deepEqual(await session.diagnostics('old/a.case-review.yaml'), []);
    await session.stop();
  });

  it('leave out what a search passes over, also when it is saved, until somebody opens it', async () => {
    const name = 'left-out/a.case-review.yaml';
    const session = await LspSession.start({
      files: { ...FORCE_PACK, 'b.case-review.yaml': withFinding('CASE-2A2A2A') },
    });
    await session.write(name, withFinding('CASE-1A1A1A'));
    assert.deepEqual(names(await poll(session).answer), ['b.case-review.yaml']);
    await session.open(name);
    assert.equal((await session.diagnostics(name)).length, 1);
    await session.stop();
  });

  it('let go of a request that is cancelled', async () => {
    const session = await LspSession.start({
      files: { ...FORCE_PACK, 'a.case-review.yaml': withFinding('CASE-1A1A1A') },
    });
    const source = new CancellationTokenSource();
    const { answer } = poll(session, await poll(session).answer, source.token);
    await settle(session, 'a.case-review.yaml');
    source.cancel();
    await assert.rejects(answer, { code: -32800 });
    await session.stop();
  });

  it('do not keep a request for an open review waiting during the first scan', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 400 }, (_, at) => [
        `r${at}.case-review.yaml`,
        withFinding(`CASE-${at % 10}A${at % 7}B${at % 3}C`),
      ]),
    );
    const session = await LspSession.start({
      files: { ...FORCE_PACK, ...many },
      capabilities: { ...MODERN, window: { workDoneProgress: true } },
    });
    const whole = poll(session);
    await session.open('r7.case-review.yaml');
    await session.until(() => session.progress.includes('begin'), 'the scan to begin');
    assert.equal((await session.diagnostics('r7.case-review.yaml')).length, 1);
    assert.ok(!session.progress.includes('end'), 'the answer came while reviews were still being read');
    assert.equal((await whole.answer).items.length, 400);
    assert.ok(session.progress.some(message => message === 'report 100 of 400'));
    assert.equal(session.progress.at(-1), 'end');
    await session.stop();
  });

  it('come in parts during the first scan when the client takes parts', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 200 }, (_, at) => [`r${at}.case-review.yaml`, withFinding('CASE-1A1A1A')]),
    );
    const session = await LspSession.start({ files: { ...FORCE_PACK, ...many } });
    const parts: WorkspaceDiagnosticReport[] = [];
    session.connection.onProgress(
      WorkspaceDiagnosticRequest.partialResult,
      'parts',
      part => void parts.push(part),
    );
    const params = { previousResultIds: [], partialResultToken: 'parts' };
    const rest = await session.connection.sendRequest(WorkspaceDiagnosticRequest.type, params);
    const found = new Set([...parts, rest].flatMap(part => part.items.map(({ uri }) => uri)));
    assert.equal(found.size, 200);
    assert.ok(parts.length === 0 || rest.items.length === 0, 'what comes in parts comes in parts only');
    await session.stop();
  });
});
