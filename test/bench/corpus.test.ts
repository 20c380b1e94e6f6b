/** The corpus of the benchmark, judged by the built program: a figure counts only where the findings are right. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { builtProgram } from '../support/cli-scenario.ts';
import { repositoryRoot } from '../support/shipped-pack.ts';

const skip = existsSync(builtProgram) ? false : 'dist/case-review.cjs is not built: npm run build';

const runScript = (...args: string[]) =>
  spawnSync(process.execPath, args, { cwd: repositoryRoot, encoding: 'utf8' });

test('valid reviews have no error, and every seeded defect is found by its rule', { skip }, () => {
  inFolder(folder => {
    const { status, stdout, stderr } = runScript('bench/check-gen.mjs', folder);
    assert.equal(stderr, '');
    assert.match(stdout, / 0 faults\.\n$/);
    assert.equal(status, 0);
  });
});

test('a shorter corpus is the beginning of a longer one', () => {
  inFolder(folder => {
    const [short, long] = [10, 30].map(count => {
      const corpus = path.join(folder, String(count));
      assert.equal(runScript('bench/gen.mjs', String(count), corpus).status, 0);
      return readdirSync(corpus).map(name => [name, readFileSync(path.join(corpus, name), 'utf8')]);
    });
    assert.equal(short?.length, 10);
    assert.deepEqual(long?.slice(0, 10), short);
  });
});

function inFolder(use: (folder: string) => void): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'case-review-corpus-'));
  try {
    use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
