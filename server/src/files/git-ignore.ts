/** What `.gitignore` leaves out of a search of this machine's disk. */
import { existsSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { GitIgnore, type IgnoreFiles } from '../workspace/git-ignore.ts';

export interface DiskIgnore {
  /** For a file or folder below the one that is searched. */
  ignores(path: string, isFolder: boolean): boolean;
}

/** For a search of this folder, which is searched even where git leaves it out. */
export function ignoreOnDisk(searched: string): DiskIgnore {
  const rules = new GitIgnore(withSlashes(searched).replace(/\/$/, ''), ON_DISK);
  return { ignores: (path, isFolder) => rules.ignores(withSlashes(path), isFolder) };
}

const ON_DISK: IgnoreFiles = {
  patterns(folder) {
    try {
      return readFileSync(`${folder}/.gitignore`, 'utf8');
    } catch {
      return undefined;
    }
  },
  isRepository: folder => existsSync(`${folder}/.git`),
};

const withSlashes = (path: string): string => (sep === '/' ? path : path.replaceAll(sep, '/'));
