/** Says why the disk refused something, in words a user understands and with what to do. */

import { lstatSync } from 'node:fs';

/** The system's own text is left out: it repeats the path. */
export function whyUnreadable(error: unknown, thing: 'file' | 'folder' | 'file or folder'): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      if (isLink(error)) return `The ${thing} is a link that leads nowhere; mend the link.`;
      return `There is no such ${thing}; check the path.`;
    case 'EACCES':
    case 'EPERM':
      return `The ${thing} may not be read; ask for permission to read it.`;
    case 'EISDIR':
      return 'This is a folder; name a file.';
    case 'ENXIO': // A socket.
      return 'This is not an ordinary file; name a file.';
    case 'ELOOP':
      return `The ${thing} is a link that leads in a circle; mend the link.`;
    case 'EMFILE':
    case 'ENFILE':
      return 'Too many files are open on this machine; try again.';
    default:
      return `The ${thing} cannot be read (${typeof code === 'string' ? code : 'unknown reason'}); try again.`;
  }
}

/** Then the path is right, and what the link names is not there. */
function isLink(error: unknown): boolean {
  const path = error instanceof Error && 'path' in error ? error.path : undefined;
  if (typeof path !== 'string') return false;
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
