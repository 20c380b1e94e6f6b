/** Which formats a run writes, and where: `--format NAME`, or `--format NAME=FILE` beside it. */
import { resolve } from 'node:path';
import type { Format, FormatContext } from '../render/format.ts';
import { NO_PAINT, type Paint } from '../render/paint.ts';
import { UsageError } from './exit-code.ts';
import type { Surroundings } from './surroundings.ts';
import { createFileWriter, createWriter, type Writer } from './writer.ts';

export const FORMATS = ['text', 'json', 'sarif', 'github'] as const;
export type FormatName = (typeof FORMATS)[number];

export interface FormatChoice {
  readonly name: FormatName;
  /** Undefined for standard output. */
  readonly file: string | undefined;
}

/** Collects the values of a repeated `--format`. */
export function addFormat(value: string, before: readonly FormatChoice[] = []): readonly FormatChoice[] {
  const [word = '', ...file] = value.split('=');
  const name = FORMATS.find(format => format === word);
  if (name === undefined) throw new UsageError(`There is no format "${word}"; choose ${FORMATS.join(', ')}.`);
  const choice: FormatChoice = { name, file: file.length === 0 ? undefined : file.join('=') };
  if (choice.file === '') throw new UsageError(`Name a file after "${word}=".`);
  if (before.some(other => other.file === choice.file)) {
    throw new UsageError(
      'Two formats cannot share one output; write one to a file, as in --format sarif=FILE.',
    );
  }
  return [...before, choice];
}

/** A format and the place its text goes to. */
export interface Sink {
  readonly format: Format;
  readonly writer: Writer;
}

export interface SinkOptions {
  /** Text on standard output without a word. */
  readonly format?: readonly FormatChoice[];
  /** True or false when the user said so; undefined to go by the terminal. */
  readonly color?: boolean;
}

export async function openSinks(
  options: SinkOptions,
  context: FormatContext,
  around: Surroundings,
): Promise<Sink[]> {
  const sinks: Sink[] = [];
  for (const { name, file } of options.format ?? [{ name: 'text' as const, file: undefined }]) {
    const format = await createFormat(name, context, options, file === undefined ? around : undefined);
    const writer =
      file === undefined ? createWriter(around.stdout) : createFileWriter(resolve(around.cwd, file), file);
    sinks.push({ format, writer });
  }
  return sinks;
}

/** `around` is given for standard output, which may be a terminal. */
async function createFormat(
  name: FormatName,
  context: FormatContext,
  { color }: SinkOptions,
  around: Surroundings | undefined,
): Promise<Format> {
  switch (name) {
    case 'text': {
      const { createTextFormat } = await import('../render/text-format.ts');
      const width = around && isWatched(around) ? terminalWidth(around) : undefined;
      const paint = around && usesColour(around, color) ? await colours() : NO_PAINT;
      // Someone who sits at the terminal has the files anyway; a log goes to others.
      return createTextFormat(
        { ...context, includeText: context.includeText || width !== undefined },
        { paint, width },
      );
    }
    case 'json':
      return (await import('../render/json-format.ts')).createJsonFormat(context);
    case 'sarif':
      return (await import('../render/sarif-format.ts')).createSarifFormat(context);
    case 'github':
      return (await import('../render/github-format.ts')).createGithubFormat(context);
  }
}

/** CI systems may give a job a terminal, but what it shows is kept as a log. */
function isWatched({ stdout, env }: Surroundings): boolean {
  return stdout.isTTY === true && !env.CI;
}

function terminalWidth({ stdout }: Surroundings): number {
  return Math.min(Math.max(stdout.columns ?? 80, 40), 100);
}

function usesColour({ stdout, env }: Surroundings, asked: boolean | undefined): boolean {
  if (asked !== undefined) return asked;
  return stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}

async function colours(): Promise<Paint> {
  const { default: picocolors } = await import('picocolors');
  return picocolors.createColors(true);
}
