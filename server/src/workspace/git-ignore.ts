/** What `.gitignore` leaves out of a search: of the folder searched, of those below it, and of those above it in the repository. */
import ignore, { type Ignore } from 'ignore';

/** Paths have slashes and none at the end; the root is the empty path. */
export interface IgnoreFiles {
  /** The text of the `.gitignore` in a folder. */
  patterns(folder: string): string | undefined;
  /** Whether a folder is the top of a repository. */
  isRepository(folder: string): boolean;
}

interface Rules {
  readonly folder: string;
  readonly patterns: Ignore;
}

interface Folder {
  readonly isIgnored: boolean;
  /** From the outermost folder to the innermost, which has the last word. */
  readonly rules: readonly Rules[];
}

export class GitIgnore {
  readonly #files: IgnoreFiles;
  readonly #searched: string;
  readonly #top: string;
  readonly #folders = new Map<string, Folder>();

  /** For a search of this folder, which is searched even where git leaves it out. */
  constructor(searched: string, files: IgnoreFiles) {
    this.#files = files;
    this.#searched = searched;
    this.#top = repositoryOf(searched, files) ?? searched;
  }

  /** For a file or folder below the one that is searched. */
  ignores(path: string, isFolder: boolean): boolean {
    const { isIgnored, rules } = this.#folder(parentOf(path));
    return isIgnored || isIgnoredBy(rules, path, isFolder);
  }

  #folder(path: string): Folder {
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const isTop = path === this.#top || path === '';
    const folder = this.#withRulesOf(path, isTop ? NOTHING_SAID : this.#below(path));
    this.#folders.set(path, folder);
    return folder;
  }

  /** What the folders above say of this one and of what is in it. */
  #below(path: string): Folder {
    const { isIgnored, rules } = this.#folder(parentOf(path));
    if (!isIgnored && !isIgnoredBy(rules, path, true)) return { isIgnored: false, rules };
    return path === this.#searched ? NOTHING_SAID : { isIgnored: true, rules: [] };
  }

  #withRulesOf(path: string, { isIgnored, rules }: Folder): Folder {
    // As git: a file that is not there or cannot be read leaves out nothing.
    const text = isIgnored ? undefined : this.#files.patterns(path);
    if (text === undefined) return { isIgnored, rules };
    return { isIgnored, rules: [...rules, { folder: path, patterns: ignore().add(text) }] };
  }
}

const NOTHING_SAID: Folder = { isIgnored: false, rules: [] };

function isIgnoredBy(rules: readonly Rules[], path: string, isFolder: boolean): boolean {
  for (const { folder, patterns } of rules.toReversed()) {
    const name = path.slice(folder.length + 1) + (isFolder ? '/' : '');
    const { ignored, unignored } = patterns.test(name);
    if (ignored || unignored) return ignored;
  }
  return false;
}

function repositoryOf(folder: string, files: IgnoreFiles): string | undefined {
  if (files.isRepository(folder)) return folder;
  return folder === '' ? undefined : repositoryOf(parentOf(folder), files);
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
