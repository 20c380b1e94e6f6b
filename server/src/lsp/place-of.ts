/** Where a document belongs that was never saved: in the folder in which it will be, whose policy it is judged by. */

/** Of any other document its own URI. Without a path, that is the first folder, as for a new review. */
export function placeOf(uri: string, folders: readonly string[]): string {
  if (!uri.startsWith('untitled:')) return uri;
  const path = pathOf(uri);
  const home = folders.find(folder => path.startsWith(`${pathOf(folder)}/`));
  if (home !== undefined) return home + encodeURI(path.slice(pathOf(home).length));
  return folders[0] === undefined ? uri : `${folders[0]}/untitled.case-review.yaml`;
}

/** Readable, because clients spell such documents in their own way. */
function pathOf(uri: string): string {
  try {
    return decodeURIComponent(uri.replace(/^[^:]*:(?:\/\/[^/]*)?/, '')).replace(/\/$/, '');
  } catch {
    return uri;
  }
}
