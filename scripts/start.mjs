// `npm start`: builds, then checks the example reviews on the terminal.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { buildOrExit } from './build.mjs';

const root = path.resolve(import.meta.dirname, '..');
const FINDINGS = 1;

console.log('Building.');
await buildOrExit();
console.log('Checking the invented reviews in examples/ with: case-review check examples --include-text\n');
const { status } = spawnSync(
  process.execPath,
  ['dist/case-review.cjs', 'check', 'examples', '--include-text'],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
if (status === FINDINGS) {
  console.log(`
The examples are meant to show findings, so this is a success.
Next: npm run package makes the extension for VS Code; README.md says how to install it and write a first review.`);
} else {
  process.exitCode = status ?? 3;
}
