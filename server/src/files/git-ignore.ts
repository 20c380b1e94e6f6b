/** What `.gitignore` leaves out of a search: of the folder searched, of those below it, and of those above it in the repository. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

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
  readonly #searched: string;
  readonly #top: string;
  readonly #folders = new Map<string, Folder>();

  /** For a search of this folder, which is searched even where git leaves it out. */
  constructor(searched: string) {
    this.#searched = searched;
    this.#top = repositoryOf(searched) ?? searched;
  }

  /** For a file or folder below the one that is searched. */
  ignores(path: string, isFolder: boolean): boolean {
    const { isIgnored, rules } = this.#folder(dirname(path));
    return isIgnored || isIgnoredBy(rules, path, isFolder);
  }

  #folder(path: string): Folder {
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const isTop = path === this.#top || dirname(path) === path;
    const folder = withRulesOf(path, isTop ? NOTHING_SAID : this.#below(path));
    this.#folders.set(path, folder);
    return folder;
  }

  /** What the folders above say of this one and of what is in it. */
  #below(path: string): Folder {
    const { isIgnored, rules } = this.#folder(dirname(path));
    if (!isIgnored && !isIgnoredBy(rules, path, true)) return { isIgnored: false, rules };
    return path === this.#searched ? NOTHING_SAID : { isIgnored: true, rules: [] };
  }
}

const NOTHING_SAID: Folder = { isIgnored: false, rules: [] };

function withRulesOf(path: string, { isIgnored, rules }: Folder): Folder {
  const patterns = isIgnored ? undefined : readPatterns(path);
  return { isIgnored, rules: patterns === undefined ? rules : [...rules, { folder: path, patterns }] };
}

function isIgnoredBy(rules: readonly Rules[], path: string, isFolder: boolean): boolean {
  for (const { folder, patterns } of rules.toReversed()) {
    const name = relative(folder, path).replaceAll(sep, '/') + (isFolder ? '/' : '');
    const { ignored, unignored } = patterns.test(name);
    if (ignored || unignored) return ignored;
  }
  return false;
}

function readPatterns(folder: string): Ignore | undefined {
  try {
    return ignore().add(readFileSync(join(folder, '.gitignore'), 'utf8'));
  } catch {
    return undefined; // As git: a file that is not there or cannot be read leaves out nothing.
  }
}

function repositoryOf(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : repositoryOf(above);
}
