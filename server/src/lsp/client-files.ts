/**
 * Files that only the client can read: those of a virtual workspace, and all of them in a browser. The server asks for
 * files without waiting, so what it may ask for is fetched ahead and kept. What lies outside the folders is not there.
 */
import type { Connection } from 'vscode-languageserver';
import {
  CONFIG_FILE_NAME,
  FIND_FILES_REQUEST,
  type FileAnswer,
  type FindFilesResult,
  GIT_IGNORE,
  PACK_FILE_NAME,
  READ_FILES_REQUEST,
  REVIEW_EXTENSIONS,
  type ReadFilesResult,
} from '../protocol.ts';
import { FILE_TROUBLES, type FileProvider, type FileText } from '../workspace/file-provider.ts';
import { GitIgnore } from '../workspace/git-ignore.ts';
import { canonicalUri, isWithin, nameOf } from './canonical-uri.ts';

interface Found {
  /** Configuration, baselines and packs. */
  readonly policy: readonly string[];
  readonly reviews: readonly string[];
}

/** So many files are asked for in one message. */
const BATCH = 100;

export class ClientFiles implements FileProvider {
  /** Whether a file is for the client to read. */
  readonly covers: (uri: string) => boolean;
  readonly #connection: Connection;
  readonly #texts = new Map<string, FileText>();
  /** What `.gitignore` says, by the readable URI of its folder. */
  readonly #patterns = new Map<string, string>();
  /** One thing is fetched after the other, so that the last answer about a file is the newest. */
  #last: Promise<unknown> = Promise.resolve();
  /** Call it when the policy of the folders that the session starts with has been told. */
  markReady = (): void => {};
  /** Before this, every answer would be by the shipped policy alone. */
  readonly ready = new Promise<void>(resolve => {
    this.markReady = resolve;
  });

  constructor(connection: Connection, covers: (uri: string) => boolean) {
    this.#connection = connection;
    this.covers = covers;
  }

  read(uri: string): FileText {
    return this.#texts.get(uri) ?? { problem: FILE_TROUBLES.absent };
  }

  list(folderUri: string, suffix: string): readonly string[] {
    const folder = withSlash(folderUri);
    return [...this.#texts.keys()].filter(uri => parentOf(uri) === folder && uri.endsWith(suffix)).sort();
  }

  folders(folderUri: string): readonly string[] {
    const folder = withSlash(folderUri);
    const below = [...this.#texts.keys()].filter(uri => uri.startsWith(folder) && parentOf(uri) !== folder);
    return [...new Set(below.map(uri => uri.slice(0, uri.indexOf('/', folder.length) + 1)))].sort();
  }

  exists(uri: string): boolean {
    return this.#texts.has(uri);
  }

  /** What may be fetched below folders, without the reviews that git leaves out. */
  find(folders: readonly string[]): Promise<Found> {
    return this.#queue(async () => {
      const uris = await this.#find(folders.filter(this.covers));
      await this.#fetch(uris.filter(uri => nameOf(uri) === GIT_IGNORE));
      const isLeftOut = this.#leavesOut(folders);
      return {
        policy: policyAmong(uris),
        reviews: uris.filter(uri => isReview(uri) && !isLeftOut(uri)),
      };
    });
  }

  fetch(uris: readonly string[]): Promise<void> {
    return this.#queue(() => this.#fetch(uris));
  }

  /** Fetches files anew that were created, changed or deleted. Returns them and what belongs to a pack that is new. */
  refresh(uris: readonly string[]): Promise<readonly string[]> {
    return this.#queue(async () => {
      const packs = uris.filter(
        uri => nameOf(uri) === PACK_FILE_NAME && this.covers(uri) && !this.exists(uri),
      );
      const changed = [...new Set([...uris, ...policyAmong(await this.#find(packs.map(parentOf)))])];
      await this.#fetch(changed.filter(this.covers));
      return changed;
    });
  }

  /** The reviews below folders that were fetched. */
  findReviews(folders: readonly string[]): readonly string[] {
    const isLeftOut = this.#leavesOut(folders);
    return [...this.#texts.keys()]
      .filter(uri => isReview(uri) && isWithin(uri, folders) && !isLeftOut(uri))
      .sort();
  }

  /** Whether a search of the folders would pass over a review that lies below one of them. */
  isLeftOut(uri: string, folders: readonly string[]): boolean {
    return this.#leavesOut(folders)(uri);
  }

  #leavesOut(folders: readonly string[]): (uri: string) => boolean {
    const searches = folders.map(folder => {
      const top = readable(folder);
      const patterns = (at: string) => this.#patterns.get(at);
      // What lies above the folder is not there.
      return { folder, ignored: new GitIgnore(top, { patterns, isRepository: at => at === top }) };
    });
    return uri => {
      const around = searches.filter(({ folder }) => isWithin(uri, [folder]));
      return around.length > 0 && around.every(({ ignored }) => ignored.ignores(readable(uri), false));
    };
  }

  async #find(uris: readonly string[]): Promise<readonly string[]> {
    if (uris.length === 0) return [];
    const found = await this.#connection.sendRequest<FindFilesResult>(FIND_FILES_REQUEST, { uris });
    return found.map(canonicalUri);
  }

  async #fetch(all: readonly string[]): Promise<void> {
    for (let at = 0; at < all.length; at += BATCH) {
      const uris = all.slice(at, at + BATCH);
      const answers = await this.#connection.sendRequest<ReadFilesResult>(READ_FILES_REQUEST, { uris });
      answers.forEach((answer, i) => {
        this.#keep(uris[i]!, answer);
      });
    }
  }

  #keep(uri: string, answer: FileAnswer): void {
    if ('trouble' in answer && answer.trouble === 'absent') this.#texts.delete(uri);
    else this.#texts.set(uri, 'text' in answer ? answer : { problem: FILE_TROUBLES[answer.trouble] });
    if (nameOf(uri) !== GIT_IGNORE) return;
    const folder = readable(parentOf(uri));
    if ('text' in answer) this.#patterns.set(folder, answer.text);
    else this.#patterns.delete(folder);
  }

  #queue<T>(run: () => Promise<T>): Promise<T> {
    const next = this.#last.then(run);
    this.#last = next.catch(() => {});
    return next;
  }
}

/** A pack's files lie beside its `pack.yaml` and one folder below; a configuration may name any file as its baseline. */
function policyAmong(uris: readonly string[]): readonly string[] {
  const known = new Set(uris);
  const isPack = (folder: string): boolean => known.has(`${folder}${PACK_FILE_NAME}`);
  return uris.filter(uri => {
    if (isReview(uri)) return false;
    const folder = parentOf(uri);
    if (uri.endsWith('.json'))
      return uri.endsWith('.baseline.json') || known.has(`${folder}${CONFIG_FILE_NAME}`);
    return nameOf(uri) === CONFIG_FILE_NAME || isPack(folder) || isPack(parentOf(folder.slice(0, -1)));
  });
}

const isReview = (uri: string): boolean => REVIEW_EXTENSIONS.some(extension => uri.endsWith(extension));

const withSlash = (uri: string): string => (uri.endsWith('/') ? uri : `${uri}/`);

const parentOf = (uri: string): string => uri.slice(0, uri.lastIndexOf('/') + 1);

/** Without a slash at the end, for patterns of names. */
function readable(uri: string): string {
  const plain = uri.replace(/\/$/, '');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
