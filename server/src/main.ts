/** The edge of the process: arguments, streams and exit code. The language server starts without the command line. */
import process, { argv, cwd, env, stderr, stdout } from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';

const rest = argv.slice(3);
/** What the command line would say of any other words, it says. */
const isServer = /^lsp(?: --(?:stdio|node-ipc|(?:socket|clientProcessId)[= ]\d+|pipe[= ]\S.*))*$/.test(
  argv.slice(2).join(' '),
);

if (parentPort !== null) {
  const port = parentPort;
  import('./cli/worker.ts').then(({ serveMainThread }) => serveMainThread(port, workerData)).catch(fail);
} else if (isServer) {
  import('./lsp-process.ts').then(({ runLanguageServer }) => runLanguageServer(rest)).catch(fail);
} else {
  const unfinished = new Set<() => void>();
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => {
      for (const undo of unfinished) undo();
      stderr.write('case-review: Interrupted.\n');
      process.exit(code);
    });
  }
  let failure: Promise<void> | undefined;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that closed the pipe early (`| head`) has what it wanted.
    if (error.code !== 'EPIPE') failure = failToWrite(error);
  });
  // There is nobody left to tell; the exit code still says it.
  stderr.on('error', () => {});
  import('./cli/run.ts')
    .then(({ run }) =>
      run(argv.slice(2), {
        ...{ stdout, stderr, cwd: cwd(), env, unfinished },
        // Opened when it is read: most runs never do.
        get stdin() {
          return process.stdin;
        },
        program: import.meta.filename,
        now: () => new Date(),
      }),
    )
    .then(async code => {
      // What cannot be written is only told when everything else is done.
      await new Promise(resolve => setImmediate(resolve));
      await failure;
      process.exitCode ??= code;
      // What a slow reader has not taken yet is waited for; else only garbage would be collected.
      if (stdout.writableLength + stderr.writableLength === 0) process.exit();
    })
    .catch(fail);
}

async function failToWrite(error: unknown): Promise<void> {
  process.exitCode = 3;
  const { whyUnwritable } = await import('./cli/why-unwritable.ts');
  console.error(`case-review: Standard output: ${whyUnwritable(error)}`);
}

/** Only the loading of the program itself can end here; no message of it quotes a review. */
function fail(error: unknown): void {
  console.error(
    `case-review: Internal failure (${error instanceof Error ? error.constructor.name : typeof error}).`,
  );
  if (env.CASE_REVIEW_DEBUG) console.error(error);
  process.exitCode = 3;
}
