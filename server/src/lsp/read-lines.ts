/** The text of a file with its lines: as it is in the editor, or else on disk; empty for one that cannot be read. */
import type { FileProvider } from '../workspace/file-provider.ts';
import type { Lines } from './convert.ts';
import type { Documents } from './documents.ts';

export interface Texts {
  readonly documents: Documents;
  readonly files: FileProvider;
}

export function readLines({ documents, files }: Texts, uri: string): Lines {
  const document = documents.get(uri);
  if (document !== undefined) return document;
  const file = files.read(uri);
  return documents.linesOf('text' in file ? file.text : '');
}
