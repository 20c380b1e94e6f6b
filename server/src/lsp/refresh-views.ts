/** Asks the client to show hints and lenses anew when something else than an edit of the document itself changed them. */
import { CodeLensRefreshRequest } from 'vscode-languageserver';
import { linkedReviews } from '../workspace/linked-reviews.ts';
import { createIdleCall } from './idle.ts';
import type { Session } from './session.ts';

export function refreshViews(session: Session): void {
  const { connection, client, documents, workspace, fence } = session;
  if (!client.refreshesInlayHints && !client.refreshesCodeLenses) return;
  const changed = new Set<string>();
  /** The open reviews and those that they link to: nothing else is shown. */
  const shownUris = (): string[] => {
    const open = documents.all().filter(documents.isReview);
    return [...open, ...open.flatMap(uri => linkedReviews(workspace, uri))];
  };
  const refresh = fence.event('refresh of hints', async () => {
    documents.flush();
    const isStale = shownUris().some(uri => changed.has(uri));
    changed.clear();
    if (!isStale) return;
    await Promise.all([
      client.refreshesInlayHints && connection.languages.inlayHint.refresh(),
      client.refreshesCodeLenses && connection.sendRequest(CodeLensRefreshRequest.type),
    ]);
  });
  const refreshWhenIdle = createIdleCall(refresh);
  if (client.refreshesCodeLenses)
    session.examples.onJudged(
      fence.event('refresh of examples', () => connection.sendRequest(CodeLensRefreshRequest.type)),
    );
  session.onChange(({ uris, edited }) => {
    for (const uri of uris) if (uri !== edited) changed.add(uri);
    if (changed.size > 0) refreshWhenIdle();
  });
}
