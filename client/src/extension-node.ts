/** The extension where VS Code runs on Node: the server is a process, the program of the command line. */
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { createExtension } from './extension.ts';

const DEBUG_PORT = 6009;

export const { activate, deactivate } = createExtension(({ extensionUri }, id, name, options) => {
  const module = vscode.Uri.joinPath(extensionUri, 'dist/case-review.cjs').fsPath;
  const run = { module, args: ['lsp'], transport: TransportKind.ipc };
  const debug = { ...run, options: { execArgv: ['--nolazy', `--inspect=${DEBUG_PORT}`] } };
  return new LanguageClient(id, name, { run, debug }, options);
});
