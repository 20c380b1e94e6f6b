/** Reads files for a server that cannot: those of a virtual workspace, and all of them in a browser. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  FIND_FILES_REQUEST,
  type FileAnswer,
  type FindFilesParams,
  type FindFilesResult,
  NEVER_SEARCHED,
  READ_ENDINGS,
  READ_FILES_REQUEST,
  type ReadFilesParams,
  type ReadFilesResult,
  SIZE_LIMIT_BYTES,
} from '../../server/src/protocol.ts';

export function readFilesForServer(client: BaseLanguageClient): void {
  client.onRequest(FIND_FILES_REQUEST, async ({ uris }: FindFilesParams): Promise<FindFilesResult> => {
    const found = await Promise.all(uris.map(uri => findFiles(vscode.Uri.parse(uri))));
    return [...new Set(found.flat())];
  });
  client.onRequest(
    READ_FILES_REQUEST,
    ({ uris }: ReadFilesParams): Promise<ReadFilesResult> => Promise.all(uris.map(readFile)),
  );
}

async function readFile(uri: string): Promise<FileAnswer> {
  try {
    return decode(await vscode.workspace.fs.readFile(vscode.Uri.parse(uri)));
  } catch (error) {
    const isAbsent = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
    return { trouble: isAbsent ? 'absent' : 'unreadable' };
  }
}

/** Strictly, as the server decodes what it reads itself. A byte order mark is kept out of the text. */
function decode(bytes: Uint8Array): FileAnswer {
  if (bytes.length > SIZE_LIMIT_BYTES) return { trouble: 'tooLarge' };
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return { trouble: 'utf16' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { trouble: 'notUtf8' };
  }
}

/** A link to a folder is passed over, so that no search runs in circles. */
async function findFiles(folder: vscode.Uri): Promise<readonly string[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    all => all,
    () => [],
  );
  const found = entries.map(([name, type]) => {
    const uri = vscode.Uri.joinPath(folder, name);
    if (type === vscode.FileType.Directory) return NEVER_SEARCHED.includes(name) ? [] : findFiles(uri);
    const isFile = (type & vscode.FileType.File) !== 0;
    return isFile && READ_ENDINGS.some(ending => name.endsWith(ending)) ? [uri.toString()] : [];
  });
  return (await Promise.all(found)).flat();
}
