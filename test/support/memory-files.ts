/** A file provider over a map, for tests of what needs files and not a disk. */
import type { FileProvider, FileText } from '../../server/src/workspace/file-provider.ts';

export class MemoryFiles implements FileProvider {
  readonly files = new Map<string, string>();

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [uri, text] of Object.entries(files)) this.files.set(uri, text);
  }

  read(uri: string): FileText {
    const text = this.files.get(uri);
    return text === undefined ? { problem: 'There is no such file.' } : { text };
  }

  list(folderUri: string, suffix: string): readonly string[] {
    return [...this.files.keys()]
      .filter(
        uri =>
          uri.startsWith(folderUri) && !uri.slice(folderUri.length).includes('/') && uri.endsWith(suffix),
      )
      .sort();
  }

  folders(folderUri: string): readonly string[] {
    const below = [...this.files.keys()]
      .filter(uri => uri.startsWith(folderUri))
      .map(uri => uri.slice(folderUri.length).split('/'));
    return [
      ...new Set(below.filter(parts => parts.length > 1).map(([name]) => `${folderUri}${name}/`)),
    ].sort();
  }

  exists(uri: string): boolean {
    return this.files.has(uri);
  }
}
