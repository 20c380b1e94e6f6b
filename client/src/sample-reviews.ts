/** The invented reviews that come with the extension, copied to where the user wants them and opened there. */
import * as vscode from 'vscode';
import { COMMANDS } from '../../server/src/protocol.ts';
import { exists } from './exists.ts';

const FOLDER = 'case-review-samples';

export function registerSampleReviews({ extensionUri }: vscode.ExtensionContext): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.openSamples, () => openSamples(extensionUri));
}

async function openSamples(extensionUri: vscode.Uri): Promise<void> {
  const [parent] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      title: vscode.l10n.t('Where may the folder “{0}” with the sample reviews be made?', FOLDER),
      openLabel: vscode.l10n.t('Copy the Samples Here'),
    })) ?? [];
  if (parent === undefined) return;
  // An update of the extension would take away what is written there.
  if (`${parent.path}/`.startsWith(`${extensionUri.path}/`)) {
    const reason = vscode.l10n.t('The samples cannot be copied into the extension itself.');
    return askForAnotherFolder(extensionUri, reason);
  }
  const samples = vscode.Uri.joinPath(parent, FOLDER);
  if (!(await exists(samples))) {
    try {
      await vscode.workspace.fs.copy(vscode.Uri.joinPath(extensionUri, 'examples'), samples);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return askForAnotherFolder(extensionUri, vscode.l10n.t('The samples could not be copied: {0}', reason));
    }
  }
  const forceNewWindow = vscode.workspace.workspaceFolders !== undefined;
  await vscode.commands.executeCommand('vscode.openFolder', samples, { forceNewWindow });
}

async function askForAnotherFolder(extensionUri: vscode.Uri, reason: string): Promise<void> {
  const another = vscode.l10n.t('Choose Another Folder');
  if ((await vscode.window.showErrorMessage(reason, another)) === another) await openSamples(extensionUri);
}
