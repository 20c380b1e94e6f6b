/**
 * What reviews say stays in them: no command, in no format it has, lets a word out into a pipe, a log, a cache or a file
 * unless it is asked to. Commands and formats are the program's own lists, so a new one is asked as well.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import type { Command } from 'commander';
import { createProgram } from '../../server/src/cli/program.ts';
import type { Surroundings } from '../../server/src/cli/surroundings.ts';
import { FREE_TEXT } from '../../server/src/generated/cel-types.ts';
import { TIMELINE_FORMATS } from '../../server/src/protocol.ts';
import { ANY_CANARY, CANARY, CANARY_REVIEWS } from '../support/canary-reviews.ts';
import { LATE } from '../support/cli-reviews.ts';
import { inFolder, runInProcess } from '../support/cli-scenario.ts';

const REVIEWS = Object.keys(CANARY_REVIEWS);

interface Calls {
  /** With all reviews at once, in every format. */
  readonly all?: readonly string[][];
  /** With each of them, by right or by mistake. */
  readonly each?: (file: string) => readonly string[][];
}

/** How each command is made to read the reviews. */
const CALLS: Readonly<Record<string, Calls>> = {
  check: {
    all: [
      ['check'],
      ['check', '--profile', 'everything', '--no-waivers', '--cache'],
      ['check', '--fix-suggested', '--dry-run', '--cache'],
    ],
    each: file => [
      ['check', file, '--fix', '--diff'],
      ['check', 'nowhere', '--config', file],
      ['check', 'comments.case-review.yaml', '--cache-file', file],
    ],
  },
  new: { each: file => [['new', '--kind', 'cse', '--config', file]] },
  rules: {
    each: file => [
      ['rules', '--config', file],
      ['rules', '--print-config', file],
    ],
  },
  explain: { each: file => linesOf(file).map(line => ['explain', `${file}:${line}`]) },
  timeline: { each: file => TIMELINE_FORMATS.map(format => ['timeline', file, '--format', format]) },
  'policy test': {
    each: file => [
      ['policy', 'test', file],
      ['policy', 'test', '--config', file],
    ],
  },
  'policy compare': { all: [['policy', 'compare', 'england-wales', 'policies/force', '.']] },
  'baseline create': { all: [['baseline', 'create']] },
  'baseline prune': { all: [['baseline', 'prune']] },
  merge: { all: [['merge', 'part.json']], each: file => [['merge', 'part.json', file]] },
  report: { all: [['report']], each: file => [['report', '--config', file, 'comments.case-review.yaml']] },
  compare: {
    all: [['compare', '.', 'comments.case-review.yaml']],
    each: file => [['compare', file, 'comments.case-review.yaml']],
  },
  init: { all: [['init']] },
  completion: { all: [['completion', 'bash']] },
  schema: { all: [['schema']] },
  // test/lsp/canary.test.ts holds a session with it.
  lsp: {},
};

const program = createProgram({ stdout: {}, stderr: {} } as unknown as Surroundings, () => {});
const commands = leavesOf(program, []);

function leavesOf(command: Command, words: readonly string[]): [string, Command][] {
  if (command.commands.length === 0) return [[words.join(' '), command]];
  return command.commands.flatMap(inner => leavesOf(inner, [...words, inner.name()]));
}

/** One option for each format that the help lists, into files. */
function intoFiles(command: Command): string[] {
  const option = command.options.find(({ long }) => long === '--format');
  if (option === undefined || option.argChoices) return [];
  const names = option.description.split(';')[0]?.split(', ') ?? [];
  return names.flatMap(name => ['--format', `${name}:out.${name}`]);
}

/** Four at most, spread over the file. */
function linesOf(file: string): number[] {
  const last = (CANARY_REVIEWS[file] ?? '').split('\n').length;
  return Array.from({ length: Math.min(4, last) }, (_, at) => 1 + Math.floor(((at + 0.5) * last) / 4));
}

/** Every file but the reviews, with what is in it. */
function filesOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => !REVIEWS.includes(name) && statSync(path.join(folder, name)).isFile())
    .map(name => `${name}: ${readFileSync(path.join(folder, name), 'utf8')}`)
    .join('\n');
}

async function staysIn(folder: string, words: readonly string[], stdin = ''): Promise<void> {
  const { stdout, stderr } = await runInProcess(folder, words, { stdin });
  for (const line of `${stdout}\n${stderr}\n${filesOf(folder)}`.split('\n'))
    if (ANY_CANARY.test(line)) assert.fail(`case-review ${words.join(' ')}\n${line.slice(0, 600)}`);
}

const BASES = {
  'the shipped pack': {},
  'a pack of the force': { '': 'force-pack' },
};

describe('the word', () => {
  test('stands in every field that takes free text', () => {
    const fields = Object.values(FREE_TEXT).flat().length;
    const found = CANARY_REVIEWS['every-text.case-review.yaml']?.split(CANARY).length ?? 0;
    assert.ok(found > fields / 2, `${found} of ${fields}`);
  });

  test('would be seen: it comes out where it is asked for', () =>
    inFolder(CANARY_REVIEWS, async folder => {
      const { stdout } = await runInProcess(folder, ['check', '--include-text']);
      assert.match(stdout, ANY_CANARY);
    }));

  test('is looked for in every command', () => {
    assert.deepEqual(Object.keys(CALLS).sort(), commands.map(([name]) => name).sort());
    const withFormats = commands.filter(([, command]) => intoFiles(command).length > 0);
    assert.deepEqual(withFormats.map(([name]) => name).sort(), ['check', 'compare', 'merge', 'report']);
  });
});

for (const [base, files] of Object.entries(BASES))
  describe(`under ${base} the words of reviews stay in them`, () => {
    for (const [name, command] of commands)
      test(name, () =>
        inFolder({ ...files, ...CANARY_REVIEWS }, async folder => {
          await runInProcess(folder, ['check', '--shard', '1/1', '--format', 'json:part.json']);
          const { all = [], each = () => [] } = CALLS[name] ?? {};
          for (const call of all) {
            await staysIn(folder, call);
            await staysIn(folder, [...call, ...intoFiles(command)]);
          }
          for (const file of REVIEWS) for (const call of each(file)) await staysIn(folder, call);
        }),
      );

    test('on standard input', () =>
      inFolder(files, async folder => {
        for (const text of Object.values(CANARY_REVIEWS))
          await staysIn(folder, ['check', '--stdin', '--format', 'json'], text);
      }));
  });

describe('the words of a review stay in it where it lies in place of', () => {
  for (const name of [
    'case-review.config.yaml',
    'case-review.baseline.json',
    '.case-review-cache.json',
    '.gitignore',
  ])
    for (const review of ['every-text', 'broken', 'unknown-key', 'one-text'])
      test(`${name}: ${review}`, () => {
        const text = CANARY_REVIEWS[`${review}.case-review.yaml`] ?? '';
        return inFolder({ '': 'force-pack', 'a.case-review.yaml': LATE, [name]: text }, async folder => {
          for (const [command, inner] of commands)
            for (const call of CALLS[command]?.all ?? []) {
              const { stdout, stderr } = await runInProcess(folder, [...call, ...intoFiles(inner)]);
              assert.doesNotMatch(stdout + stderr, ANY_CANARY, call.join(' '));
            }
          for (const file of readdirSync(folder).filter(file => file.startsWith('out.')))
            assert.doesNotMatch(readFileSync(path.join(folder, file), 'utf8'), ANY_CANARY, file);
        });
      });
});
