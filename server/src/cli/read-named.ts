/** A file that the command line names, which must be there. */
import { resolve } from 'node:path';
import { toFileUri } from '../files/file-uri.ts';
import type { FileProvider } from '../workspace/file-provider.ts';
import { UsageError } from './exit-code.ts';
import type { Surroundings } from './surroundings.ts';

export interface NamedFile {
  readonly uri: string;
  readonly text: string;
}

export function readNamed(name: string, files: FileProvider, { cwd }: Pick<Surroundings, 'cwd'>): NamedFile {
  const uri = toFileUri(resolve(cwd, name));
  const read = files.read(uri);
  if ('problem' in read) throw new UsageError(`${name}: ${read.problem}`);
  return { uri, text: read.text };
}
