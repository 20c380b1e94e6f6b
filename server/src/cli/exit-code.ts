/** The answers of every command, the same in every format, and what is said beside them. */
import type { Surroundings } from './surroundings.ts';

export const EXIT = {
  clean: 0,
  /** Findings that count: errors in complete reviews, or what `--min-severity` and `--max-warnings` say. */
  findings: 1,
  /** Wrong usage, configuration or packs. */
  usage: 2,
  /** The tool failed; its answer is worth nothing. */
  failure: 3,
} as const;

export const EXIT_HELP = `Exit codes:
  0  no findings that count
  1  findings that count: errors in complete reviews that neither a waiver nor
     the baseline covers; --min-severity and --max-warnings say what else
  2  wrong usage, or configuration or a pack with errors (the rest is checked)
  3  Case Review itself failed, or could not write what it had to say
  130, 143  interrupted by Ctrl+C, or by who started it`;

/** The user asked for something that cannot be done; the message says what to do instead. */
export class UsageError extends Error {}

/** What was found cannot be written down, so the run's answer is lost; the message says where and why. */
export class OutputError extends Error {}

/** One line for the person at the terminal; the answer itself goes to standard output. */
export function complain(message: string, { stderr }: Pick<Surroundings, 'stderr'>): void {
  stderr.write(`case-review: ${message}\n`);
}
