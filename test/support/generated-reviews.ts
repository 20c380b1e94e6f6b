/** Generated reviews for property tests: whole ones in the real format, and what typing and slips make of them. */

import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { repositoryRoot } from './shipped-pack.ts';

interface Generator {
  makeText(index: number, options?: { readonly defects?: number }): { readonly text: string };
}

fc.configureGlobal({ includeErrorInReport: true });

export const { makeText } = (await import(pathToFileURL(`${repositoryRoot}bench/gen.mjs`).href)) as Generator;

/** A review as the benchmark makes it: schema-valid, or with seeded defects. */
export const reviewText = fc
  .record({ index: fc.nat(400), defects: fc.constantFrom(0, 0, 1, 3) })
  .map(({ index, defects }) => makeText(index, { defects }).text);

const VALUES = [
  '2026-02-30',
  '2026-02-03',
  '2026-02-03T10:00:00Z',
  'true',
  '21',
  'outstanding',
  'draft',
  '',
  '~',
  '[]',
  '{}',
  '- x',
  '"',
  'VIC-7H3K9Q',
  '\t',
  ': :',
  '&a *a',
  '\u{1f600}',
  '...',
  '---',
];

type Mutation = (text: string) => string;

const at = fc.nat(1_000_000);
const value = fc.constantFrom(...VALUES);
export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(at, fc.nat(3)).map(
    ([line, count]): Mutation =>
      text =>
        splice(text, line, count + 1, []),
  ),
  fc.tuple(at, at).map(
    ([line, other]): Mutation =>
      text =>
        splice(text, line, 0, [lineAt(text, other)]),
  ),
  fc.tuple(at, value).map(
    ([line, word]): Mutation =>
      text =>
        splice(text, line, 1, [lineAt(text, line).replace(/: .*$/, `: ${word}`)]),
  ),
  fc.tuple(at, fc.string({ maxLength: 4 })).map(
    ([offset, word]): Mutation =>
      text =>
        text.slice(0, offset % (text.length + 1)) + word + text.slice(offset % (text.length + 1)),
  ),
  fc.tuple(at, fc.nat(30)).map(
    ([offset, length]): Mutation =>
      text =>
        text.slice(0, offset % (text.length + 1)) + text.slice((offset % (text.length + 1)) + length),
  ),
  fc.tuple(at, fc.constantFrom(' ', '  ', '\t')).map(
    ([line, indent]): Mutation =>
      text =>
        splice(text, line, 1, [indent + lineAt(text, line)]),
  ),
);

/** A review after up to six slips. */
export const mutatedText = fc
  .tuple(reviewText, fc.array(mutation, { minLength: 1, maxLength: 6 }))
  .map(([text, mutations]) => mutations.reduce((all, change) => change(all), text));

function lineAt(text: string, line: number): string {
  const lines = text.split('\n');
  return lines[line % lines.length]!;
}

function splice(text: string, line: number, count: number, insert: readonly string[]): string {
  const lines = text.split('\n');
  lines.splice(line % lines.length, count, ...insert);
  return lines.join('\n');
}
