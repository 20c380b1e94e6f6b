/** A review on standard input, judged as if it were the file that `--stdin-filename` names. */
import { decodeText, tooLarge } from '../files/decode-text.ts';
import { SIZE_LIMIT_BYTES } from '../protocol.ts';
import type { FileText } from '../workspace/file-provider.ts';
import type { Surroundings } from './surroundings.ts';

export const STDIN_FILENAME = 'stdin.case-review.yaml';

export async function readStandardInput({ stdin }: Surroundings): Promise<FileText> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stdin) {
    const bytes = Buffer.from(piece);
    length += bytes.length;
    // It may have no end.
    if (length > SIZE_LIMIT_BYTES) return tooLarge(length);
    pieces.push(bytes);
  }
  return decodeText(Buffer.concat(pieces));
}
