/**
 * One file, one URI. VS Code writes `file:///c%3A/R%26D` where Node writes `file:///c:/R&D`; inside the server
 * the spelling of Node's `pathToFileURL` counts, because that is how files on disk are listed.
 */

export function canonicalUri(uri: string): string {
  // Nothing to respell: the common case, and the one asked for at every keystroke.
  if (!uri.includes('%')) return uri;
  try {
    const url = new URL(uri);
    const path = decodeURIComponent(url.pathname);
    url.pathname = path.replace(/[%\\\n\r\t?#]/g, encodeURIComponent);
    return url.href;
  } catch {
    return uri; // Bytes that are no UTF-8: such a name stays as it came.
  }
}

/** Whether a file lies below one of the folders. */
export function isWithin(uri: string, folders: readonly string[]): boolean {
  return folders.some(folder => uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`));
}

export function nameOf(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}
