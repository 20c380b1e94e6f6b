/** Which formats a run writes, and where: `--format NAME`, or `--format NAME:FILE` beside it. */
import { normalize, resolve } from 'node:path';
import { REVIEW_EXTENSIONS } from '../protocol.ts';
import type { Format, FormatContext } from '../render/format.ts';
import { NO_PAINT, type Paint } from '../render/paint.ts';
import type { TextOptions } from '../render/text-format.ts';
import { UsageError } from './exit-code.ts';
import { columnsOf, isWatched, type Surroundings } from './surroundings.ts';
import { createFileWriter, createWriter, type Writer } from './writer.ts';

export const FORMATS = [
  'text',
  'compact',
  'json',
  'sarif',
  'junit',
  'gitlab',
  'github',
  'markdown',
  'html',
] as const;
export type FormatName = (typeof FORMATS)[number];

export interface FormatChoice<Name extends string = FormatName> {
  readonly name: Name;
  /** Undefined for standard output. */
  readonly file: string | undefined;
}

/** Collects the values of a repeated `--format`. */
export function formatAdder<Name extends string>(names: readonly Name[]) {
  return (value: string, before: readonly FormatChoice<Name>[] = []): readonly FormatChoice<Name>[] => {
    // Only the first colon: a drive of Windows has one too.
    const [word = '', ...file] = value.split(':');
    const name = names.find(format => format === word);
    if (name === undefined) throw new UsageError(`There is no format "${word}"; choose ${names.join(', ')}.`);
    const named = file.join(':');
    if (file.length > 0 && named === '') throw new UsageError(`Name a file after "${word}:".`);
    if (REVIEW_EXTENSIONS.some(suffix => named.endsWith(suffix)))
      throw new UsageError(`"${named}" is the name of a review, which would be lost; name another file.`);
    const choice = { name, file: file.length === 0 ? undefined : normalize(named) };
    if (before.some(other => other.file === choice.file)) {
      throw new UsageError(
        `Two formats cannot share one output; write one to a file, as in --format ${word}:FILE.`,
      );
    }
    return [...before, choice];
  };
}

export const addFormat = formatAdder(FORMATS);

export const TEXT_ON_STANDARD_OUTPUT = { name: 'text', file: undefined } as const;

/** A format and the place its text goes to. */
export interface Sink {
  readonly format: Format;
  readonly writer: Writer;
}

export interface SinkOptions {
  /** Text on standard output without a word. */
  readonly format?: readonly FormatChoice[];
  /** The diff is what standard output shows then. */
  readonly diff?: boolean;
  /** True or false when the user said so; undefined to go by the terminal. */
  readonly color?: boolean;
}

export async function openSinks(
  options: SinkOptions,
  context: FormatContext,
  around: Surroundings,
): Promise<Sink[]> {
  const sinks: Sink[] = [];
  try {
    for (const { name, file } of options.format ?? (options.diff ? [] : [TEXT_ON_STANDARD_OUTPUT])) {
      const format = await createFormat(name, context, options, file === undefined ? around : undefined);
      sinks.push({ format, writer: openWriter(file, around) });
    }
    return sinks;
  } catch (error) {
    for (const { writer } of sinks) writer.discard();
    throw error;
  }
}

/** Without a file, standard output. */
export function openWriter(file: string | undefined, around: Surroundings): Writer {
  return file === undefined
    ? createWriter(around.stdout)
    : createFileWriter(resolve(around.cwd, file), file, around);
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
      const text = around ? await textOptions(around, color) : { paint: NO_PAINT, width: undefined };
      // Someone who sits at the terminal has the files anyway; a log goes to others.
      return createTextFormat(
        { ...context, includeText: context.includeText || text.width !== undefined },
        text,
      );
    }
    case 'compact':
      return (await import('../render/compact-format.ts')).createCompactFormat(context);
    case 'json':
      return (await import('../render/json-format.ts')).createJsonFormat(context);
    case 'sarif':
      return (await import('../render/sarif-format.ts')).createSarifFormat(context);
    case 'junit':
      return (await import('../render/junit-format.ts')).createJunitFormat(context);
    case 'gitlab':
      return (await import('../render/gitlab-format.ts')).createGitlabFormat(context);
    case 'github':
      return (await import('../render/github-format.ts')).createGithubFormat(context);
    case 'markdown':
      return (await import('../render/markdown-format.ts')).createMarkdownFormat(context);
    case 'html':
      return (await import('../render/html-format.ts')).createHtmlFormat(context);
  }
}

/** How text looks on standard output, which may be a terminal. */
export async function textOptions(around: Surroundings, color?: boolean): Promise<TextOptions> {
  return {
    width: isWatched(around) ? terminalWidth(around) : undefined,
    paint: usesColour(around, color) ? await colours() : NO_PAINT,
  };
}

function terminalWidth({ stdout }: Surroundings): number {
  return Math.min(Math.max(columnsOf(stdout), 40), 100);
}

function usesColour({ stdout, env }: Surroundings, asked: boolean | undefined): boolean {
  if (asked !== undefined) return asked;
  return stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}

async function colours(): Promise<Paint> {
  const { default: picocolors } = await import('picocolors');
  return picocolors.createColors(true);
}
