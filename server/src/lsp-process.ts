/** `case-review lsp`: the language server as a process, over stdio unless the client asks for another transport. */
import { createConnection } from 'vscode-languageserver/node';
import { createDiskFiles } from './files/disk-files.ts';
import { findReviews, isLeftOut } from './files/find-reviews.ts';
import { startServer } from './lsp/start.ts';
import { createWorkspace } from './workspace/review-workspace.ts';

/** The library reads `--node-ipc`, `--stdio`, `--socket=N` and `--pipe=NAME` from the process's own arguments. */
export function runLanguageServer(args: readonly string[]): void {
  const isNamed = args.some(argument => /^--(node-ipc|stdio|socket|pipe)\b/.test(argument));
  const connection = isNamed ? createConnection() : createConnection(process.stdin, process.stdout);
  startServer(connection, {
    files: createDiskFiles(),
    reaches: uri => uri.startsWith('file:'),
    createWorkspace,
    findReviews,
    isLeftOut,
    now: () => new Date(),
    showsFormFirst: true,
    // The program is `dist/case-review.cjs`.
    home: new URL('..', import.meta.url).href,
  });
}
