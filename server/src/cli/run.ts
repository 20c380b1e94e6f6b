/** The command line as a function: arguments and surroundings in, an exit code out. */
import { CommanderError } from 'commander';
import { complain, EXIT, OutputError, UsageError } from './exit-code.ts';
import { createProgram } from './program.ts';
import type { Surroundings } from './surroundings.ts';

export async function run(argv: readonly string[], around: Surroundings): Promise<number> {
  let exitCode: number = EXIT.clean;
  const finish = (code: number): void => {
    exitCode = code;
  };
  try {
    await createProgram(around, finish).parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    return explain(error, around);
  }
}

function explain(error: unknown, around: Surroundings): number {
  if (error instanceof UsageError) {
    complain(error.message, around);
    return EXIT.usage;
  }
  if (error instanceof OutputError) {
    complain(error.message, around);
    return EXIT.failure;
  }
  if (error instanceof CommanderError) {
    // Help that was asked for, and the version, are answers; all else has been said on one line.
    return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
  }
  around.stderr.write(`${describeFailure(error, around.env)}\n`);
  return EXIT.failure;
}

/** The message of an unknown error may quote a review, so only its class is named. */
export function describeFailure(error: unknown, env: Surroundings['env']): string {
  if (env.CASE_REVIEW_DEBUG) return error instanceof Error ? (error.stack ?? String(error)) : String(error);
  const name = error instanceof Error ? error.constructor.name : typeof error;
  return (
    `case-review: Internal failure (${name}). Please report it to the maintainers of Case Review with the command ` +
    'you ran; CASE_REVIEW_DEBUG=1 adds the place in the code, and may quote a review.'
  );
}
