/**
 * A language client in the test's own process, joined to a real server over two in-memory streams, with files in a
 * map instead of a disk. Everything waits for a message with a deadline; nothing sleeps.
 */
import { PassThrough } from 'node:stream';
import { createConnection } from 'vscode-languageserver/node';
import {
  type ClientCapabilities,
  createMessageConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  FileChangeType,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  LogMessageNotification,
  type MessageConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  ShowMessageNotification,
  ShowMessageRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
  WorkspaceDiagnosticRequest,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { startServer } from '../../server/src/lsp/start.ts';
import {
  CHECKLIST_CHANGED_NOTIFICATION,
  FIND_FILES_REQUEST,
  type FindFilesParams,
  POLICY_TROUBLE_NOTIFICATION,
  type PolicyTroubleParams,
  READ_FILES_REQUEST,
  type ReadFilesParams,
  type ReadFilesResult,
  TIMELINE_CHANGED_NOTIFICATION,
} from '../../server/src/protocol.ts';
import type { FileProvider } from '../../server/src/workspace/file-provider.ts';
import { createWorkspace } from '../../server/src/workspace/review-workspace.ts';
import type { Workspace } from '../../server/src/workspace/workspace.ts';

export const FOLDER = 'file:///reviews';
const DEADLINE_MS = 10_000;

/** A client that pulls and can do everything the server makes use of. */
export const MODERN: ClientCapabilities = {
  general: { positionEncodings: ['utf-16'] },
  textDocument: {
    diagnostic: {
      relatedInformation: true,
      codeDescriptionSupport: true,
      dataSupport: true,
      tagSupport: { valueSet: [1] },
    },
    codeAction: {
      isPreferredSupport: true,
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
    },
    completion: { completionItem: { snippetSupport: true, insertTextModeSupport: { valueSet: [1, 2] } } },
    hover: { contentFormat: ['markdown', 'plaintext'] },
  },
  workspace: {
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true },
    workspaceFolders: true,
  },
};

/** A client such as Neovim 0.7: diagnostics are pushed, nothing is registered later. */
export const PLAIN: ClientCapabilities = {
  textDocument: {
    publishDiagnostics: { relatedInformation: true, dataSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
    hover: { contentFormat: ['plaintext'] },
  },
};

export interface SessionOptions {
  /** Files by name below the folder. */
  readonly files?: Readonly<Record<string, string>>;
  readonly capabilities?: ClientCapabilities;
  /** What the client answers to `workspace/configuration`. */
  readonly settings?: unknown;
  /** False to see what the fence makes of exceptions. */
  readonly strict?: boolean;
  /** As the program does; tests of anything else want the whole answer at once. */
  readonly showsFormFirst?: boolean;
  readonly folders?: readonly string[];
  /** Puts something in the place of the workspace, to see what becomes of its failures. */
  readonly breakWorkspace?: (workspace: Workspace) => Workspace;
  /** Which files the server reaches itself; all of them without this. */
  readonly reaches?: (uri: string) => boolean;
  /** Puts something in the place of the files, to see what is read. */
  readonly wrapFiles?: (files: FileProvider) => FileProvider;
  /** The server starts to read reviews only when this is settled (with progress among the capabilities). */
  readonly holdScan?: Promise<void>;
  /** Where the program lies; nowhere without it. */
  readonly home?: string;
  /** The language of the editor. */
  readonly locale?: string;
  /** Sent along with `initialize`. */
  readonly initializationOptions?: unknown;
}

export class LspSession {
  readonly connection: MessageConnection;
  readonly files: Map<string, string>;
  readonly documents = new Map<string, TextDocument>();
  readonly published: PublishDiagnosticsParams[] = [];
  readonly messages: string[] = [];
  readonly log: string[] = [];
  /** What was told of trouble with the policy; empty where it was over. */
  readonly trouble: string[] = [];
  readonly registered: string[] = [];
  /** What the client was asked to read. */
  readonly read: string[] = [];
  initialized!: InitializeResult;
  /** What the server itself works with, to look behind the protocol. */
  workspace!: Workspace;
  refreshes = 0;
  hintRefreshes = 0;
  lensRefreshes = 0;
  checklistNews = 0;
  timelineNews = 0;
  progress: string[] = [];
  #settings: unknown;
  readonly #waiting = new Set<() => void>();

  private constructor(
    connection: MessageConnection,
    files: Map<string, string>,
    { settings, holdScan }: SessionOptions,
  ) {
    this.connection = connection;
    this.files = files;
    this.#settings = settings;
    const note = (action: () => void): void => {
      action();
      for (const check of this.#waiting) check();
    };
    connection.onNotification(PublishDiagnosticsNotification.type, params =>
      note(() => this.published.push(params)),
    );
    connection.onNotification(ShowMessageNotification.type, params =>
      note(() => this.messages.push(params.message)),
    );
    connection.onRequest(ShowMessageRequest.type, params => {
      note(() => this.messages.push(params.message));
      return null;
    });
    connection.onNotification(LogMessageNotification.type, params =>
      note(() => this.log.push(params.message)),
    );
    connection.onUnhandledProgress(({ value }) => {
      const { kind, message } = value as { kind: string; message?: string };
      note(() => this.progress.push([kind, message].filter(Boolean).join(' ')));
    });
    connection.onNotification(POLICY_TROUBLE_NOTIFICATION, ({ message }: PolicyTroubleParams) =>
      note(() => this.trouble.push(message)),
    );
    connection.onNotification(CHECKLIST_CHANGED_NOTIFICATION, () => note(() => this.checklistNews++));
    connection.onNotification(TIMELINE_CHANGED_NOTIFICATION, () => note(() => this.timelineNews++));
    connection.onRequest('workspace/diagnostic/refresh', () => {
      note(() => this.refreshes++);
      return null;
    });
    connection.onRequest('workspace/inlayHint/refresh', () => {
      note(() => this.hintRefreshes++);
      return null;
    });
    connection.onRequest('workspace/codeLens/refresh', () => {
      note(() => this.lensRefreshes++);
      return null;
    });
    connection.onRequest('workspace/configuration', () => [this.#settings ?? null]);
    connection.onRequest(
      'client/registerCapability',
      ({ registrations }: { registrations: { method: string }[] }) => {
        note(() => this.registered.push(...registrations.map(({ method }) => method)));
        return null;
      },
    );
    connection.onRequest(FIND_FILES_REQUEST, ({ uris }: FindFilesParams) =>
      [...files.keys()].filter(uri => uris.some(folder => uri.startsWith(folder))),
    );
    connection.onRequest(READ_FILES_REQUEST, ({ uris }: ReadFilesParams): ReadFilesResult => {
      note(() => this.read.push(...uris));
      return uris.map(uri => {
        const text = files.get(uri);
        return text === undefined ? { trouble: 'absent' } : { text };
      });
    });
    connection.onRequest('window/workDoneProgress/create', async () => {
      await holdScan;
      return null;
    });
    connection.listen();
  }

  static async start(options: SessionOptions = {}): Promise<LspSession> {
    const files = new Map(Object.entries(options.files ?? {}).map(([name, text]) => [uriOf(name), text]));
    const provider = options.wrapFiles?.(mapFiles(files)) ?? mapFiles(files);
    /** Lines of the `.gitignore` name folders. */
    const isLeftOut = (uri: string): boolean =>
      (files.get(uriOf('.gitignore')) ?? 'left-out/')
        .split('\n')
        .some(line => line && uri.includes(`/${line}`));
    let workspace: Workspace | undefined;
    const [toServer, toClient] = [new PassThrough(), new PassThrough()];
    const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
    startServer(server, {
      files: provider,
      createWorkspace: (provided, made) => {
        workspace = createWorkspace(provided, made);
        return options.breakWorkspace?.(workspace) ?? workspace;
      },
      findReviews: folders =>
        [...files.keys()]
          .filter(uri => folders.some(folder => uri.startsWith(folder)) && /\.case-review\.ya?ml$/.test(uri))
          .filter(uri => !isLeftOut(uri))
          .sort(),
      isLeftOut,
      now: () => new Date('2026-03-10T10:30:00Z'),
      ...(options.reaches && { reaches: options.reaches }),
      strict: options.strict ?? true,
      showsFormFirst: options.showsFormFirst ?? false,
      ...(options.home !== undefined && { home: options.home }),
    });
    const client = createMessageConnection(
      new StreamMessageReader(toClient),
      new StreamMessageWriter(toServer),
    );
    const session = new LspSession(client, files, options);
    session.initialized = await client.sendRequest(InitializeRequest.type, {
      processId: null,
      rootUri: null,
      workspaceFolders: (options.folders ?? [FOLDER]).map(uri => ({ uri, name: uri })),
      capabilities: options.capabilities ?? MODERN,
      ...(options.locale !== undefined && { locale: options.locale }),
      initializationOptions: options.initializationOptions,
    });
    session.workspace = workspace!;
    await client.sendNotification(InitializedNotification.type, {});
    return session;
  }

  async open(
    name: string,
    text = this.files.get(uriOf(name)) ?? '',
    languageId = 'case-review',
  ): Promise<TextDocument> {
    const document = TextDocument.create(uriOf(name), languageId, 1, text);
    this.documents.set(uriOf(name), document);
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: document.uri, languageId, version: 1, text },
    });
    return document;
  }

  /** Makes edits in the client's document and sends them as one change. */
  async edit(name: string, ...edits: readonly TextEdit[]): Promise<void> {
    const document = this.documents.get(uriOf(name))!;
    const version = document.version + 1;
    // Events of one notification are made one after the other, so from the last to the first.
    const changes = [...edits].sort(
      (a, b) => document.offsetAt(b.range.start) - document.offsetAt(a.range.start),
    );
    const contentChanges = changes.map(({ range, newText }) => ({ range, text: newText }));
    TextDocument.update(document, contentChanges, version);
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: document.uri, version },
      contentChanges,
    });
  }

  /** Replaces the only occurrence of a stretch of text. */
  async replace(name: string, before: string, after: string): Promise<void> {
    const document = this.documents.get(uriOf(name))!;
    const start = document.getText().indexOf(before);
    if (start < 0) throw new Error(`The text to replace is not in ${name}: ${before}`);
    const range = { start: document.positionAt(start), end: document.positionAt(start + before.length) };
    await this.edit(name, { range, newText: after });
  }

  async apply(edit: WorkspaceEdit): Promise<void> {
    for (const change of edit.documentChanges ?? []) {
      if ('edits' in change) await this.edit(change.textDocument.uri, ...(change.edits as TextEdit[]));
    }
    for (const [uri, edits] of Object.entries(edit.changes ?? {})) await this.edit(uri, ...edits);
  }

  async close(name: string): Promise<void> {
    this.documents.delete(uriOf(name));
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri: uriOf(name) },
    });
  }

  /** Writes a file behind the editor's back and has the watcher tell of it; undefined deletes. */
  async write(name: string, text: string | undefined): Promise<void> {
    const uri = uriOf(name);
    const type =
      text === undefined
        ? FileChangeType.Deleted
        : this.files.has(uri)
          ? FileChangeType.Changed
          : FileChangeType.Created;
    if (text === undefined) this.files.delete(uri);
    else this.files.set(uri, text);
    await this.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri, type }],
    });
  }

  pull(name: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri: uriOf(name) },
      ...(previousResultId !== undefined && { previousResultId }),
    });
  }

  /** Waits until every review of the folders is read: the first such request is answered then. */
  async scanned(): Promise<void> {
    await this.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
  }

  async diagnostics(name: string): Promise<Diagnostic[]> {
    const report = await this.pull(name);
    return report.kind === 'full' ? report.items : [];
  }

  /** The next diagnostics pushed for a document that satisfy a condition, from `since` on. */
  async pushed(
    name: string,
    isIt: (params: PublishDiagnosticsParams) => boolean = () => true,
    since = 0,
  ): Promise<PublishDiagnosticsParams> {
    const find = () => this.published.slice(since).find(params => params.uri === uriOf(name) && isIt(params));
    await this.until(() => find() !== undefined, `diagnostics of ${name}`);
    return find()!;
  }

  /** Waits until messages of the server have made a condition true. */
  async until(isTrue: () => boolean, what: string): Promise<void> {
    if (isTrue()) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => end(() => reject(new Error(`Waited in vain for ${what}`))), DEADLINE_MS);
      const check = (): void => {
        if (isTrue()) end(resolve);
      };
      const end = (settle: () => void): void => {
        clearTimeout(timer);
        this.#waiting.delete(check);
        settle();
      };
      this.#waiting.add(check);
    });
  }

  async changeSettings(settings: unknown): Promise<void> {
    this.#settings = settings;
    await this.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { caseReview: settings },
    });
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest(ShutdownRequest.type);
    this.connection.dispose();
  }
}

/** A name below the folder, or a URI as it is. */
export function uriOf(name: string): string {
  return /^\w+:/.test(name) ? name : `${FOLDER}/${name}`;
}

function mapFiles(files: ReadonlyMap<string, string>): FileProvider {
  const below = (folder: string): string[] => {
    const start = folder.endsWith('/') ? folder : `${folder}/`;
    return [...files.keys()]
      .filter(uri => uri.startsWith(start))
      .map(uri => uri.slice(start.length))
      .sort();
  };
  const join = (folder: string, name: string): string =>
    folder.endsWith('/') ? folder + name : `${folder}/${name}`;
  return {
    read: uri => {
      const text = files.get(uri);
      return text === undefined ? { problem: 'There is no such file; check the path.' } : { text };
    },
    list: (folder, suffix) =>
      below(folder)
        .filter(name => !name.includes('/') && name.endsWith(suffix))
        .map(name => join(folder, name)),
    folders: folder => [
      ...new Set(
        below(folder)
          .filter(name => name.includes('/'))
          .map(name => join(folder, name.slice(0, name.indexOf('/') + 1))),
      ),
    ],
    exists: uri => files.has(uri),
  };
}
