/** Writes a file beside its place and moves it there once it is whole, so that nobody ever finds half of one. */
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

export interface PendingFile {
  readonly write: (content: string | Uint8Array) => void;
  /** The file gets its name, and keeps the mode of the one it replaces. */
  readonly commit: () => void;
  /** Whatever had the name before keeps it. */
  readonly discard: () => void;
}

/** Throws the error of the system where the place cannot be written. */
export function beginFile(path: string): PendingFile {
  const before = statSync(path, { throwIfNoEntry: false });
  // A device or a pipe cannot be replaced, only written to.
  if (before !== undefined && !before.isFile()) return beginDirectly(path);
  if (before !== undefined) accessSync(path, constants.W_OK);
  const place = before === undefined ? path : realpathSync(path);
  return beginBeside(place, before);
}

export function replaceFile(path: string, content: string | Uint8Array): void {
  const file = beginFile(path);
  try {
    file.write(content);
    file.commit();
  } catch (error) {
    file.discard();
    throw error;
  }
}

function beginBeside(place: string, before: Stats | undefined): PendingFile {
  // In a container every run has the same process id, and one that was killed may have left its file.
  const beside = join(dirname(place), `.${basename(place)}.${crypto.randomUUID().slice(0, 8)}.tmp`);
  const descriptor = openSync(beside, 'wx');
  if (before !== undefined) fchmodSync(descriptor, before.mode);
  let isOpen = true;
  const close = (): void => {
    if (isOpen) closeSync(descriptor);
    isOpen = false;
  };
  return {
    write: content => writeAll(descriptor, content),
    commit: () => {
      close();
      renameSync(beside, place);
    },
    discard: () => {
      close();
      rmSync(beside, { force: true });
    },
  };
}

function beginDirectly(path: string): PendingFile {
  const descriptor = openSync(path, 'w');
  const close = () => closeSync(descriptor);
  return { write: content => writeAll(descriptor, content), commit: close, discard: close };
}

/** The system may take less than it is given. */
function writeAll(descriptor: number, content: string | Uint8Array): void {
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}
