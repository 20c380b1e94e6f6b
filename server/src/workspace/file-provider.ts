/** What the workspace asks of its surroundings. The fronts hand one in; tests hand in a map. */

import { type FileTrouble, SIZE_LIMIT_BYTES } from '../protocol.ts';

/** What is said where a client reads the files. */
export const FILE_TROUBLES: Readonly<Record<FileTrouble, string>> = {
  absent: 'There is no such file; check the path.',
  utf16: 'The file is UTF-16 text; save it as UTF-8.',
  notUtf8: 'The file is not UTF-8 text; save it as UTF-8.',
  tooLarge: `The file has more than the ${SIZE_LIMIT_BYTES / 1024 / 1024} MB read; split it or leave it out.`,
  unreadable: 'The file cannot be read; try again.',
};

/** A text, or the reason why it cannot be had (in words a user understands, with what to do). */
export type FileText = { readonly text: string } | { readonly problem: string };

export interface FileProvider {
  /** Reads a text file as UTF-8 (a byte order mark is kept out of the text). Never throws. */
  read(uri: string): FileText;
  /** The URIs of the files directly in a folder whose names end in `suffix`, sorted; empty for no folder. Never throws. */
  list(folderUri: string, suffix: string): readonly string[];
  /** The URIs of the folders directly in a folder, each ending in a slash, sorted; empty for no folder. Never throws. */
  folders(folderUri: string): readonly string[];
  /** Whether a file is there. */
  exists(uri: string): boolean;
}
