/** Hands text on in large pieces and waits for the reader, so that no report piles up in memory. */
import { openSync, writeSync } from 'node:fs';
import { UsageError } from './exit-code.ts';
import type { Output } from './surroundings.ts';
import { whyUnwritable } from './why-unwritable.ts';

const PIECE = 64 * 1024;

export interface Writer {
  readonly write: (text: string) => void;
  /** True when it is time to call `flush`. */
  readonly isFull: () => boolean;
  readonly flush: () => Promise<void>;
}

/** A reader that went away (`| head`) is no failure: the rest is dropped, and the exit code still tells the truth. */
export function createWriter(output: Output): Writer {
  let pending = '';
  return {
    write: text => {
      pending += text;
    },
    isFull: () => pending.length >= PIECE,
    flush: async () => {
      const text = pending;
      pending = '';
      if (text !== '') await new Promise<void>(resolve => output.write(text, () => resolve()));
    },
  };
}

export function createFileWriter(path: string, shownPath: string): Writer {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'w');
  } catch (error) {
    throw new UsageError(`${shownPath}: ${whyUnwritable(error)}`);
  }
  return createWriter({
    write: (text, done) => {
      writeSync(descriptor, text);
      done?.();
      return true;
    },
  });
}
