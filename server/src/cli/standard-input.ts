/** A review on standard input, judged as if it were the file that `--stdin-filename` names. */
import { decodeText } from '../files/decode-text.ts';
import type { FileText } from '../workspace/file-provider.ts';
import type { Surroundings } from './surroundings.ts';

export const STDIN_FILENAME = 'stdin.case-review.yaml';

export async function readStandardInput({ stdin }: Surroundings): Promise<FileText> {
  const pieces: Buffer[] = [];
  for await (const piece of stdin) pieces.push(Buffer.from(piece));
  return decodeText(Buffer.concat(pieces));
}
