/** `check --fix`: what is written, what is left alone, and what never happens to a file. */
import assert from 'node:assert/strict';
import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { createWorkspace } from '../../server/src/workspace/review-workspace.ts';
import type { CreateWorkspace } from '../../server/src/workspace/workspace.ts';
import { cliReview, LATE, STEPS } from '../support/cli-reviews.ts';
import { inFolder, type RunOptions, runAsOrdinaryUser, runInProcess } from '../support/cli-scenario.ts';

const NAME = 'a.case-review.yaml';
/** A time without seconds, which is safe to complete, and a step without an answer, which is not. */
const SLIP = cliReview({ more: STEPS }).replace('10:30:00Z', '10:30Z');
const CORRECTED = SLIP.replace('10:30Z', '10:30:00Z');
const ANSWERED = CORRECTED.replace(/(\n {4}cctv.*)/, '$1\n    pnd: {state: outstanding}');

/** Runs in a folder with one review and says what the review is afterwards. */
function fixOne(
  text: string | Uint8Array,
  args: readonly string[],
  act: (file: string) => void = () => {},
  options: RunOptions = {},
) {
  return inFolder({ '': 'force-pack', [NAME]: text }, async folder => {
    const file = path.join(folder, NAME);
    act(file);
    const answer = await runInProcess(folder, ['check', ...args], options);
    return {
      ...answer,
      after: readFileSync(file),
      mode: statSync(file).mode & 0o777,
      isLink: lstatSync(file).isSymbolicLink(),
      names: readdirSync(folder).filter(name => name.includes(NAME)),
    };
  });
}

describe('fixing', () => {
  test('makes the safe fixes and judges what is left', async () => {
    const { after, stdout, stderr, status } = await fixOne(SLIP, ['--fix']);
    assert.equal(String(after), CORRECTED);
    assert.equal(stderr, 'case-review: 1 review fixed.\n');
    assert.doesNotMatch(stdout, /seconds/);
    assert.equal(status, 1);
  });

  test('makes the suggested ones when that is asked for', async () => {
    const { after, status } = await fixOne(SLIP, ['--fix-suggested']);
    assert.equal(String(after), ANSWERED);
    assert.equal(status, 0);
  });

  for (const trial of [['--dry-run'], ['--diff', '--include-text']])
    test(`writes nothing with ${trial[0]}, and judges the file as it is`, async () => {
      const { after, status } = await fixOne(SLIP, ['--fix-suggested', ...trial]);
      assert.equal(String(after), SLIP);
      assert.equal(status, 1);
    });

  test('a diff is one that patch and git take', async () => {
    const { stdout, after } = await fixOne(SLIP, ['--fix-suggested', '--diff', '--include-text']);
    assert.equal(String(after), SLIP);
    assert.match(
      stdout,
      /^--- a\/a\.case-review\.yaml\n\+\+\+ b\/a\.case-review\.yaml\n@@ -\d+,\d+ \+\d+,\d+ @@\n/,
    );
    assert.deepEqual(stdout.match(/^[-+](?![-+]).*$/gm), [
      '-  reviewed_at: 2026-03-10T10:30Z',
      '+  reviewed_at: 2026-03-10T10:30:00Z',
      '+    pnd: {state: outstanding}',
    ]);
  });

  test('keeps the mode, the byte order mark and the line ends', async () => {
    const windows = (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`;
    const { after, mode, names } = await fixOne(windows(SLIP), ['--fix'], file => chmodSync(file, 0o640));
    assert.equal(String(after), windows(CORRECTED));
    assert.equal(mode, 0o640);
    assert.deepEqual(names, [NAME]);
  });

  test('writes through a link and leaves the link', async () => {
    await inFolder({ '': 'force-pack', 'kept/one.yaml': SLIP }, async folder => {
      symlinkSync('kept/one.yaml', path.join(folder, NAME));
      await runInProcess(folder, ['check', '--fix']);
      assert.ok(lstatSync(path.join(folder, NAME)).isSymbolicLink());
      assert.equal(readFileSync(path.join(folder, 'kept/one.yaml'), 'utf8'), CORRECTED);
    });
  });

  test('leaves a review alone that somebody saves meanwhile, and names it', async () => {
    const theirs = SLIP.replace('pnc', 'pnd');
    const meddling: CreateWorkspace = (files, options) => {
      const workspace = createWorkspace(files, options);
      const close = workspace.closeText.bind(workspace);
      workspace.closeText = uri => {
        writeFileSync(new URL(uri), theirs);
        return close(uri);
      };
      return workspace;
    };
    const { after, stderr } = await fixOne(SLIP, ['--fix'], undefined, { createWorkspace: meddling });
    assert.equal(String(after), theirs);
    assert.equal(
      stderr,
      'case-review: a.case-review.yaml: The file changed while it was being fixed and was left alone; run again.\n' +
        'case-review: 0 reviews fixed.\n',
    );
  });

  test('a review that may not be written is named, and the run fails', async () => {
    await inFolder({ '': 'force-pack', [NAME]: SLIP }, folder => {
      chmodSync(path.join(folder, NAME), 0o440);
      const { stderr, status } = runAsOrdinaryUser(folder, ['check', '--fix']);
      assert.equal(readFileSync(path.join(folder, NAME), 'utf8'), SLIP);
      assert.match(
        stderr,
        /^case-review: a\.case-review\.yaml: The file may not be written; name another\.\n/,
      );
      assert.equal(status, 3);
    });
  });

  test('nothing is mended by a policy that is broken', async () => {
    const files = { '': 'force-pack', [NAME]: SLIP, 'case-review.config.yaml': 'packs: [./nowhere]\n' };
    await inFolder(files, async folder => {
      const { stderr, status } = await runInProcess(folder, ['check', '--fix']);
      assert.equal(stderr, 'case-review: Nothing is fixed while the configuration or a pack has errors.\n');
      assert.equal(readFileSync(path.join(folder, NAME), 'utf8'), SLIP);
      assert.equal(status, 2);
    });
  });

  test('what the baseline covers is left as it is', async () => {
    await inFolder({ '': 'force-pack', [NAME]: SLIP }, async folder => {
      await runInProcess(folder, ['baseline', 'create']);
      await runInProcess(folder, ['check', '--fix-suggested']);
      assert.equal(readFileSync(path.join(folder, NAME), 'utf8'), SLIP);
    });
  });

  test('a second run changes nothing', async () => {
    await inFolder({ '': 'force-pack', [NAME]: cliReview({ more: LATE + STEPS }) }, async folder => {
      await runInProcess(folder, ['check', '--fix-suggested']);
      const once = readFileSync(path.join(folder, NAME), 'utf8');
      const { stderr } = await runInProcess(folder, ['check', '--fix-suggested']);
      assert.equal(stderr, 'case-review: 0 reviews fixed.\n');
      assert.equal(readFileSync(path.join(folder, NAME), 'utf8'), once);
    });
  });
});
