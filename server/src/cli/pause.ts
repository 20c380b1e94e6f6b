/** Lets signals in: a scan is one long piece of work, and Node hears nothing while it runs. */
import { setImmediate } from 'node:timers/promises';

const EVERY_MS = 50;

/** The function returned is called often and pauses seldom. */
export function createPause(): () => Promise<void> {
  let due = performance.now() + EVERY_MS;
  return async () => {
    if (performance.now() < due) return;
    await setImmediate();
    due = performance.now() + EVERY_MS;
  };
}
