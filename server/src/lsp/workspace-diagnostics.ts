/**
 * `workspace/diagnostic` by long poll: what the client does not know yet is answered at once, and otherwise the
 * request is held until a review that is not being edited changes, because clients ask again as soon as they have
 * an answer (vscode-languageclient 11: after 2 s, for ever).
 */
import {
  type CancellationToken,
  DocumentDiagnosticReportKind,
  type ResultProgressReporter,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { canonicalUri } from './canonical-uri.ts';
import { NOTHING } from './diagnose.ts';
import { drain, runInSlices } from './idle.ts';
import type { Session } from './session.ts';

type Results = ResultProgressReporter<WorkspaceDiagnosticReportPartialResult>;

export function provideWorkspaceDiagnostics(session: Session): void {
  const held = new Set<HeldRequest>();
  // The first request is answered even when all is well: that the folders are read is news.
  let isFirst = true;
  session.onChange(({ uris }) => {
    for (const request of held) request.note(uris);
  });

  const answer = async (params: WorkspaceDiagnosticParams, token: CancellationToken, results?: Results) => {
    session.documents.flush();
    const request = new HeldRequest(session, params, isFirst);
    held.add(request);
    const cancelling = token.onCancellationRequested(() => request.note([]));
    try {
      return await request.answer(token, results);
    } finally {
      isFirst &&= token.isCancellationRequested;
      cancelling.dispose();
      held.delete(request);
    }
  };
  const nothing: WorkspaceDiagnosticReport = { items: [] };
  session.connection.languages.diagnostics.onWorkspace(
    session.fence.request('workspace diagnostics', nothing, answer),
  );
}

class HeldRequest {
  readonly #session: Session;
  readonly #isFirst: boolean;
  /** What the client knows: result ids by canonical URI. */
  readonly #known: Map<string, string>;
  readonly #unread: Set<string>;
  readonly #news = new Map<string, WorkspaceDocumentDiagnosticReport>();
  #wake = (): void => {};

  constructor(session: Session, params: WorkspaceDiagnosticParams, isFirst: boolean) {
    this.#session = session;
    this.#isFirst = isFirst;
    this.#known = new Map(params.previousResultIds.map(({ uri, value }) => [canonicalUri(uri), value]));
    this.#unread = new Set([
      ...session.workspace.reviews(),
      ...session.documents.all(),
      ...this.#known.keys(),
    ]);
  }

  note(uris: readonly string[]): void {
    for (const uri of uris) this.#unread.add(uri);
    this.#wake();
  }

  async answer(token: CancellationToken, results: Results | undefined): Promise<WorkspaceDiagnosticReport> {
    let isPartial = false;
    while (!token.isCancellationRequested) {
      await runInSlices(drain(this.#unread), uri => this.#read(uri), token, this.#session.pace.rest);
      const isComplete = this.#session.isScanned() && this.#unread.size === 0;
      if (isComplete && (this.#isFirst || isPartial || this.#isNews()))
        return this.#deliver(isPartial ? results : undefined);
      // While the first scan runs, what it finds is shown as it comes, if the client takes partial results.
      if (!this.#session.isScanned() && results !== undefined && this.#news.size > 0) {
        this.#deliver(results);
        isPartial = true;
      }
      if (this.#unread.size === 0)
        await new Promise<void>(resolve => {
          this.#wake = resolve;
        });
    }
    return { items: [] };
  }

  #read(uri: string): void {
    const { diagnoses, documents } = this.#session;
    this.#news.delete(uri);
    if (!documents.isReview(uri) || this.#known.get(uri) === diagnoses.idOf(uri)) return;
    const { resultId, items } = diagnoses.of(uri);
    // A clean review that the client has never heard of is no news either.
    if (items.length === 0 && !this.#known.has(uri)) return;
    const version = documents.get(uri)?.version ?? null;
    const kind = DocumentDiagnosticReportKind.Full;
    this.#news.set(uri, { kind, uri: documents.spelled(uri), version, resultId, items: [...items] });
  }

  /** The client asks for open documents one by one; waking it for each of their edits would make it poll. */
  #isNews(): boolean {
    const { documents } = this.#session;
    return [...this.#news.keys()].some(uri => documents.get(uri) === undefined || !this.#known.has(uri));
  }

  #deliver(results: Results | undefined): WorkspaceDiagnosticReport {
    const items = [...this.#news.values()];
    for (const [uri, { resultId }] of this.#news) this.#known.set(uri, resultId ?? NOTHING.resultId);
    this.#news.clear();
    if (results === undefined) return { items };
    if (items.length > 0) results.report({ items });
    return { items: [] };
  }
}
