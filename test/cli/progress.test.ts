/** The line that tells a person at a terminal how far a check is, and what else is written to the same terminal. */
import assert from 'node:assert/strict';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { describe, test } from 'node:test';
import { createProgress } from '../../server/src/cli/progress.ts';
import { run } from '../../server/src/cli/run.ts';
import { cliReview, LATE, LINKED } from '../support/cli-reviews.ts';
import { inFolder } from '../support/cli-scenario.ts';

const CLEAR = '\r\u001b[K';

/** Every look at the clock finds it a second later. */
async function withFastClock<T>(act: () => Promise<T>): Promise<T> {
  const { uptime } = process;
  let seconds = 0;
  process.uptime = () => seconds++;
  syncBuiltinESMExports();
  try {
    return await act();
  } finally {
    process.uptime = uptime;
    syncBuiltinESMExports();
  }
}

/** Both streams of one terminal, as it is told what to show. */
async function check(folder: string, stderrIsTerminal: boolean): Promise<string> {
  let shown = '';
  const write = (text: string, done?: () => void): boolean => {
    shown += text;
    done?.();
    return true;
  };
  await run(['check'], {
    stdout: { isTTY: true, columns: 80, write },
    stderr: { isTTY: stderrIsTerminal, write },
    stdin: process.stdin,
    cwd: folder,
    env: { NO_COLOR: '1' },
    now: () => new Date(0),
  });
  return shown;
}

describe('progress', () => {
  const many = Object.fromEntries(
    // Each waits for one of which nobody knows until all are read.
    Array.from({ length: 400 }, (_, at) => [`r${at}.case-review.yaml`, cliReview({ more: LATE + LINKED })]),
  );

  test('is gone before anything else is written, and says how many reviews are done', () =>
    inFolder({ '': 'force-pack', ...many }, async folder => {
      const plain = await check(folder, false);
      assert.ok(plain.length > 2 * 64 * 1024, 'so much that it is written in pieces');
      const shown = await withFastClock(() => check(folder, true));
      const lines = [...shown.matchAll(/\r(\d+) of 400 reviews\u001b\[K/g)];
      const done = lines.map(([, number]) => Number(number));
      assert.deepEqual(done, [
        ...Array<number>(400).fill(0),
        ...Array.from({ length: 399 }, (_, at) => at + 1),
      ]);
      assert.doesNotMatch(shown, /reviews\u001b\[K[^\r]/);
      assert.equal(shown.replaceAll(/\r(?:\d+ of 400 reviews)?\u001b\[K/g, ''), plain);
    }));

  test('is taken away when the process is told to stop', () =>
    withFastClock(async () => {
      let shown = '';
      const unfinished = new Set<() => void>();
      const write = (text: string): boolean => {
        shown += text;
        return true;
      };
      createProgress({ stderr: { isTTY: true, write }, unfinished }, 3).step(true);
      assert.equal(unfinished.size, 1);
      for (const undo of unfinished) undo();
      assert.equal(shown, `\r1 of 3 reviews\u001b[K${CLEAR}`);
      assert.equal(unfinished.size, 0);
    }));
});
