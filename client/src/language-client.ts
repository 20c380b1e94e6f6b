/**
 * How VS Code talks to the server: which documents, and what the server is told. The program is the host's affair.
 * The server itself asks for the files to be watched and for the settings, as it does in every editor.
 * Nothing here writes the contents of a review to the output channel; only tracing does, which is off until the
 * user sets the channel's log level to Trace.
 */
import * as vscode from 'vscode';
import {
  type BaseLanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
} from 'vscode-languageclient';
import {
  CONFIG_GLOB,
  type InitializationOptions,
  LANGUAGE_ID,
  LANGUAGE_NAME,
  PACKS_GLOB,
  SETTINGS_SECTION,
  TRUSTED_NOTIFICATION,
} from '../../server/src/protocol.ts';
import { readFilesForServer } from './read-files.ts';
import { offerRestart, restartQuietly } from './server-end.ts';

/** Makes a client for the server's program. The id is also the section in which the library looks for `trace.server`. */
export type CreateClient = (
  context: vscode.ExtensionContext,
  id: string,
  name: string,
  options: LanguageClientOptions,
) => BaseLanguageClient;

export function createLanguageClient(
  context: vscode.ExtensionContext,
  outputChannel: vscode.LogOutputChannel,
  create: CreateClient,
): BaseLanguageClient {
  const options: LanguageClientOptions = {
    documentSelector: [
      ...judgedSchemes().flatMap(scheme => [
        { scheme, language: LANGUAGE_ID },
        // Policy is written in YAML; any other YAML file stays with whoever cares for it.
        { scheme, pattern: CONFIG_GLOB },
        { scheme, pattern: PACKS_GLOB },
      ]),
      { scheme: 'untitled', language: LANGUAGE_ID },
    ],
    outputChannel,
    // Failures are written there; what needs a decision is asked by name.
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    errorHandler: restartQuietly(() => void offerRestart(client)),
    // A function, so that a restarted server hears of trust granted in the meantime.
    initializationOptions: (): InitializationOptions => ({
      trusted: vscode.workspace.isTrusted,
      rulePages: true,
      lensCommands: true,
      suggestCommand: true,
      policyTrouble: true,
      readsFiles: true,
      ...(vscode.l10n.bundle && { texts: vscode.l10n.bundle }),
    }),
  };
  const client = create(context, SETTINGS_SECTION, LANGUAGE_NAME, options);
  readFilesForServer(client);
  return client;
}

/** Where files are that people work on. An old version that git shows, or another copy, would be judged once more. */
function judgedSchemes(): readonly string[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [...new Set(['file', ...folders.map(folder => folder.uri.scheme)])];
}

export function tellServerAboutTrust(client: BaseLanguageClient): vscode.Disposable {
  return vscode.workspace.onDidGrantWorkspaceTrust(() => client.sendNotification(TRUSTED_NOTIFICATION));
}
