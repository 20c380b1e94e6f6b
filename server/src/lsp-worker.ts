/** The language server in a browser's worker, for VS Code for the web: the client reads every file for it. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { startServer } from './lsp/start.ts';
import { FILE_TROUBLES } from './workspace/file-provider.ts';
import { createWorkspace } from './workspace/review-workspace.ts';

declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];

// Browsers have no such function, and `setTimeout` makes a chain of turns wait.
globalThis.setImmediate ??= createImmediate() as typeof setImmediate;

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
startServer(connection, {
  files: {
    read: () => ({ problem: FILE_TROUBLES.absent }),
    list: () => [],
    folders: () => [],
    exists: () => false,
  },
  reaches: () => false,
  createWorkspace,
  findReviews: () => [],
  isLeftOut: () => false,
  now: () => new Date(),
  showsFormFirst: true,
});

/** Calls back in the next turn of the event loop. */
function createImmediate(): (run: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.addEventListener('message', () => waiting.shift()?.());
  port1.start();
  return run => {
    waiting.push(run);
    port2.postMessage(undefined);
  };
}
