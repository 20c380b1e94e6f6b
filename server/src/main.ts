/** The edge of the process: arguments, streams and exit code. The language server starts without the command line. */
import { argv, cwd, env, stderr, stdin, stdout } from 'node:process';

const [command, ...rest] = argv.slice(2);
const isServer = command === 'lsp' && !rest.includes('--help') && !rest.includes('-h');

if (isServer) {
  import('./lsp/run.ts').then(({ runLanguageServer }) => runLanguageServer(rest)).catch(fail);
} else {
  // A reader that closed the pipe early (`| head`) has what it wanted.
  stdout.on('error', (error: NodeJS.ErrnoException) => void (error.code === 'EPIPE' || fail(error)));
  import('./cli/run.ts')
    .then(({ run }) => run(argv.slice(2), { stdout, stderr, stdin, cwd: cwd(), env, now: () => new Date() }))
    .then(code => {
      process.exitCode = code;
    })
    .catch(fail);
}

/** Only the loading of the program itself can end here; no message of it quotes a review. */
function fail(error: unknown): void {
  console.error(
    `case-review: Internal failure (${error instanceof Error ? error.constructor.name : typeof error}).`,
  );
  if (env.CASE_REVIEW_DEBUG) console.error(error);
  process.exitCode = 3;
}
