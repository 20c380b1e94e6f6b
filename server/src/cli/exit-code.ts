/** The four answers of every command, the same in every format. */

export const EXIT = {
  clean: 0,
  /** Findings that count: errors in complete reviews that no waiver covers. */
  findings: 1,
  /** Wrong usage, configuration or packs. */
  usage: 2,
  /** The tool failed; its answer is worth nothing. */
  failure: 3,
} as const;

export const EXIT_HELP = `Exit codes:
  0  no findings that count
  1  findings that count: errors in complete reviews that no waiver covers
  2  wrong usage, or configuration or a pack with errors (the rest is checked)
  3  Case Review itself failed`;

/** The user asked for something that cannot be done; the message says what to do instead. */
export class UsageError extends Error {}
