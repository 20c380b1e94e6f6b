/** Hands text on in large pieces and waits for the reader, so that no report piles up in memory. */
import { beginFile, type PendingFile } from '../files/pending-file.ts';
import { OutputError, UsageError } from './exit-code.ts';
import type { Output, Surroundings } from './surroundings.ts';
import { whyUnwritable } from './why-unwritable.ts';

const PIECE = 64 * 1024;

export interface Writer {
  readonly write: (text: string) => void;
  /** True when it is time to call `flush`. */
  readonly isFull: () => boolean;
  readonly flush: () => Promise<void>;
  /** Everything is written: a file gets its name. */
  readonly finish: () => void;
  /** A file is left as it was before. */
  readonly discard: () => void;
}

/** A reader that went away (`| head`) is no failure: the rest is dropped, and the exit code still tells the truth. */
export function createWriter(output: Output): Writer {
  return createBuffered(text => new Promise(resolve => output.write(text, () => resolve())));
}

export function createFileWriter(path: string, shownPath: string, { unfinished }: Surroundings): Writer {
  const attempt = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      throw new OutputError(`${shownPath}: ${whyUnwritable(error)}`);
    }
  };
  const file = openFile(path, shownPath);
  const discard = (): void => {
    unfinished?.delete(discard);
    file.discard();
  };
  unfinished?.add(discard);
  return {
    ...createBuffered(async text => attempt(() => file.write(text))),
    finish: () => {
      attempt(file.commit);
      unfinished?.delete(discard);
    },
    discard,
  };
}

/** A place that cannot be written is a slip on the command line; what goes wrong later is not. */
function openFile(path: string, shownPath: string): PendingFile {
  try {
    return beginFile(path);
  } catch (error) {
    throw new UsageError(`${shownPath}: ${whyUnwritable(error)}`);
  }
}

function createBuffered(send: (text: string) => Promise<void>): Writer {
  let pending = '';
  return {
    write: text => {
      pending += text;
    },
    isFull: () => pending.length >= PIECE,
    flush: async () => {
      const text = pending;
      pending = '';
      if (text !== '') await send(text);
    },
    finish: () => {},
    discard: () => {},
  };
}
