// `npm start`: builds, then checks the example reviews on the terminal.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { buildOrExit } from './build.mjs';

const root = path.resolve(import.meta.dirname, '..');
const FINDINGS = 1;

await buildOrExit();
const { status } = spawnSync(
  process.execPath,
  ['dist/case-review.cjs', 'check', 'examples', '--include-text'],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
if (status === FINDINGS) {
  console.log('\nThe examples are meant to show findings, so this is a success.');
} else {
  process.exitCode = status ?? 3;
}
