/** The whole repository passes the linter and the formatter; `npm run format` mends most of what this finds. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { repositoryRoot } from '../support/shipped-pack.ts';

test('Biome finds nothing to mend', () => {
  const program = join(repositoryRoot, 'node_modules/@biomejs/biome/bin/biome');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program, 'ci', '--error-on-warnings', '--colors=off', '.'],
    { cwd: repositoryRoot, encoding: 'utf8' },
  );
  assert.equal(status, 0, `${stdout}${stderr}`);
});
