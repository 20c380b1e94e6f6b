/** Lets signals in: a scan is one long piece of work, and Node hears nothing while it runs. */
import { uptime } from 'node:process';

const EVERY_S = 0.05;

/** The function returned is called often and pauses seldom. */
export function createPause(): () => Promise<void> {
  let due = uptime() + EVERY_S;
  return async () => {
    if (uptime() < due) return;
    await new Promise<void>(resolve => setImmediate(resolve));
    due = uptime() + EVERY_S;
  };
}
