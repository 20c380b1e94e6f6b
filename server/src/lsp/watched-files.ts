/** Files that change behind the editor's back: reviews, configuration and packs, and what git leaves out. */
import { DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import { BASELINE_GLOB, CONFIG_GLOB, GIT_IGNORE, PACK_GLOBS, REVIEW_GLOB } from '../protocol.ts';
import { canonicalUri } from './canonical-uri.ts';
import { runInSlices } from './idle.ts';
import type { Session } from './session.ts';
import { fetchFiles, tellFiles } from './tell-files.ts';

export function followFiles(session: Session): void {
  const { connection, fence, clientFiles } = session;
  connection.onDidChangeWatchedFiles(
    fence.event('watched files', async ({ changes }) => {
      const changed = [...new Set(changes.map(change => canonicalUri(change.uri)))];
      const fresh = clientFiles === undefined ? changed : await clientFiles.refresh(changed);
      const isGitIgnore = (uri: string) => uri.endsWith(`/${GIT_IGNORE}`);
      tellFiles(
        session,
        fresh.filter(uri => !isGitIgnore(uri)),
      );
      if (changed.some(isGitIgnore)) await searchAgain(session);
    }),
  );
}

/** Reviews that git no longer leaves out are read, and those that it leaves out from now on forgotten. */
async function searchAgain(session: Session): Promise<void> {
  const { workspace, documents, isLeftOut } = session;
  const folders = session.folders();
  await fetchFiles(session, folders);
  const found = new Set<string>();
  await runInSlices(session.findReviews(folders), uri => void found.add(uri));
  const known = new Set(workspace.reviews());
  const gone = [...known].filter(
    uri => !found.has(uri) && documents.get(uri) === undefined && isLeftOut(uri, folders),
  );
  if (gone.length > 0) session.tellChange({ uris: workspace.forget(gone) });
  const come = [...found].filter(uri => !known.has(uri) && !workspace.isIgnored(uri));
  await runInSlices(come, uri => session.tellChange({ uris: workspace.filesChanged([uri]) }));
}

export async function watchFiles({ connection, client }: Session): Promise<void> {
  if (!client.watchedFiles) return;
  const globs = [REVIEW_GLOB, CONFIG_GLOB, BASELINE_GLOB, `**/${GIT_IGNORE}`, ...PACK_GLOBS];
  const watchers = globs.map(globPattern => ({ globPattern }));
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
}
