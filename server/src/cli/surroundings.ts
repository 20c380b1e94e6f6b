/** What the command line asks of the process it runs in, so that a test can be that process. */
import type { CreateWorkspace } from '../workspace/workspace.ts';

export interface Output {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  /** Calls back when the text is handed on, with an error where nobody takes it any more. */
  write(text: string, done?: (error?: Error | null) => void): boolean;
}

export interface Surroundings {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The clock; only `new` reads it, for the moment a review is begun. */
  readonly now: () => Date;
  /** The file that starts this program, for workers; without it there are none. */
  readonly program?: string;
  /** What is to be undone when the process is told to stop. */
  readonly unfinished?: Set<() => void>;
  /** Set by tests that need no policy. */
  readonly createWorkspace?: CreateWorkspace;
}

/** A terminal may not know how wide it is, and says 0 then. */
export function columnsOf({ columns }: Output): number {
  return columns || 80;
}

/** CI systems may give a job a terminal, but what it shows is kept as a log. */
export function isWatched({ stdout, env }: Surroundings): boolean {
  return stdout.isTTY === true && !env.CI;
}
