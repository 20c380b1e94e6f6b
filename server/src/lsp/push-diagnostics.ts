/** `publishDiagnostics` for clients that cannot pull (Neovim before 0.10, many small ones). */
import { NOTHING } from './diagnose.ts';
import { unheard } from './fence.ts';
import { createIdleCall, drain, runInSlices } from './idle.ts';
import type { Session } from './session.ts';

export function providePushDiagnostics(session: Session): void {
  if (session.client.pullsDiagnostics) return;
  const { connection, documents, diagnoses, fence } = session;
  const waiting = new Set<string>();
  /** What the client was last told of each document. */
  const published = new Map<string, string>();
  let isRunning = false;

  const publish = (uri: string): void => {
    if (!session.documents.isReview(uri)) return;
    documents.flush();
    const version = documents.get(uri)?.version;
    const { resultId, items } = diagnoses.of(uri);
    const told = `${resultId} ${version}`;
    const isSilent = version === undefined && items.length === 0 && !published.has(uri);
    if (isSilent || published.get(uri) === told) return;
    if (version === undefined && resultId === NOTHING.resultId) published.delete(uri);
    else published.set(uri, told);
    const address = { uri: documents.spelled(uri), ...(version !== undefined && { version }) };
    unheard(connection.sendDiagnostics({ ...address, diagnostics: [...items] }));
  };

  const publishWhenIdle = createIdleCall(
    fence.event('publishing', async () => {
      if (isRunning) return;
      isRunning = true;
      try {
        await runInSlices(drain(waiting), publish);
      } finally {
        isRunning = false;
      }
    }),
  );
  session.onChange(({ uris }) => {
    for (const uri of uris) waiting.add(uri);
    if (waiting.size > 0) publishWhenIdle();
  });
}
