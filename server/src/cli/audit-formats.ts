/** Which formats an audit is written in, and where: `--format NAME`, or `--format NAME:FILE` beside it. */
import { type FormatChoice, formatAdder, openWriter, TEXT_ON_STANDARD_OUTPUT } from './formats.ts';
import type { Surroundings } from './surroundings.ts';

export const AUDIT_FORMATS = ['text', 'html', 'json', 'csv'] as const;
export type AuditFormat = (typeof AUDIT_FORMATS)[number];
export const addAuditFormat = formatAdder(AUDIT_FORMATS);

export interface AuditFormatOptions {
  readonly format?: readonly FormatChoice<AuditFormat>[];
  readonly color?: boolean;
}

/** Every output is open before the first is written, so that a slip on the command line leaves none half done. */
export async function writeFormats(
  { format = [TEXT_ON_STANDARD_OUTPUT] }: AuditFormatOptions,
  around: Surroundings,
  textOf: (choice: FormatChoice<AuditFormat>) => Promise<string>,
): Promise<void> {
  const writers: ReturnType<typeof openWriter>[] = [];
  try {
    for (const { file } of format) writers.push(openWriter(file, around));
    for (const [at, choice] of format.entries()) {
      writers[at]!.write(await textOf(choice));
      await writers[at]!.flush();
    }
    for (const writer of writers) writer.finish();
  } catch (error) {
    for (const writer of writers) writer.discard();
    throw error;
  }
}
