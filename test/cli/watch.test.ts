/** `check --watch`: what changes is told again, with what links to it, until Ctrl+C. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { cliReview, LATE, LINKED } from '../support/cli-reviews.ts';
import { builtProgram, inFolder, runInProcess } from '../support/cli-scenario.ts';

const skip = existsSync(builtProgram) ? false : 'dist/case-review.cjs is not built: npm run build';

const WAITING = 'case-review: Waiting for changes; Ctrl+C ends this.\n';

test(
  'each change is told as a check would tell it, and Ctrl+C ends it with 130',
  { skip, timeout: 120_000 },
  () =>
    inFolder({ '': 'force-pack', 'a.case-review.yaml': cliReview({ more: LINKED }) }, async folder => {
      // One stream for both, so that what is told and what is noted stay in order.
      const command = `exec "${process.execPath}" "${builtProgram}" check --watch 2>&1`;
      const child = spawn('bash', ['-c', command], { cwd: folder });
      let said = '';
      let heard = (): void => {};
      child.stdout.on('data', data => {
        said += String(data);
        heard();
      });
      /** A change may be told in two steps; the last is what counts. */
      const isTold = async (expected: string): Promise<void> => {
        while (said.split(WAITING).at(-2) !== expected)
          await new Promise<void>(resolve => {
            heard = resolve;
          });
        said = '';
      };
      const check = async () => (await runInProcess(folder, ['check'])).stdout;
      const place = (name: string) => path.join(folder, name);

      const alone = await check();
      await isTold(alone);
      writeFileSync(place('b.case-review.yaml'), cliReview({ id: 'CASE-8N6B3V', more: LATE }));
      const beside = await check();
      assert.doesNotMatch(beside, /^a\.case-review/m, 'the review that links to the new one is in order now');
      await isTold(beside);
      rmSync(place('b.case-review.yaml'));
      await isTold(alone);
      mkdirSync(place('old'));
      writeFileSync(place('old/b.case-review.yaml'), cliReview({ id: 'CASE-8N6B3V', more: LATE }));
      await isTold(await check());
      writeFileSync(place('.gitignore'), 'old/\n');
      await isTold(alone);
      rmSync(place('.gitignore'));
      await isTold(await check());
      writeFileSync(place('case-review.config.yaml'), 'packs: [england-wales]\n');
      await isTold(await check());
      child.kill('SIGINT');
      const [status] = (await once(child, 'exit')) as [number];
      assert.equal(status, 130);
    }),
);
