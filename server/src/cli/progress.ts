/** One line on the terminal of a person who waits: how many reviews are done. Silent in logs and on short runs. */
import { uptime } from 'node:process';
import type { Output } from './surroundings.ts';

const SILENT_S = 1;
const EVERY_S = 0.1;

export interface Progress {
  readonly step: () => void;
  readonly finish: () => void;
}

export function createProgress(stderr: Output, total: number): Progress {
  if (!stderr.isTTY) return { step: () => {}, finish: () => {} };
  let due = uptime() + SILENT_S;
  let done = 0;
  let shown = false;
  return {
    step: () => {
      done++;
      const now = uptime();
      if (now < due) return;
      due = now + EVERY_S;
      shown = true;
      stderr.write(`\r${Math.min(done, total)} of ${total} reviews\u001b[K`);
    },
    finish: () => {
      if (shown) stderr.write('\r\u001b[K');
    },
  };
}
