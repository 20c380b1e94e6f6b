/**
 * Finds the reviews below folders. Hidden folders are searched; `node_modules`, `.git` and what `.gitignore` leaves out
 * are not.
 */
import { type Dirent, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
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
 * A link to a folder is not followed, so that no search runs in circles. Whatever else has the name of a review is found,
 * a link to nowhere and a pipe too: whoever reads it is told that it cannot be read.
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
    (isLock(basename(path)) ||
      folders.every(folder => folder !== undefined && ignoreOnDisk(folder).ignores(path, false)))
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
      !isLock(entry.name) &&
      !isLinkToFolder(entry, path) &&
      !gitIgnore.ignores(join(path, entry.name), false)
    ) {
      yield childUri(uri, path, entry.name);
    }
  }
}

/** Emacs locks a file that is being edited by a link of this name, which leads nowhere. */
function isLock(name: string): boolean {
  return name.startsWith('.#');
}

function isLinkToFolder(entry: Dirent, folder: string): boolean {
  if (!entry.isSymbolicLink()) return false;
  try {
    return statSync(join(folder, entry.name)).isDirectory();
  } catch {
    return false;
  }
}
