/** The built server over a pipe and a socket, as editors start it; and what it says where nobody listens. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import path from 'node:path';
import { describe, test } from 'node:test';
import {
  createMessageConnection,
  ExitNotification,
  InitializeRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { builtProgram, inFolder, runBuilt } from '../support/cli-scenario.ts';

const skip = existsSync(builtProgram) ? false : 'dist/case-review.cjs is not built: npm run build';

/** Starts the server for a client that listens, has the client act, and gives the exit code. */
async function serve(transport: 'pipe' | 'socket', act: (socket: Socket) => Promise<void>): Promise<number> {
  return inFolder({}, async folder => {
    const listener = createServer();
    listener.listen(
      transport === 'pipe' ? { path: path.join(folder, 'pipe') } : { port: 0, host: '127.0.0.1' },
    );
    await once(listener, 'listening');
    const address = listener.address() as AddressInfo | string;
    const place = typeof address === 'string' ? address : String(address.port);
    const server = spawn(process.execPath, [builtProgram, 'lsp', `--${transport}`, place], {
      stdio: 'inherit',
    });
    const [socket] = (await once(listener, 'connection')) as [Socket];
    const ended = once(server, 'exit') as Promise<[number]>;
    await act(socket);
    const [status] = await ended;
    listener.close();
    return status;
  });
}

const connect = (socket: Socket) => {
  const connection = createMessageConnection(
    new StreamMessageReader(socket),
    new StreamMessageWriter(socket),
  );
  connection.listen();
  return connection;
};

describe('the language server', { skip, timeout: 120_000 }, () => {
  for (const transport of ['pipe', 'socket'] as const) {
    test(`answers over a ${transport} and ends when it is told to`, async () => {
      const status = await serve(transport, async socket => {
        const connection = connect(socket);
        const params = { processId: null, rootUri: null, capabilities: {} };
        const { capabilities } = await connection.sendRequest(InitializeRequest.type, params);
        assert.ok(capabilities.hoverProvider);
        await connection.sendRequest(ShutdownRequest.type);
        await connection.sendNotification(ExitNotification.type);
      });
      assert.equal(status, 0);
    });
  }

  test('ends with a client that goes away', async () => {
    const status = await serve('pipe', async socket => {
      socket.destroy();
    });
    assert.equal(status, 1);
  });

  test('says in one line that nobody is at the other end', () =>
    inFolder({}, folder => {
      for (const [words, named] of [
        [['--pipe', path.join(folder, 'nobody')], 'nobody (ENOENT)'],
        [[`--pipe=${folder}`], path.basename(folder)],
        // The port of discard, which nobody serves any more.
        [['--socket', '9'], 'port 9 (ECONNREFUSED)'],
        [['--socket=99999'], 'port 99999'],
        [['--node-ipc'], '--node-ipc'],
      ] as const) {
        const { status, stdout, stderr } = runBuilt(folder, ['lsp', ...words]);
        assert.match(stderr, /^case-review: [^\n]+; [^\n]+\.\n$/);
        assert.ok(stderr.includes(named), stderr);
        assert.equal(stdout, '');
        assert.equal(status, 2);
      }
    }));
});
