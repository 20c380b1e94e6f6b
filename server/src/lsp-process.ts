/** `case-review lsp`: the language server as a process, over stdio unless the client asks for another transport. */
import { once } from 'node:events';
import { createConnection as createSocket, type NetConnectOpts } from 'node:net';
import {
  type Connection,
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
} from 'vscode-languageserver/node';
import { createDiskFiles } from './files/disk-files.ts';
import { isLeftOut, searchReviews } from './files/find-reviews.ts';
import { startServer } from './lsp/start.ts';
import { createWorkspace } from './workspace/review-workspace.ts';

/** Over what a client may talk, as its options name it. */
const TRANSPORT = /^--(node-ipc|stdio|socket|pipe)(?:=(.*))?$/;

export async function runLanguageServer(args: readonly string[]): Promise<void> {
  const at = args.findIndex(argument => TRANSPORT.test(argument));
  const [, transport, value = args[at + 1] ?? ''] = TRANSPORT.exec(args[at] ?? '') ?? [];
  const connection = await connect(transport, value);
  if (connection === undefined) return;
  startServer(connection, {
    files: createDiskFiles(),
    reaches: uri => uri.startsWith('file:'),
    createWorkspace,
    findReviews: searchReviews,
    isLeftOut,
    now: () => new Date(),
    showsFormFirst: true,
    // The program is `dist/case-review.cjs`.
    home: new URL('..', import.meta.url).href,
  });
}

/** Undefined where nobody is at the other end; whoever started the server is told. */
async function connect(transport: string | undefined, value: string): Promise<Connection | undefined> {
  switch (transport) {
    case 'socket':
      return connectTo({ host: '127.0.0.1', port: Number(value) }, `port ${value}`);
    case 'pipe':
      return connectTo({ path: value }, value);
    case 'node-ipc':
      if (process.send === undefined)
        return refuse('--node-ipc is for a program that forks the server; leave it out for stdio.');
      return createConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
    default:
      // Asked for by name, the library also keeps its own console off standard output.
      return transport === 'stdio' ? createConnection() : createConnection(process.stdin, process.stdout);
  }
}

/** The library would end without a word where nobody listens. */
async function connectTo(place: NetConnectOpts, name: string): Promise<Connection | undefined> {
  try {
    const socket = createSocket(place);
    await once(socket, 'connect');
    return createConnection(socket, socket);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return refuse(`Nobody listens on ${name} (${code}); have the client listen before it starts the server.`);
  }
}

function refuse(message: string): undefined {
  process.stderr.write(`case-review: ${message}\n`);
  process.exitCode = 2;
}
