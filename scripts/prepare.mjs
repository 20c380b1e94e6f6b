// `npm install` of the repository, also by a hook of pre-commit, ends with a program that is built.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

// npm 11 puts nothing beside a repository that it installs globally from git, though building needs it.
if (!existsSync(path.join(root, 'node_modules/esbuild'))) {
  const env = { ...process.env, npm_config_global: 'false' };
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], {
    cwd: root,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}
const { buildOrExit } = await import('./build.mjs');
await buildOrExit();
