/** What git says has changed since a commit, with the texts of then. */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { UsageError } from './exit-code.ts';

/** The tree of a commit without files: before the first commit, everything is new. */
const NOTHING = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const MAX_BYTES = 256 * 1024 * 1024;

export interface GitChanges {
  /** Full paths: changed, new (untracked too) and deleted files. */
  readonly paths: readonly string[];
  /** The text of a file then; undefined where it was not there. */
  readonly textThen: (path: string) => string | undefined;
}

/** Since the commit in which this branch left `ref`; without one, since the last commit. */
export function changesSince(ref: string | undefined, cwd: string): GitChanges {
  const root = resolve(cwd, ask(cwd, 'rev-parse', '--show-cdup').trim());
  const base = ref === undefined ? (commitOf('HEAD', root) ?? NOTHING) : forkPoint(ref, root);
  const names = [
    ...ask(root, 'diff', '--name-only', '--no-renames', '--no-relative', '-z', base, '--').split('\0'),
    ...ask(root, 'ls-files', '--others', '--exclude-standard', '-z').split('\0'),
  ].filter(name => name !== '');
  const nameOf = new Map(names.map(name => [resolve(root, name), name]));
  return {
    paths: [...nameOf.keys()],
    textThen: path => attempt(root, 'cat-file', 'blob', `${base}:${nameOf.get(path)}`),
  };
}

function forkPoint(ref: string, root: string): string {
  const commit = commitOf(ref, root);
  if (commit === undefined)
    throw new UsageError(`There is no commit "${ref}" here; fetch it, or name paths before --changed.`);
  const base = attempt(root, 'merge-base', commit, 'HEAD')?.trim();
  if (base === undefined)
    throw new UsageError(`"${ref}" and this branch have no commit in common here; fetch the whole history.`);
  return base;
}

function commitOf(ref: string, root: string): string | undefined {
  return attempt(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`)?.trim();
}

function attempt(folder: string, ...args: readonly string[]): string | undefined {
  try {
    return run(folder, args);
  } catch {
    return undefined;
  }
}

function ask(folder: string, ...args: readonly string[]): string {
  try {
    return run(folder, args);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new UsageError('--changed needs git; install it, or leave the option out.');
    throw new UsageError('--changed needs a git checkout that git can read; leave the option out.');
  }
}

function run(folder: string, args: readonly string[]): string {
  const stdio: ('ignore' | 'pipe')[] = ['ignore', 'pipe', 'ignore'];
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: MAX_BYTES, stdio });
}
