/** Says why something could not be written, with what to do about it. */

export function whyUnwritable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EEXIST':
      return 'The file is there already; name another or remove it.';
    case 'ENOENT':
    case 'ENOTDIR':
      return 'There is no such folder; create it first.';
    case 'EISDIR':
      return 'This is a folder; name a file.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'The file may not be written; name another.';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk is full; make room and run again.';
    default:
      return `The file cannot be written (${typeof code === 'string' ? code : 'unknown reason'}); name another.`;
  }
}
