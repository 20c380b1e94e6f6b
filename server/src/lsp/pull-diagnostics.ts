/** `textDocument/diagnostic`, and the request to ask again when something else than the document itself changed. */
import {
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from 'vscode-languageserver';
import { canonicalUri } from './canonical-uri.ts';
import { createIdleCall } from './idle.ts';
import type { Session } from './session.ts';

export function providePullDiagnostics(session: Session): void {
  const { connection, documents, diagnoses, fence } = session;
  const showsFormFirst = session.showsFormFirst && session.client.refreshesDiagnostics;
  /** What the client knows of each open document. */
  const answered = new Map<string, string>();

  const answer = (params: DocumentDiagnosticParams): DocumentDiagnosticReport => {
    documents.flush();
    const uri = canonicalUri(params.textDocument.uri);
    const early = showsFormFirst ? diagnoses.ofForm(uri) : undefined;
    const { resultId, items } = early ?? diagnoses.of(uri);
    if (documents.get(uri) === undefined) answered.delete(uri);
    else answered.set(uri, resultId);
    // The client is told to ask again when the rules have judged and found more.
    if (early) session.tellChange({ uris: [uri] });
    if (resultId === params.previousResultId)
      return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...items] };
  };
  const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  connection.languages.diagnostics.on(fence.request('document diagnostics', nothing, answer));

  if (!session.client.refreshesDiagnostics) return;
  const affected = new Set<string>();
  let isAsking = false;
  const refresh = fence.event('refresh', async () => {
    if (isAsking) return;
    documents.flush();
    const isStale = [...affected].some(uri => answered.has(uri) && answered.get(uri) !== diagnoses.idOf(uri));
    affected.clear();
    if (!isStale) return;
    isAsking = true;
    try {
      await connection.languages.diagnostics.refresh();
    } finally {
      isAsking = false;
    }
    if (affected.size > 0) refreshWhenIdle();
  });
  const refreshWhenIdle = createIdleCall(refresh);
  session.onChange(({ uris, edited }) => {
    for (const uri of uris) {
      if (documents.get(uri) === undefined) answered.delete(uri);
      else if (uri !== edited && answered.has(uri)) affected.add(uri);
    }
    if (affected.size > 0) refreshWhenIdle();
  });
}
