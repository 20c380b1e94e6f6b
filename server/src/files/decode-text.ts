/** Turns bytes into text, strictly: what is not UTF-8 is named, with what to do about it, and never guessed at. */
import { isUtf8 } from 'node:buffer';
import { SIZE_LIMIT_BYTES } from '../protocol.ts';
import { FILE_TROUBLES, type FileText } from '../workspace/file-provider.ts';

/** Decodes a whole file. A byte order mark is kept out of the text. */
export function decodeText(bytes: Buffer): FileText {
  if (bytes.length > SIZE_LIMIT_BYTES) return tooLarge(bytes.length);
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) {
    return { problem: FILE_TROUBLES.utf16 };
  }
  // `isUtf8` and then `toString` is some five times faster than a fatal `TextDecoder` in Node 20.
  if (!isUtf8(bytes))
    return { problem: `Line ${firstBadLine(bytes)} is not UTF-8 text; save the file as UTF-8.` };
  const hasMark = startsWith(bytes, 0xef, 0xbb, 0xbf);
  return { text: bytes.toString('utf8', hasMark ? 3 : 0) };
}

/** No byte of a longer sign is a line feed, so each line can be looked at alone. */
function firstBadLine(bytes: Buffer): number {
  for (let line = 1, start = 0; ; line++) {
    const end = bytes.indexOf(0x0a, start);
    if (end === -1 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}

export function tooLarge(size: number): FileText {
  const limit = SIZE_LIMIT_BYTES / 1024 / 1024;
  const mebibytes = Math.ceil(size / 1024 / 1024);
  return {
    problem: `The file has ${mebibytes} MB, more than the ${limit} MB read; split it or leave it out.`,
  };
}

function startsWith(bytes: Buffer, ...start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}
