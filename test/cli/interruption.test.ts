/** What may come between: a signal, a full disk, a file that goes away. No half-written file, no stack trace. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { on, once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { createWorkspace } from '../../server/src/workspace/review-workspace.ts';
import { cliReview, LATE, STEPS } from '../support/cli-reviews.ts';
import { builtProgram, inFolder, runBuilt, runInProcess, scenarioFolder } from '../support/cli-scenario.ts';

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

describe('a signal is heard between two reviews by', () => {
  for (const words of [
    ['check'],
    ['check', '--fix', '--dry-run'],
    ['report'],
    ['baseline', 'create'],
    ['policy', 'compare', 'england-wales', 'policies/force', '.'],
  ])
    test(words.join(' '), () =>
      inFolder({ ...REVIEW, 'b.case-review.yaml': cliReview() }, async folder => {
        const scans: { heard: boolean }[] = [];
        await runInProcess(folder, words, {
          createWorkspace: (files, options) => {
            const workspace = createWorkspace(files, options);
            const scan = workspace.scan.bind(workspace);
            workspace.scan = function* (uris) {
              const heard = { heard: false };
              // A signal waits until the program lets anything else in, as this does.
              setImmediate(() => {
                heard.heard = true;
              });
              for (const report of scan(uris)) {
                const later = performance.now() + 60;
                while (performance.now() < later);
                yield report;
              }
              scans.push(heard);
            };
            return workspace;
          },
        });
        assert.ok(scans.length > 0);
        assert.ok(scans.every(({ heard }) => heard));
      }),
    );
});

test('SIGINT while reviews are mended leaves each as it was or as it should be', {
  skip,
  timeout: 60_000,
}, () => {
  const names = Array.from({ length: 800 }, (_, at) => `r${at}.case-review.yaml`);
  const before = cliReview({ more: STEPS });
  const reviews = Object.fromEntries(names.map(name => [name, before]));
  return inFolder({ '': 'force-pack', ...reviews }, async folder => {
    const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
    const child = spawn(
      process.execPath,
      [builtProgram, 'check', '--fix-suggested', '--format', 'json:out.json'],
      { cwd: folder },
    );
    let stderr = '';
    child.stderr.on('data', data => {
      stderr += String(data);
    });
    // The first that is mended shows that it is at work.
    const watcher = watch(folder);
    for await (const [, name] of on(watcher, 'change')) if (names.includes(String(name))) break;
    watcher.close();
    child.kill('SIGINT');
    const [status] = (await once(child, 'exit')) as [number];
    assert.equal(status, 130);
    assert.equal(stderr, 'case-review: Interrupted.\n');
    const texts = new Set(names.map(read));
    assert.ok(texts.delete(before), 'it came to an end before it was told to stop');
    assert.equal(texts.size, 1);
    await runInProcess(folder, ['check', '--fix-suggested']);
    assert.ok(names.every(name => texts.has(read(name))));
    assert.deepEqual(
      readdirSync(folder)
        .filter(name => !names.includes(name))
        .sort(),
      ['case-review.config.yaml', 'policies'],
    );
  });
});

describe('a full disk', () => {
  for (const words of ['check', 'rules', 'new --kind cse', 'completion bash', '--version'])
    test(
      `behind the output of ${words} is named, and the answer is not to be relied on`,
      {
        skip: skipFull,
      },
      () =>
        inFolder(REVIEW, folder => {
          const { stderr, status } = runShell(
            folder,
            `"${process.execPath}" "${builtProgram}" ${words} > /dev/full`,
          );
          assert.equal(stderr, 'case-review: Standard output: The disk is full; make room and run again.\n');
          assert.equal(status, 3);
        }),
    );

  test('behind standard error changes no exit code', { skip: skipFull }, () =>
    inFolder(REVIEW, folder => {
      const { status } = runShell(
        folder,
        `"${process.execPath}" "${builtProgram}" check nowhere 2> /dev/full`,
      );
      assert.equal(status, 2);
    }),
  );

  test('or any other device in place of a cache is not read, as it may have no end', { skip: skipFull }, () =>
    inFolder(REVIEW, folder => {
      const { stderr, status } = runBuilt(folder, ['check', '--cache-file', '/dev/full']);
      assert.equal(
        stderr,
        'case-review: /dev/full: This is not an ordinary file; name another after --cache-file.\n',
      );
      assert.equal(status, 1);
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

describe('a disk that has no room left', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'case-review-full-'));
  // A small disk of its own, where the system lets a test have one.
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder], {
    stdio: 'ignore',
  });
  const skipDisk = skip || (status === 0 ? false : 'only root may make a small disk');
  const fill = path.join(folder, 'fill');
  after(() => {
    if (status === 0) spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  const FULL = 'The disk is full; make room and run again.';

  for (const [words, code, said] of [
    [['check', '--format', 'json:out.json'], 3, `out.json: ${FULL}`],
    [
      ['check', '--cache', '--format', 'compact'],
      1,
      `.case-review-cache.json: ${FULL} Nothing was kept for the next run.`,
    ],
    [
      ['check', '--fix-suggested', '--format', 'compact'],
      3,
      `a.case-review.yaml: ${FULL}\ncase-review: 0 reviews fixed.`,
    ],
    [['baseline', 'create'], 3, `case-review.baseline.json: ${FULL}`],
    [['new', '--kind', 'cse', '--out', 'new.case-review.yaml'], 3, `new.case-review.yaml: ${FULL}`],
    [['init'], 3, `case-review.config.yaml: ${FULL}`],
  ] as const)
    test(`is named by ${words.join(' ')}, and every file stays as it was`, { skip: skipDisk }, async () => {
      cpSync(path.join(scenarioFolder, 'force-pack'), folder, { recursive: true });
      writeFileSync(path.join(folder, 'a.case-review.yaml'), cliReview({ more: STEPS }));
      if (words[0] === 'init') rmSync(path.join(folder, 'case-review.config.yaml'));
      const files = () =>
        readdirSync(folder).map(name => [
          name,
          statSync(path.join(folder, name)).isFile() && readFileSync(path.join(folder, name), 'utf8'),
        ]);
      try {
        writeFileSync(fill, Buffer.alloc(1 << 20));
      } catch {
        // As far as there was room.
      }
      const before = files();
      const answer = runBuilt(folder, words);
      assert.equal(answer.stderr, `case-review: ${said}\n`);
      assert.equal(answer.status, code);
      assert.deepEqual(files(), before);
      rmSync(fill);
    });
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

test("what a killed run of the same process id left is in nobody's way", () =>
  inFolder(REVIEW, async folder => {
    for (const name of ['out.json', '.case-review-cache.json'])
      writeFileSync(path.join(folder, `.${name}.${process.pid}.tmp`), 'half of');
    const { stderr, status } = await runInProcess(folder, ['check', '--cache', '--format', 'json:out.json']);
    assert.equal(stderr, '');
    assert.equal(status, 1);
  }));

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
