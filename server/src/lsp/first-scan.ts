/** Reading every review of the workspace folders for the first time, a slice at a time and behind whatever the user does. */
import type { WorkDoneProgressServerReporter } from 'vscode-languageserver';
import type { Report } from '../engine/report.ts';
import { canonicalUri } from './canonical-uri.ts';
import { runInSlices } from './idle.ts';
import type { Session } from './session.ts';
import { fetchFiles } from './tell-files.ts';

/** Progress is told this often, in reviews. */
const STRIDE = 100;

/** Call once for the scan that a new session owes, with the folders it starts with. */
export async function runFirstScan(session: Session): Promise<void> {
  try {
    await scanFolders(session, session.folders());
  } finally {
    session.changeScanning(-1);
  }
}

export function followFolders(session: Session): void {
  if (!session.client.folderChanges) return;
  session.connection.workspace.onDidChangeWorkspaceFolders(
    session.fence.event('folders', async ({ added, removed }) => {
      const uris = added.map(folder => canonicalUri(folder.uri));
      session.changeFolders(
        uris,
        removed.map(folder => canonicalUri(folder.uri)),
      );
      session.changeScanning(1);
      try {
        await scanFolders(session, uris);
      } finally {
        session.changeScanning(-1);
      }
    }),
  );
}

async function scanFolders(session: Session, folders: readonly string[]): Promise<void> {
  const { workspace, diagnoses, pace } = session;
  await fetchFiles(session, folders);
  await pace.rest();
  const uris: string[] = [];
  const note = (uri: string) => void (workspace.isIgnored(uri) || uris.push(uri));
  await runInSlices(session.findReviews(folders), note, undefined, pace.rest);
  if (uris.length === 0) return;
  const progress = await beginProgress(session);
  let count = 0;
  try {
    const read = (report: Report | undefined): void => {
      count += 1;
      if (count % STRIDE === 0)
        progress?.report(
          Math.min(99, (100 * count) / uris.length),
          session.say('{count} of {all}', { count, all: uris.length }),
        );
      if (report === undefined) return;
      session.tellChange({ uris: [report.uri] });
      diagnoses.take(report);
    };
    await runInSlices(workspace.scan(uris), read, undefined, pace.rest);
  } finally {
    progress?.done();
  }
}

async function beginProgress({
  client,
  connection,
  say,
}: Session): Promise<WorkDoneProgressServerReporter | undefined> {
  if (!client.progress) return undefined;
  try {
    const progress = await connection.window.createWorkDoneProgress();
    progress.begin(say('Reading reviews'), 0);
    return progress;
  } catch {
    return undefined; // The client refuses; reading goes on unseen.
  }
}
