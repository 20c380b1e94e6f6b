/** The edges of a run: a failure of the tool itself, a reader that goes away, and colour by the environment. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import type { CreateWorkspace } from '../../server/src/workspace/workspace.ts';
import { cliReview, EVERYTHING, LATE } from '../support/cli-reviews.ts';
import { builtProgram, inFolder, runBuilt, runInProcess } from '../support/cli-scenario.ts';

const skip = existsSync(builtProgram) ? false : 'dist/case-review.cjs is not built: npm run build';

describe('a failure of the tool', () => {
  const createWorkspace: CreateWorkspace = () => {
    throw new RangeError('words of a review');
  };

  test('names its class and where to report it, and no more', async () => {
    const answer = await inFolder(EVERYTHING, folder => runInProcess(folder, ['check'], { createWorkspace }));
    assert.equal(answer.status, 3);
    assert.equal(answer.stdout, '');
    assert.match(answer.stderr, /^case-review: Internal failure \(RangeError\)\. Please report it [^\n]+\n$/);
    assert.doesNotMatch(answer.stderr, /words of a review/);
  });

  test('shows its place when that is asked for', async () => {
    const env = { CASE_REVIEW_DEBUG: '1' };
    const answer = await inFolder(EVERYTHING, folder =>
      runInProcess(folder, ['check'], { createWorkspace, env }),
    );
    assert.equal(answer.status, 3);
    assert.match(answer.stderr, /RangeError: words of a review\n +at /);
  });
});

describe('a reader that goes away', () => {
  test('is no failure, and the exit code still tells the truth', { skip }, async () => {
    const files: Record<string, string> = { '': 'force-pack' };
    for (let at = 0; at < 2000; at++) files[`r${at}.case-review.yaml`] = cliReview({ more: LATE });
    await inFolder(files, folder => {
      const script = `"${process.execPath}" "${builtProgram}" check --format json | head -c 10; exit \${PIPESTATUS[0]}`;
      const { stdout, stderr, status } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' });
      assert.equal(stdout, '{"version"');
      assert.equal(stderr, '');
      assert.equal(status, 1);
    });
  });
});

describe('outputs', () => {
  const review = { '': 'force-pack', 'a.case-review.yaml': cliReview({ more: LATE }) };

  test('colour goes by the terminal, NO_COLOR and the options', async () => {
    const hasColour = async (
      terminal: number | undefined,
      env: Record<string, string>,
      ...more: string[]
    ) => {
      const options = { terminal, env };
      const { stdout } = await inFolder(review, folder => runInProcess(folder, ['check', ...more], options));
      return stdout.includes('\u001b[');
    };
    assert.equal(await hasColour(80, {}), true);
    assert.equal(await hasColour(undefined, {}), false);
    assert.equal(await hasColour(80, { NO_COLOR: '1' }), false);
    assert.equal(await hasColour(80, { TERM: 'dumb' }), false);
    assert.equal(await hasColour(80, {}, '--no-color'), false);
    assert.equal(await hasColour(80, { NO_COLOR: '1' }, '--color'), true);
  });

  test('a format in a file is what it would be on standard output', async () => {
    await inFolder(review, async folder => {
      const { stdout } = await runInProcess(folder, ['check', '--format', 'json']);
      const both = await runInProcess(folder, ['check', '--format', 'json:out.json', '--format', 'sarif']);
      assert.equal(readFileSync(path.join(folder, 'out.json'), 'utf8'), stdout);
      assert.match(both.stdout, /^\{"\$schema"/);
    });
  });

  test('the built program has the same schema and the same rules', { skip }, async () => {
    for (const command of [['schema'], ['schema', 'report'], ['rules', '--json'], ['help', 'check']]) {
      await inFolder({ '': 'force-pack' }, async folder => {
        assert.deepEqual(runBuilt(folder, command), await runInProcess(folder, command));
      });
    }
  });

  test('no line of the help is wider than a terminal', async () => {
    for (const command of [
      [],
      ['check'],
      ['new'],
      ['rules'],
      ['explain'],
      ['schema'],
      ['baseline'],
      ['init'],
      ['completion'],
      ['lsp'],
    ]) {
      const { stdout, status } = await inFolder({}, folder => runInProcess(folder, [...command, '--help']));
      assert.equal(status, 0);
      assert.deepEqual(
        stdout.split('\n').filter(line => line.length > 80),
        [],
      );
    }
  });
});
