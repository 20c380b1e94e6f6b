/** The file provider of both fronts: files on this machine's disk, as `file:` URIs. It only ever reads. */
import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
} from 'node:fs';
import { SIZE_LIMIT_BYTES } from '../protocol.ts';
import type { FileProvider, FileText } from '../workspace/file-provider.ts';
import { decodeText, tooLarge } from './decode-text.ts';
import { childUri, toFilePath } from './file-uri.ts';
import { whyUnreadable } from './unreadable.ts';

/** A pipe that nobody writes to would block an ordinary `open` for ever; Windows has neither. */
const AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Nearly every review fits in. New memory for each costs a worker as much as the reading itself. */
const USUAL_BYTES = 64 * 1024;

export function createDiskFiles(): FileProvider {
  const room = Buffer.allocUnsafeSlow(USUAL_BYTES);
  return { read: uri => readText(uri, room), list: listFiles, folders: listFolders, exists: isThere };
}

/** `room` is memory that is free to be written to. */
function readText(uri: string, room: Buffer): FileText {
  const path = toFilePath(uri);
  if (path === undefined) return { problem: 'The file is not on this machine; save it to disk.' };
  try {
    const descriptor = openSync(path, AT_ONCE);
    try {
      return readOpen(descriptor, room);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return { problem: whyUnreadable(error, 'file') };
  }
}

function readOpen(descriptor: number, room: Buffer): FileText {
  const what = fstatSync(descriptor);
  if (what.isDirectory()) return { problem: 'This is a folder; name a file.' };
  if (!what.isFile()) return { problem: 'This is not an ordinary file; name a file.' };
  const { size } = what;
  if (size > SIZE_LIMIT_BYTES) return tooLarge(size);
  // One byte more than the size shows a file that grew since; the loop serves file systems that hand out less.
  let bytes = size < room.length ? room : Buffer.allocUnsafe(size + 1);
  let length = 0;
  for (;;) {
    const read = readSync(descriptor, bytes, length, bytes.length - length, null);
    length += read;
    if (read === 0 || length === size) return decodeText(bytes.subarray(0, length));
    if (length > SIZE_LIMIT_BYTES) return tooLarge(length);
    if (length === bytes.length) bytes = Buffer.concat([bytes, Buffer.allocUnsafe(USUAL_BYTES)]);
  }
}

function listFiles(folderUri: string, suffix: string): readonly string[] {
  return listEntries(folderUri, entry => !entry.isDirectory() && entry.name.endsWith(suffix));
}

/** Links to folders are left out, so that no walk runs in circles. */
function listFolders(folderUri: string): readonly string[] {
  return listEntries(folderUri, entry => entry.isDirectory()).map(uri => `${uri}/`);
}

function listEntries(folderUri: string, isWanted: (entry: Dirent) => boolean): readonly string[] {
  const path = toFilePath(folderUri);
  if (path === undefined) return [];
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter(isWanted)
      .map(entry => childUri(folderUri, path, entry.name))
      .sort();
  } catch {
    return []; // By contract: `read` says why a file that is named cannot be had.
  }
}

/** Also of a folder and of a link that leads nowhere: whoever takes it for a file is told by `read`. */
function isThere(uri: string): boolean {
  const path = toFilePath(uri);
  if (path === undefined) return false;
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false; // A folder on the way may not be entered, or is a file.
  }
}
