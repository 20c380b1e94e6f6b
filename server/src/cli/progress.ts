/** One line on the terminal of a person who waits: how many reviews are done. Silent in logs and on short runs. */
import type { Output } from './surroundings.ts';

const SILENT_MS = 1000;
const EVERY_MS = 100;

export interface Progress {
  readonly step: () => void;
  readonly finish: () => void;
}

export function createProgress(stderr: Output, total: number): Progress {
  if (!stderr.isTTY) return { step: () => {}, finish: () => {} };
  let due = performance.now() + SILENT_MS;
  let done = 0;
  let shown = false;
  return {
    step: () => {
      done++;
      const now = performance.now();
      if (now < due) return;
      due = now + EVERY_MS;
      shown = true;
      stderr.write(`\r${Math.min(done, total)} of ${total} reviews\u001b[K`);
    },
    finish: () => {
      if (shown) stderr.write('\r\u001b[K');
    },
  };
}
