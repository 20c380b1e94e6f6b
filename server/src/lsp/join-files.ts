/** The files that the server reaches itself and those that the client reads for it, as one. */
import type { FileProvider } from '../workspace/file-provider.ts';
import type { ClientFiles } from './client-files.ts';

export interface Files {
  readonly files: FileProvider;
  /** The reviews below folders. */
  readonly findReviews: (folderUris: readonly string[]) => Iterable<string>;
  /** Whether that would pass over a review below folders. */
  readonly isLeftOut: (uri: string, folderUris: readonly string[]) => boolean;
}

export function joinFiles({ files, findReviews, isLeftOut }: Files, clientFiles: ClientFiles): Files {
  const { covers } = clientFiles;
  const of = (uri: string): FileProvider => (covers(uri) ? clientFiles : files);
  return {
    files: {
      read: uri => of(uri).read(uri),
      list: (folder, suffix) => of(folder).list(folder, suffix),
      folders: folder => of(folder).folders(folder),
      exists: uri => of(uri).exists(uri),
    },
    *findReviews(folders) {
      yield* findReviews(folders.filter(folder => !covers(folder)));
      yield* clientFiles.findReviews(folders.filter(covers));
    },
    isLeftOut: (uri, folders) => (covers(uri) ? clientFiles : { isLeftOut }).isLeftOut(uri, folders),
  };
}
