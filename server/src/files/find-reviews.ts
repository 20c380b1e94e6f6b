/**
 * Finds the reviews below folders. Hidden folders are searched; `node_modules`, `.git` and what `.gitignore` leaves out
 * are not.
 */
import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { NEVER_SEARCHED, REVIEW_EXTENSIONS } from '../protocol.ts';
import { childUri, toFilePath } from './file-uri.ts';
import { type DiskIgnore, ignoreOnDisk } from './git-ignore.ts';
import { whyUnreadable } from './unreadable.ts';

/** Told of each folder that could not be searched; without it such folders count as empty. */
type OnUnreadable = (folderUri: string, problem: string) => void;

export function isReviewName(name: string): boolean {
  return REVIEW_EXTENSIONS.some(suffix => name.endsWith(suffix));
}

/** The URIs of all reviews below the folders, sorted, each once. */
export function findReviews(folderUris: readonly string[], onUnreadable?: OnUnreadable): string[] {
  return [...searchReviews(folderUris, onUnreadable)].sort();
}

/**
 * The same as they are found, so that other work may come between.
 * A link to a file is followed, a link to a folder is not, so that no search runs in circles.
 */
export function* searchReviews(
  folderUris: readonly string[],
  onUnreadable?: OnUnreadable,
): Generator<string> {
  const found = new Set<string>();
  for (const folder of folderUris) {
    const path = toFilePath(folder);
    if (path === undefined) continue;
    for (const uri of searchFolder(folder, path, ignoreOnDisk(path), onUnreadable)) {
      if (found.has(uri)) continue;
      found.add(uri);
      yield uri;
    }
  }
}

/** Whether a search of the folders would pass over a review that lies below one of them. */
export function isLeftOut(uri: string, folderUris: readonly string[]): boolean {
  const path = toFilePath(uri);
  const folders = folderUris.filter(folder => uri.startsWith(`${folder}/`)).map(toFilePath);
  return (
    path !== undefined &&
    folders.length > 0 &&
    folders.every(folder => folder !== undefined && ignoreOnDisk(folder).ignores(path, false))
  );
}

function* searchFolder(
  uri: string,
  path: string,
  gitIgnore: DiskIgnore,
  onUnreadable: OnUnreadable | undefined,
): Generator<string> {
  let entries: Dirent[];
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    onUnreadable?.(uri, whyUnreadable(error, 'folder'));
    return;
  }
  for (const entry of entries) {
    if (entry.isDirectory()) {
      const inner = join(path, entry.name);
      if (NEVER_SEARCHED.includes(entry.name) || gitIgnore.ignores(inner, true)) continue;
      yield* searchFolder(childUri(uri, path, entry.name), inner, gitIgnore, onUnreadable);
    } else if (
      isReviewName(entry.name) &&
      (entry.isFile() || isLinkToFile(entry, path)) &&
      !gitIgnore.ignores(join(path, entry.name), false)
    ) {
      yield childUri(uri, path, entry.name);
    }
  }
}

function isLinkToFile(entry: Dirent, folder: string): boolean {
  if (!entry.isSymbolicLink()) return false;
  try {
    return statSync(join(folder, entry.name)).isFile();
  } catch {
    return false;
  }
}
