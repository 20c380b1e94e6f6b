/**
 * How VS Code talks to the server: which documents and which program.
 * The server itself asks for the files to be watched and for the settings, as it does in every editor.
 * Nothing here writes the contents of a review to the output channel; only tracing does, which is off until the
 * user sets the channel's log level to Trace.
 */
import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import {
  CONFIG_GLOB,
  type InitializationOptions,
  LANGUAGE_ID,
  LANGUAGE_NAME,
  PACKS_GLOB,
  SETTINGS_SECTION,
  TRUSTED_NOTIFICATION,
} from '../../server/src/protocol.ts';
import { offerRestart, restartQuietly } from './server-end.ts';

const DEBUG_PORT = 6009;

export function createLanguageClient(
  context: vscode.ExtensionContext,
  outputChannel: vscode.LogOutputChannel,
): LanguageClient {
  const module = context.asAbsolutePath(path.join('dist', 'case-review.cjs'));
  const run = { module, args: ['lsp'], transport: TransportKind.ipc };
  const serverOptions: ServerOptions = {
    run,
    debug: { ...run, options: { execArgv: ['--nolazy', `--inspect=${DEBUG_PORT}`] } },
  };
  const clientOptions: LanguageClientOptions = {
    documentSelector: [
      { scheme: 'file', language: LANGUAGE_ID },
      { scheme: 'untitled', language: LANGUAGE_ID },
      // Policy is written in YAML; any other YAML file stays with whoever cares for it.
      { scheme: 'file', pattern: CONFIG_GLOB },
      { scheme: 'file', pattern: PACKS_GLOB },
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
      policyTrouble: true,
      ...(vscode.l10n.bundle && { texts: vscode.l10n.bundle }),
    }),
  };
  // The client's id is also the section in which the library looks for `trace.server`.
  const client = new LanguageClient(SETTINGS_SECTION, LANGUAGE_NAME, serverOptions, clientOptions);
  return client;
}

export function tellServerAboutTrust(client: LanguageClient): vscode.Disposable {
  return vscode.workspace.onDidGrantWorkspaceTrust(() => client.sendNotification(TRUSTED_NOTIFICATION));
}
