/** The server as a whole: what it says of itself, what becomes of its own failures, and how its process ends. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { canonicalUri, isWithin } from '../../server/src/lsp/canonical-uri.ts';
import { describeFault } from '../../server/src/lsp/fence.ts';
import type { KindsResult, NewReviewResult } from '../../server/src/protocol.ts';
import { LspSession, MODERN, uriOf } from '../support/lsp-session.ts';
import { FORCE_PACK, reviewText } from '../support/reviews.ts';

const NAME = 'a.case-review.yaml';
const SECRET = 'a child in plain words';

describe('the server', () => {
  it('advertises what it can do', async () => {
    const session = await LspSession.start();
    const { capabilities } = session.initialized;
    assert.equal(
      capabilities.textDocumentSync &&
        typeof capabilities.textDocumentSync === 'object' &&
        capabilities.textDocumentSync.change,
      2,
    );
    assert.deepEqual(capabilities.diagnosticProvider, {
      interFileDependencies: true,
      workspaceDiagnostics: true,
    });
    assert.deepEqual(capabilities.codeActionProvider, {
      codeActionKinds: ['quickfix', 'refactor.extract', 'source.fixAll.caseReview'],
    });
    assert.equal(capabilities.positionEncoding, 'utf-16');
    await session.stop();
  });

  it('answers with nothing and one log line without content when something of ours breaks', async () => {
    const session = await LspSession.start({
      strict: false,
      breakWorkspace: workspace =>
        new Proxy(workspace, {
          get: (target, name) => {
            if (name === 'report')
              return function judge() {
                throw new RangeError(`${SECRET}\n    at ${SECRET.replaceAll(' ', '')} (x)`);
              };
            const member: unknown = Reflect.get(target, name);
            return typeof member === 'function' ? member.bind(target) : member;
          },
        }),
    });
    await session.open(NAME, reviewText());
    assert.deepEqual(await session.pull(NAME), { kind: 'full', items: [] });
    await session.until(() => session.log.length > 0, 'a log line');
    assert.equal(session.log.length, 1);
    assert.match(session.log[0] ?? '', /^document diagnostics failed: RangeError in (?:\w+\.)?judge < /);
    assert.ok(!session.log.join().includes('child'));
    await session.stop();
  });

  it('says nothing of what was thrown that is no Error', () => {
    assert.equal(describeFault('hover', SECRET), 'hover failed: not an Error');
  });

  it('lists the kinds of review and makes a new one that it can read', async () => {
    const session = await LspSession.start();
    const kinds = await session.connection.sendRequest<KindsResult>('caseReview/kinds');
    assert.deepEqual(kinds.find(({ value }) => value === 'cse')?.title, 'Child sexual exploitation');
    const made = await session.connection.sendRequest<NewReviewResult>('caseReview/newReview', {
      kinds: ['cse', 'missing', 'no such'],
    });
    assert.match(made.suggestedName, /^CASE-[0-9A-Z]{6}\.case-review\.yaml$/);
    assert.match(made.text, /kind: \[cse, missing\]\n/);
    assert.match(made.text, /reviewed_at: 2026-03-10T10:30:00Z\n/);
    assert.ok(made.cursor > 0 && made.cursor < made.text.length);
    await session.open(made.suggestedName, made.text);
    const codes = (await session.diagnostics(made.suggestedName))
      .filter(({ severity }) => severity === 1)
      .map(({ code }) => code);
    assert.deepEqual(codes, []);
    await session.stop();
  });

  it('watches files itself where the client lets it', async () => {
    const workspace = { ...MODERN.workspace, didChangeWatchedFiles: { dynamicRegistration: true } };
    const session = await LspSession.start({ files: FORCE_PACK, capabilities: { ...MODERN, workspace } });
    await session.until(() => session.registered.length > 0, 'a registration');
    assert.deepEqual(session.registered, ['workspace/didChangeWatchedFiles']);
    await session.stop();
  });

  it('reads a folder that is added, and forgets one that is removed', async () => {
    const session = await LspSession.start({ folders: [], files: { [NAME]: 'review: 1\n' } });
    const poll = (previousResultIds: object[]) =>
      session.connection.sendRequest<{ items: { uri: string; resultId: string; items: object[] }[] }>(
        'workspace/diagnostic',
        { previousResultIds },
      );
    assert.deepEqual(await poll([]), { items: [] });
    const added = poll([]);
    const folder = { uri: 'file:///reviews', name: 'reviews' };
    await session.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [folder], removed: [] },
    });
    const [item] = (await added).items;
    assert.equal(item?.uri, uriOf(NAME));
    const removed = poll([{ uri: item.uri, value: item.resultId }]);
    await session.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed: [folder] },
    });
    assert.deepEqual(
      (await removed).items.map(({ items }) => items),
      [[]],
    );
    await session.stop();
  });
});

describe('the process', () => {
  it('ends with 0 after shutdown and exit', async () => {
    const { connection, ended } = spawnServer();
    await connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} });
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    assert.equal(await ended, 0);
  });

  it('ends with 1 without shutdown, by exit or by losing its client', async () => {
    const first = spawnServer();
    await first.connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} });
    await first.connection.sendNotification('exit');
    assert.equal(await first.ended, 1);
    const second = spawnServer();
    await second.connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} });
    second.child.stdin?.end();
    assert.equal(await second.ended, 1);
  });

  it('ends when the process of its client is gone, though its input stays open', async () => {
    const editor = spawn(process.execPath, ['--eval', '']);
    await once(editor, 'exit');
    const { connection, ended } = spawnServer();
    await connection.sendRequest('initialize', {
      processId: editor.pid!,
      rootUri: null,
      capabilities: {},
    });
    assert.equal(await ended, 1);
  });

  it('finds a review on disk', async () => {
    const { connection, ended } = spawnServer();
    const folder = new URL('../../../test/lsp/', import.meta.url).href;
    await connection.sendRequest('initialize', {
      processId: null,
      rootUri: folder,
      capabilities: { textDocument: { diagnostic: {} } },
    });
    await connection.sendNotification('initialized', {});
    const textDocument = {
      uri: `${folder}a.case-review.yaml`,
      languageId: 'case-review',
      version: 1,
      text: 'review: 1\n',
    };
    await connection.sendNotification('textDocument/didOpen', { textDocument });
    const report = await connection.sendRequest<{ items: object[] }>('textDocument/diagnostic', {
      textDocument: { uri: textDocument.uri },
    });
    assert.ok(report.items.length > 0);
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    assert.equal(await ended, 0);
  });
});

describe('canonicalUri', () => {
  it('spells as Node does what VS Code spells otherwise', () => {
    assert.equal(
      canonicalUri('file:///c%3A/R%26D/%23%201%3F/%C3%BC%25.yaml'),
      'file:///c:/R&D/%23%201%3F/%C3%BC%25.yaml',
    );
    for (const uri of ['untitled:Untitled-1', 'file:///plain/a.yaml', 'file:///bad/%E0%A4%A'])
      assert.equal(canonicalUri(uri), uri);
  });

  it('knows what is below a folder by whole names', () => {
    assert.equal(isWithin('file:///a/b.yaml', ['file:///a']), true);
    assert.equal(isWithin('file:///ab/b.yaml', ['file:///a', 'file:///ab/c/']), false);
  });
});

function spawnServer(): {
  child: ChildProcess;
  connection: MessageConnection;
  ended: Promise<number | null>;
} {
  const main = new URL('../../server/src/main.js', import.meta.url);
  const child = spawn(process.execPath, [main.pathname, 'lsp', '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout!),
    new StreamMessageWriter(child.stdin!),
  );
  connection.listen();
  return { child, connection, ended: once(child, 'exit').then(([code]) => code as number | null) };
}
