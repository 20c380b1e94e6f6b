/** In a workspace that the user has not trusted, its configuration and packs are as if they were not there. */
import type { InitializeParams } from 'vscode-languageserver';
import { REVIEW_EXTENSIONS } from '../protocol.ts';
import type { FileProvider } from '../workspace/file-provider.ts';

export interface Trust {
  /** The files as far as they may be used. */
  readonly files: FileProvider;
  grant(): void;
}

export function createTrust(files: FileProvider, { initializationOptions }: InitializeParams): Trust {
  const options: unknown = initializationOptions;
  // Only VS Code knows trust; a client that says nothing of it means yes.
  let isTrusted = !(
    typeof options === 'object' &&
    options !== null &&
    Reflect.get(options, 'trusted') === false
  );
  const isUsable = (uri: string): boolean =>
    isTrusted || REVIEW_EXTENSIONS.some(extension => uri.endsWith(extension));
  return {
    files: {
      read: uri => (isUsable(uri) ? files.read(uri) : { problem: 'The workspace is not trusted.' }),
      list: (folder, suffix) => files.list(folder, suffix).filter(isUsable),
      folders: folder => files.folders(folder),
      exists: uri => isUsable(uri) && files.exists(uri),
    },
    grant: () => {
      isTrusted = true;
    },
  };
}
