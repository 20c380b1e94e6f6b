/** How the server behaves beside its answers: it opens no window, reads no file without need, and stops when it is told to. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  CancellationTokenSource,
  DocumentDiagnosticRequest,
  HoverRequest,
  LSPErrorCodes,
  ReferencesRequest,
  RenameRequest,
  ResponseError,
  WorkspaceDiagnosticRequest,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver-protocol/node';
import type { FileProvider } from '../../server/src/workspace/file-provider.ts';
import type { Workspace } from '../../server/src/workspace/workspace.ts';
import { LspSession, MODERN, PLAIN, uriOf } from '../support/lsp-session.ts';
import { FORCE_PACK, LATE, reviewText } from '../support/reviews.ts';

const NAME = 'a.case-review.yaml';
const CONFIG = 'case-review.config.yaml';

const OTHERS = Object.fromEntries(
  Array.from({ length: 400 }, (_, at) => {
    const id = `CASE-${String(at).padStart(6, '2')}`;
    return [`others/${at}.case-review.yaml`, reviewText({ more: LATE }).replace(/CASE-\w+/, id)];
  }),
);

describe('the server opens no window', () => {
  for (const [client, capabilities] of Object.entries({ 'that pulls': MODERN, 'that is plain': PLAIN })) {
    it(`for opening, editing, breaking and closing, with a client ${client}`, async () => {
      const session = await LspSession.start({ files: FORCE_PACK, capabilities });
      await session.open(NAME, reviewText({ more: LATE }));
      await session.open('broken.case-review.yaml', 'schema: [\n');
      await session.replace(NAME, 'schema:', 'schema: : [');
      await session.write(CONFIG, 'packs: 1\n');
      await session.pushed(CONFIG);
      await session.write(CONFIG, 'packs: [./no-such-folder]\n');
      await session.write('policies/force/pack.yaml', '{');
      await session.write('policies/force/recording/recorded-in-time.yaml', undefined);
      await session.until(() => session.log.length > 1, 'the lines in the log');
      await session.close('broken.case-review.yaml');
      await session.scanned().catch(() => undefined);
      assert.deepEqual(session.messages, []);
      await session.stop();
    });
  }
});

describe('the server reads files of others', () => {
  it('only for the first scan, however much is edited and asked', async () => {
    const reads = new Map<string, number>();
    const session = await LspSession.start({
      files: { ...OTHERS, [NAME]: reviewText() },
      capabilities: { ...MODERN, workspace: { ...MODERN.workspace, didChangeWatchedFiles: WATCHES } },
      wrapFiles: files => tellReads(files, uri => reads.set(uri, (reads.get(uri) ?? 0) + 1)),
    });
    await session.scanned();
    const others = () => [...reads.values()];
    const scanned = others();
    assert.equal(scanned.length, 400);

    await session.open(NAME);
    await session.replace(NAME, 'schema:', '# a note\nschema:');
    const document = session.documents.get(uriOf(NAME))!;
    await session.diagnostics(NAME);
    const textDocument = { uri: uriOf(NAME) };
    const range = { start: { line: 0, character: 0 }, end: document.positionAt(document.getText().length) };
    for (const method of ['inlayHint', 'codeLens', 'documentSymbol', 'foldingRange', 'semanticTokens/full'])
      await session.connection.sendRequest(`textDocument/${method}`, { textDocument, range });
    for (const method of ['hover', 'completion', 'definition'])
      await session.connection.sendRequest(`textDocument/${method}`, { textDocument, position: range.end });
    await session.close(NAME);
    await session.open(NAME);
    await session.diagnostics(NAME);
    assert.deepEqual(others(), scanned);
    await session.stop();
  });
});

describe('reading all reviews', () => {
  /** A session with one review open, and others of which each fills a slice; at the fifth, somebody types and asks. */
  async function start(count: number) {
    const read = new Set<string>();
    const typing: { answered?: Promise<number> } = {};
    let begin = (): void => {};
    const session: LspSession = await LspSession.start({
      files: Object.fromEntries([...Object.entries(OTHERS).slice(0, count), [NAME, reviewText()]]),
      capabilities: { ...MODERN, window: { workDoneProgress: true } },
      holdScan: new Promise(resolve => {
        begin = resolve;
      }),
      wrapFiles: files =>
        tellReads(files, uri => {
          if (read.has(uri)) return;
          read.add(uri);
          fillSlice();
          if (read.size === 5) typing.answered = typeAndAsk();
        }),
    });
    const typeAndAsk = async (): Promise<number> => {
      await session.replace(NAME, 'schema:', '# a note\nschema:');
      await session.diagnostics(NAME);
      return read.size;
    };
    await session.open(NAME);
    await session.diagnostics(NAME);
    begin();
    return { session, read, typing };
  }

  it('lets a letter, and what is asked behind it, go before the review that is next but one', async () => {
    const { session, read, typing } = await start(20);
    await session.scanned();
    assert.equal(read.size, 20);
    const first = await typing.answered!;
    assert.ok(first <= 6, `in the first scan, ${first} had been read when the answer to the fifth came`);

    read.clear();
    await session.write(CONFIG, 'packs: [england-wales]\n');
    await session.scanned();
    assert.equal(read.size, 20);
    const again = await typing.answered!;
    assert.ok(
      again <= 6,
      `after a change of the policy, ${again} had been read when the answer to the fifth came`,
    );
    await session.stop();
  });

  it('goes on while somebody asks without a pause', async () => {
    const { session, read } = await start(4);
    let isScanned = false;
    const scanned = session.scanned().then(() => {
      isScanned = true;
    });
    const position = { line: 2, character: 8 };
    while (!isScanned)
      await session.connection.sendRequest(HoverRequest.type, {
        textDocument: { uri: uriOf(NAME) },
        position,
      });
    await scanned;
    assert.equal(read.size, 4);
    await session.stop();
  });
});

it('a request that is cancelled before its turn is not worked on', async () => {
  let judged = 0;
  const session = await LspSession.start({
    files: { [NAME]: reviewText() },
    breakWorkspace: workspace => tellJudging(workspace, () => judged++, NAME),
  });
  await session.scanned();
  await session.open(NAME);
  judged = 0;
  const source = new CancellationTokenSource();
  const answer = session.connection.sendRequest(
    DocumentDiagnosticRequest.type,
    { textDocument: { uri: uriOf(NAME) } },
    source.token,
  );
  source.cancel();
  await assert.rejects(answer, { code: LSPErrorCodes.RequestCancelled });
  assert.equal(judged, 0);
  await session.diagnostics(NAME);
  assert.equal(judged, 1);
  await session.stop();
});

describe('a request that is cancelled while it is worked on', () => {
  const position = { line: 2, character: 8 };
  const at = { textDocument: { uri: uriOf(NAME) }, position };
  const requests: Readonly<
    Record<string, (session: LspSession, source: CancellationTokenSource) => Promise<unknown>>
  > = {
    'workspace diagnostics': ({ connection }, { token }) =>
      connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] }, token),
    'workspace symbols': ({ connection }, { token }) =>
      connection.sendRequest(WorkspaceSymbolRequest.type, { query: 'case' }, token),
    references: ({ connection }, { token }) =>
      connection.sendRequest(ReferencesRequest.type, { ...at, context: { includeDeclaration: true } }, token),
    rename: ({ connection }, { token }) =>
      connection.sendRequest(RenameRequest.type, { ...at, newName: 'CASE-9Z9Z9Z' }, token),
  };

  for (const [name, ask] of Object.entries(requests)) {
    it(`stops ${name}: its work ends there, and the answer says so`, async () => {
      const source = new CancellationTokenSource();
      let isAsked = false;
      let looks = 0;
      /** Looks at a review as at a long one, which fills a slice, and is cancelled at the third. */
      const look = (): void => {
        if (!isAsked) return;
        fillSlice();
        looks += 1;
        if (looks === 3) source.cancel();
      };
      const session = await LspSession.start({
        files: { ...OTHERS, [NAME]: reviewText() },
        wrapFiles: files => tellReads(files, look),
        breakWorkspace: workspace => tellJudging(workspace, look),
      });
      await session.scanned();
      await session.open(NAME);
      // From here on nothing is known of the others.
      await session.write(CONFIG, 'packs: [england-wales]\n');
      await session.diagnostics(NAME);
      isAsked = true;
      await assert.rejects(
        ask(session, source),
        error => error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled,
      );
      isAsked = false;
      assert.ok(looks < 40, `${looks} of 400 reviews were looked at`);
      await session.stop();
    });
  }
});

const WATCHES = { dynamicRegistration: true };

/** Tells of every read of a review of others. */
function tellReads(files: FileProvider, tell: (uri: string) => void): FileProvider {
  return {
    ...files,
    read(uri) {
      if (uri.includes('/others/')) tell(uri);
      return files.read(uri);
    },
  };
}

/** Takes as long as a long review. */
function fillSlice(): void {
  const end = performance.now() + 4;
  while (performance.now() < end);
}

/** Tells of every review that is judged, of others unless it is said of which. */
function tellJudging(workspace: Workspace, tell: () => void, part = '/others/'): Workspace {
  return new Proxy(workspace, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        if (name === 'report' && String(args[0]).includes(part)) tell();
        return member.apply(target, args);
      };
    },
  });
}
