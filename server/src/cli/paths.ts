/** How files are named to the reader, and how what a reader names becomes files. */
import { statSync } from 'node:fs';
import { normalize, relative, resolve, sep } from 'node:path';
import { toFilePath, toFileUri } from '../files/file-uri.ts';
import { findReviews, isReviewName } from '../files/find-reviews.ts';
import { ignoreOnDisk } from '../files/git-ignore.ts';
import { whyUnreadable } from '../files/unreadable.ts';
import type { InputProblem } from '../render/format.ts';

/** Relative to the folder, with forward slashes on every system. */
export function pathFrom(folder: string): (uri: string) => string {
  const base = `${toFileUri(folder)}/`;
  return uri => {
    if (uri.startsWith(base) && !uri.includes('%', base.length)) return uri.slice(base.length);
    const path = toFilePath(uri);
    return path === undefined ? uri : relative(folder, path).replaceAll(sep, '/');
  };
}

export interface FoundReviews {
  readonly uris: readonly string[];
  readonly problems: readonly InputProblem[];
}

/** Files, folders and patterns as reviews: sorted, each once. A file that is named is checked whatever its name. */
export async function findNamed(paths: readonly string[], cwd: string): Promise<FoundReviews> {
  const files: string[] = [];
  const folders: string[] = [];
  const problems: InputProblem[] = [];
  for (const path of paths) {
    const full = resolve(cwd, path);
    const problem = whyMissing(full);
    if (problem === undefined) {
      (statSync(full).isDirectory() ? folders : files).push(toFileUri(full));
      continue;
    }
    const matches = isPattern(path) ? await findPattern(path, cwd) : [];
    files.push(...matches);
    if (matches.length > 0) continue;
    problems.push({ path, message: isPattern(path) ? 'No review matches; check the pattern.' : problem });
  }
  const pathOf = pathFrom(cwd);
  const onUnreadable = (uri: string, message: string) => problems.push({ path: pathOf(uri) || '.', message });
  const found = findReviews(folders, onUnreadable);
  return { uris: [...new Set([...files, ...found])].sort(), problems };
}

function whyMissing(path: string): string | undefined {
  try {
    statSync(path);
    return undefined;
  } catch (error) {
    return whyUnreadable(error, 'file or folder');
  }
}

function isPattern(path: string): boolean {
  return /[*?[{]/.test(path);
}

/** Shells expand patterns themselves; this serves quoted ones, and Windows. */
async function findPattern(pattern: string, cwd: string): Promise<string[]> {
  const { globSync } = await import('tinyglobby');
  const gitIgnore = ignoreOnDisk(cwd);
  return globSync(pattern, { cwd, absolute: true, ignore: ['**/node_modules/**', '**/.git/**'] })
    .filter(path => isReviewName(path) && !gitIgnore.ignores(normalize(path), false))
    .map(toFileUri);
}
