/** Writes a file that was not there before, whole or not at all. */
import { closeSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { OutputError, UsageError } from './exit-code.ts';
import type { Surroundings } from './surroundings.ts';
import { whyUnwritable } from './why-unwritable.ts';

export function writeNewFile(name: string, text: string, { cwd, stdout }: Surroundings): void {
  const path = resolve(cwd, name);
  const descriptor = begin(path, name);
  try {
    writeFileSync(descriptor, text);
  } catch (error) {
    rmSync(path, { force: true });
    throw new OutputError(`${name}: ${whyUnwritable(error)}`);
  } finally {
    closeSync(descriptor);
  }
  stdout.write(`Wrote ${join(name)}.\n`);
}

function begin(path: string, name: string): number {
  try {
    // The system says of a folder only that it is there.
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
      throw Object.assign(new Error(), { code: 'EISDIR' });
    return openSync(path, 'wx');
  } catch (error) {
    throw new UsageError(`${name}: ${whyUnwritable(error)}`);
  }
}
