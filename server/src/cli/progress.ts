/** One line on the terminal of a person who waits: how many reviews are done. Silent in logs and on short runs. */
import { uptime } from 'node:process';
import type { Surroundings } from './surroundings.ts';

const SILENT_S = 1;
const EVERY_S = 0.1;

export interface Progress {
  /** Called for every step, whether or not a review is done with it. */
  readonly step: (isDone: boolean) => void;
  /** Takes the line away; called before anything else is written, as that may go to the same terminal. */
  readonly hide: () => void;
}

/** The line goes with the last review, and when the process is told to stop. */
export function createProgress(
  { stderr, unfinished }: Pick<Surroundings, 'stderr' | 'unfinished'>,
  total: number,
): Progress {
  if (!stderr.isTTY) return { step: () => {}, hide: () => {} };
  let due = uptime() + SILENT_S;
  let done = 0;
  let isShown = false;
  const hide = (): void => {
    if (!isShown) return;
    isShown = false;
    unfinished?.delete(hide);
    stderr.write('\r\u001b[K');
  };
  return {
    step: isDone => {
      if (isDone) done++;
      if (done === total) return hide();
      const now = uptime();
      if (now < due) return;
      due = now + EVERY_S;
      isShown = true;
      unfinished?.add(hide);
      stderr.write(`\r${done} of ${total} reviews\u001b[K`);
    },
    hide,
  };
}
