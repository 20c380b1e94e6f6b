/** The extension where VS Code runs in a browser: the server is a worker beside it. */
import * as vscode from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { createExtension } from './extension.ts';

/** What this file needs of the browser's own. */
declare class Worker {
  constructor(address: string);
  terminate(): void;
}

type Port = ConstructorParameters<typeof BrowserMessageReader>[0] & Worker;

export const { activate, deactivate } = createExtension(({ extensionUri }, id, name, options) => {
  let worker: Port | undefined;
  const start = async () => {
    // Its text, because a worker may not be started from where the extension lies when that is another machine.
    const program = await vscode.workspace.fs.readFile(
      vscode.Uri.joinPath(extensionUri, 'dist/lsp-worker.cjs'),
    );
    const address = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
    // One that was stopped waits in vain.
    worker?.terminate();
    worker = new Worker(address) as Port;
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  return new LanguageClient(id, name, start, options);
});
