/** How the server behaves beside its answers: it opens no window, reads no file without need, and stops when it is told to. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  CancellationTokenSource,
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

describe('the first scan', () => {
  /** A scan of `count` reviews, each as long as a slice, with a review open; `look` is called for each that is read. */
  async function startScan(count: number, look: (session: LspSession) => void): Promise<LspSession> {
    let begin = (): void => {};
    const seen = new Set<string>();
    const session = await LspSession.start({
      files: Object.fromEntries([...Object.entries(OTHERS).slice(0, count), [NAME, reviewText()]]),
      capabilities: { ...MODERN, window: { workDoneProgress: true } },
      holdScan: new Promise(resolve => {
        begin = resolve;
      }),
      wrapFiles: files =>
        tellReads(files, uri => {
          if (seen.has(uri)) return;
          seen.add(uri);
          const end = performance.now() + 4;
          while (performance.now() < end);
          look(session);
        }),
    });
    await session.open(NAME);
    await session.diagnostics(NAME);
    begin();
    return session;
  }
  const hover = ({ connection }: LspSession) =>
    connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: uriOf(NAME) },
      position: { line: 2, character: 8 },
    });

  it('lets a letter and what is asked behind it come before the review that is next but one', async () => {
    let looks = 0;
    let answered: Promise<number> | undefined;
    const session = await startScan(20, one => {
      looks += 1;
      if (looks !== 5) return;
      void one.replace(NAME, 'schema:', '# a note\nschema:');
      answered = one.diagnostics(NAME).then(() => looks);
    });
    await session.scanned();
    assert.equal(looks, 20);
    assert.ok(
      (await answered)! <= 6,
      `${await answered} reviews were read before the answer to what the fifth met`,
    );
    await session.stop();
  });

  it('goes on while somebody asks without a pause', async () => {
    let looks = 0;
    const session = await startScan(4, () => {
      looks += 1;
    });
    let isScanned = false;
    const scanned = session.scanned().then(() => {
      isScanned = true;
    });
    while (!isScanned) await hover(session);
    await scanned;
    assert.equal(looks, 4);
    await session.stop();
  });
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
        const end = performance.now() + 4;
        while (performance.now() < end);
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

/** Tells of every review of others that is judged. */
function tellJudging(workspace: Workspace, tell: () => void): Workspace {
  return new Proxy(workspace, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        if (name === 'report' && String(args[0]).includes('/others/')) tell();
        return member.apply(target, args);
      };
    },
  });
}
