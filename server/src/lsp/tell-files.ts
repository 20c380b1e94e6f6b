/** What follows from files that changed or were fetched: the workspace is told, then everybody who shows something of it. */
import type { Session } from './session.ts';

export function tellFiles(session: Session, changed: readonly string[]): void {
  session.documents.flush();
  const uris = changed.filter(uri => !isPassedOver(uri, session));
  session.tellChange({ uris: [...new Set([...uris, ...session.workspace.filesChanged(uris)])] });
  session.documents.adopt();
}

/** What no scan would find is not found by being saved either; a review that somebody opens is. */
function isPassedOver(uri: string, { documents, isLeftOut, folders }: Session): boolean {
  return documents.get(uri) === undefined && documents.isReview(uri) && isLeftOut(uri, folders());
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
