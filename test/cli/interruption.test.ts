/** What may come between: a signal, a full disk, a file that goes away. No half-written file, no stack trace. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { createWorkspace } from '../../server/src/workspace/review-workspace.ts';
import { cliReview, LATE } from '../support/cli-reviews.ts';
import { builtProgram, inFolder, runBuilt, runInProcess } from '../support/cli-scenario.ts';

const skip = existsSync(builtProgram) ? false : 'dist/case-review.cjs is not built: npm run build';
const skipFull = skip || (existsSync('/dev/full') ? false : 'there is no full disk here');
const REVIEW = { '': 'force-pack', 'a.case-review.yaml': cliReview({ more: LATE }) };

describe('a signal', () => {
  const many = Object.fromEntries(
    Array.from({ length: 3000 }, (_, at) => [`r${at}.case-review.yaml`, cliReview({ more: LATE })]),
  );
  for (const [signal, code, jobs] of [
    ['SIGINT', 130, '1'],
    ['SIGTERM', 143, '1'],
    ['SIGINT', 130, '3'],
  ] as const)
    test(
      `${signal} stops ${jobs} job(s) at once and leaves every file as it was`,
      { skip, timeout: 60_000 },
      () =>
        inFolder({ '': 'force-pack', ...many, 'out.sarif': 'as it was' }, async folder => {
          const formats = ['--format', 'json', '--format', 'sarif:out.sarif', '--format', 'html:new.html'];
          const speed = ['--jobs', jobs, '--cache'];
          const child = spawn(process.execPath, [builtProgram, 'check', ...formats, ...speed], {
            cwd: folder,
          });
          let stderr = '';
          child.stderr.on('data', data => {
            stderr += String(data);
          });
          // The first text shows that it is at work; nothing reads on, so it cannot come to an end.
          await once(child.stdout, 'readable');
          child.kill(signal);
          const [status] = (await once(child, 'exit')) as [number];
          assert.equal(status, code);
          assert.equal(stderr, 'case-review: Interrupted.\n');
          assert.equal(readFileSync(path.join(folder, 'out.sarif'), 'utf8'), 'as it was');
          const others = readdirSync(folder).filter(name => !(name in many));
          assert.deepEqual(others.sort(), ['case-review.config.yaml', 'out.sarif', 'policies']);
        }),
    );
});

describe('a full disk', () => {
  test('behind standard output is named, and the answer is not to be relied on', { skip: skipFull }, () =>
    inFolder(REVIEW, folder => {
      const { stderr, status } = runShell(
        folder,
        `"${process.execPath}" "${builtProgram}" check > /dev/full`,
      );
      assert.equal(stderr, 'case-review: Standard output: The disk is full; make room and run again.\n');
      assert.equal(status, 3);
    }),
  );

  test('behind a format is named with its file', { skip: skipFull }, () =>
    inFolder(REVIEW, folder => {
      const { stderr, status } = runBuilt(folder, ['check', '--format', 'json:/dev/full']);
      assert.equal(stderr, 'case-review: /dev/full: The disk is full; make room and run again.\n');
      assert.equal(status, 3);
    }),
  );
});

describe('a file that goes away', () => {
  test('before it is read is a finding, and the others are judged', () =>
    inFolder({ ...REVIEW, 'gone.case-review.yaml': cliReview() }, async folder => {
      const { stdout, stderr, status } = await runInProcess(folder, ['check'], {
        createWorkspace: (files, options) => {
          rmSync(path.join(folder, 'gone.case-review.yaml'));
          return createWorkspace(files, options);
        },
      });
      assert.match(
        stdout,
        /^gone\.case-review\.yaml:1:1 {2}error {2}There is no such file; check the path\. /m,
      );
      assert.match(stdout, /^a\.case-review\.yaml:10:16 {2}error/m);
      assert.equal(stderr, '');
      assert.equal(status, 1);
    }));

  test('between judging and showing costs its lines and nothing else', () =>
    inFolder(REVIEW, async folder => {
      const { stdout, status } = await runInProcess(folder, ['check', '--include-text'], {
        createWorkspace: (files, options) => {
          const workspace = createWorkspace(files, options);
          const scan = workspace.scan.bind(workspace);
          workspace.scan = function* (uris) {
            const reports = [...scan(uris)];
            rmSync(path.join(folder, 'a.case-review.yaml'));
            yield* reports;
          };
          return workspace;
        },
      });
      assert.match(stdout, /^a\.case-review\.yaml:1:1 {2}error {2}Recorded 66 h 50 min/m);
      assert.equal(status, 1);
    }));
});

test('a format that cannot be written leaves the others unwritten too', () =>
  inFolder(REVIEW, async folder => {
    writeFileSync(path.join(folder, 'one.json'), 'as it was');
    const formats = ['--format', 'json:one.json', '--format', 'sarif:nowhere/two.sarif'];
    const { stderr, status } = await runInProcess(folder, ['check', ...formats]);
    assert.equal(stderr, 'case-review: nowhere/two.sarif: There is no such folder; create it first.\n');
    assert.equal(status, 2);
    assert.equal(readFileSync(path.join(folder, 'one.json'), 'utf8'), 'as it was');
    assert.deepEqual(
      readdirSync(folder).filter(name => name.endsWith('.tmp')),
      [],
    );
  }));

function runShell(folder: string, script: string): { stderr: string; status: number } {
  const { stderr, status } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' });
  return { stderr, status: status ?? Number.NaN };
}
