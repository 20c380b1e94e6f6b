/** What happens when the user comes to trust the workspace: its configuration and packs count from then on. */
import { CONFIG_FILE_NAME, TRUSTED_NOTIFICATION } from '../protocol.ts';
import type { Session } from './session.ts';

export function followTrust({
  connection,
  fence,
  trust,
  workspace,
  documents,
  folders,
  tellChange,
}: Session): void {
  const grant = fence.event('trust', () => {
    trust.grant();
    // As if every configuration had just been written: then the nearest one is looked for anew.
    tellChange({ uris: workspace.filesChanged(folders().map(folder => `${folder}/${CONFIG_FILE_NAME}`)) });
    documents.adopt();
  });
  connection.onNotification(TRUSTED_NOTIFICATION, () => grant());
}
