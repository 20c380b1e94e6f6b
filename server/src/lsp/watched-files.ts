/** Files that change behind the editor's back: reviews, configuration and packs. */
import { DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import { BASELINE_GLOB, CONFIG_GLOB, PACK_GLOBS, REVIEW_GLOB } from '../protocol.ts';
import { canonicalUri } from './canonical-uri.ts';
import type { Session } from './session.ts';

export function followFiles(session: Session): void {
  const { connection, fence, clientFiles } = session;
  connection.onDidChangeWatchedFiles(
    fence.event('watched files', ({ changes }) => {
      const changed = [...new Set(changes.map(change => canonicalUri(change.uri)))];
      if (clientFiles === undefined) return tellFiles(session, changed);
      return clientFiles.refresh(changed).then(fresh => tellFiles(session, fresh));
    }),
  );
}

/** Has the client read what lies below folders: first the policy, before which nothing is answered, then the reviews. */
export async function fetchFiles(session: Session, folders: readonly string[]): Promise<void> {
  const { clientFiles } = session;
  if (clientFiles === undefined) return;
  try {
    const { policy, reviews } = await clientFiles.find(folders);
    await clientFiles.fetch(policy);
    tellFiles(session, policy);
    clientFiles.markReady();
    await clientFiles.fetch(reviews);
  } finally {
    clientFiles.markReady();
  }
}

function tellFiles(session: Session, changed: readonly string[]): void {
  session.documents.flush();
  const uris = changed.filter(uri => !isPassedOver(uri, session));
  session.tellChange({ uris: [...new Set([...uris, ...session.workspace.filesChanged(uris)])] });
  session.documents.adopt();
}

/** What no scan would find is not found by being saved either; a review that somebody opens is. */
function isPassedOver(uri: string, { documents, isLeftOut, folders }: Session): boolean {
  return documents.get(uri) === undefined && documents.isReview(uri) && isLeftOut(uri, folders());
}

export async function watchFiles({ connection, client }: Session): Promise<void> {
  if (!client.watchedFiles) return;
  const watchers = [REVIEW_GLOB, CONFIG_GLOB, BASELINE_GLOB, ...PACK_GLOBS].map(globPattern => ({
    globPattern,
  }));
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
}
