/** What `npm pack` makes: a command line that needs no other package and no network. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { cliReview } from '../support/cli-reviews.ts';
import { builtProgram, inFolder } from '../support/cli-scenario.ts';
import { repositoryRoot } from '../support/shipped-pack.ts';

const skip = existsSync(builtProgram) ? false : 'dist/case-review.cjs is not built: npm run build';

describe('the tarball', { skip }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'case-review-tarball-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const npm = (command: string, args: readonly string[], cwd: string) =>
    spawnSync(command, args, {
      cwd,
      encoding: 'utf8',
      // A registry that is not there, and a cache that holds nothing.
      env: {
        ...process.env,
        npm_config_cache: path.join(folder, 'cache'),
        npm_config_registry: 'http://127.0.0.1:9',
        npm_config_offline: 'true',
      },
    });
  // The build has been made; packing makes it anew otherwise.
  const packed = npm(
    'npm',
    ['pack', '--ignore-scripts', '--json', `--pack-destination=${folder}`],
    repositoryRoot,
  );
  const [made] = JSON.parse(packed.stdout) as [{ filename: string; files: { path: string }[] }];
  const tarball = path.join(folder, made.filename);

  test('holds the program, its schemas and what a reader needs', () => {
    assert.deepEqual(
      made.files.map(file => file.path).filter(name => !name.startsWith('schemas/')),
      [
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'dist/case-review.cjs',
        'dist/third-party-notices.txt',
        'docs/audits.md',
        'docs/ci.md',
        'docs/editors.md',
        'l10n/bundle.l10n.json',
        'package.json',
      ],
    );
  });

  test('runs with npx without a network and without dependencies', () =>
    inFolder({ 'a.case-review.yaml': cliReview({ state: 'draft' }) }, cwd => {
      const npx = ['--offline', '--yes', '--package', tarball, 'case-review', 'check'];
      const { status, stdout, stderr } = npm('npx', npx, cwd);
      assert.equal(status, 0, stderr);
      assert.match(stdout, /^No complete reviews\. 1 draft does not count until complete\./);
    }));

  test('asks for no other package', () => {
    const { stdout } = spawnSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' });
    const manifest = JSON.parse(stdout) as Record<string, unknown>;
    for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies'])
      assert.equal(manifest[kind], undefined);
  });
});
