/**
 * Wrong usage of every command is one line that says what to do, and exit code 2. What can be got wrong is read from the
 * program itself, so a new command or option is asked without a word here.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import type { Command } from 'commander';
import { createProgram } from '../../server/src/cli/program.ts';
import type { Surroundings } from '../../server/src/cli/surroundings.ts';
import { cliReview } from '../support/cli-reviews.ts';
import { type Answer, builtProgram, inFolder, runBuilt, runInProcess } from '../support/cli-scenario.ts';

const REVIEW = 'a.case-review.yaml';
const PACK = 'policies/force';
/** A good value for each argument and each required option, by the name the help shows, behind its command where others mean something else by it. */
const GOOD: Readonly<Record<string, string>> = {
  paths: REVIEW,
  reports: 'part.json',
  shell: 'bash',
  schema: 'review',
  'rule-or-place': 'recording/recorded-in-time',
  review: REVIEW,
  pack: PACK,
  'policy compare a': PACK,
  'policy compare b': PACK,
  'compare a': REVIEW,
  'compare b': REVIEW,
  folder: '.',
  kinds: 'cse',
};
/** Options to which no word is wrong: they name something that need not be there. */
const TAKES_ANY_WORD = ['--cache-file', '--out', '--stdin-filename', '--pipe'];
/** Options of one word only that need another to mean anything. */
const NEEDS: Readonly<Record<string, readonly string[]>> = { '--stdin-filename': ['--stdin'] };

interface Asked {
  readonly words: readonly string[];
  readonly command: Command;
}

const program = createProgram({ stdout: {}, stderr: {} } as unknown as Surroundings, () => {});
const commands = walk(program, []);

function walk(command: Command, words: readonly string[]): Asked[] {
  return [{ words, command }, ...command.commands.flatMap(inner => walk(inner, [...words, inner.name()]))];
}

/** The command as it would run: with every argument and option it cannot do without. */
function whole({ words, command }: Asked): string[] {
  const options = command.options
    .filter(({ mandatory }) => mandatory)
    .flatMap(({ long, flags }) => [long ?? '', good(words, /<(.+)>/.exec(flags)?.[1] ?? '')]);
  return [...words, ...options, ...command.registeredArguments.map(argument => good(words, argument.name()))];
}

function good(words: readonly string[], name: string): string {
  return GOOD[`${words.join(' ')} ${name}`] ?? GOOD[name] ?? assert.fail(`GOOD needs a value for <${name}>.`);
}

async function ask(words: readonly string[]): Promise<Answer & { readonly files: readonly string[] }> {
  return inFolder({ '': 'force-pack', [REVIEW]: cliReview() }, async folder => {
    mkdirSync(path.join(folder, 'empty'));
    const answer = await runInProcess(folder, words);
    return { ...answer, files: readdirSync(folder).sort() };
  });
}

async function isRefused(words: readonly string[]): Promise<void> {
  await refusal(words);
}

async function refusal(words: readonly string[]): Promise<string> {
  const { status, stderr, files } = await ask(words);
  const said = `case-review ${words.join(' ')}\n${stderr}`;
  assert.equal(status, 2, said);
  // What is wrong, and behind it what to do.
  assert.match(stderr, /^case-review: [^\n]+(?:[.;:]| such as) [^\n]+[.?]\n$/, said);
  assert.deepEqual(files, [REVIEW, 'case-review.config.yaml', 'empty', 'policies'], said);
  return stderr;
}

for (const asked of commands) {
  const { words, command } = asked;
  const isGroup = command.commands.length > 0;
  const name = ['case-review', ...words].join(' ');
  const valued = command.options.filter(option => option.required || option.optional);

  describe(name, () => {
    test('an option that is none', () => isRefused([...words, '--no-such-option']));

    if (isGroup) {
      test('a command that is none', () => isRefused([...words, 'no-such-command']));
      test('help of a command that is none', async () => {
        await isRefused([...words, 'help', 'no-such-command']);
        await isRefused(['help', ...words, 'no-such-command']);
      });
      if (words.length > 0)
        test('a command is missing', async () => {
          const said = await refusal(words);
          for (const inner of command.commands) assert.ok(said.includes(inner.name()), said);
        });
      return;
    }

    const required = command.registeredArguments.filter(argument => argument.required);
    if (required.length > 0) test('an argument is missing', () => isRefused(whole(asked).slice(0, -1)));
    if (!command.registeredArguments.some(argument => argument.variadic))
      test('an argument too many', () => isRefused([...whole(asked), 'surplus']));
    for (const [at, argument] of command.registeredArguments.entries()) {
      const withArgument = (value: string): string[] => {
        const all = whole(asked);
        all[all.length - command.registeredArguments.length + at] = value;
        return all;
      };
      test(`<${argument.name()}> that is not there, or empty`, async () => {
        const said = await refusal(withArgument('no-such-thing'));
        for (const choice of argument.argChoices ?? []) assert.ok(said.includes(choice), said);
        await isRefused(withArgument(''));
      });
      test(`<${argument.name()}> that is an empty folder`, () => isRefused(withArgument('empty')));
    }

    for (const option of command.options.filter(({ mandatory }) => mandatory))
      test(`${option.long} is missing`, () => isRefused(words));
    for (const { long, required, argChoices } of valued) {
      const flag = long ?? '';
      const withValue = (value: string) => [...whole(asked), ...(NEEDS[flag] ?? []), `${flag}=${value}`];
      test(`${flag} without a value, or an empty one`, async () => {
        if (required) await isRefused([...whole(asked), flag]);
        await isRefused(withValue(''));
      });
      if (!TAKES_ANY_WORD.includes(flag))
        test(`${flag} with a word that is wrong`, async () => {
          const said = await refusal(withValue('no-such-thing'));
          for (const choice of argChoices ?? []) assert.ok(said.includes(choice), said);
        });
      if (/<file>/.test(option(flag, command)))
        test(`${flag} with a folder`, async () => {
          // A cache costs a note at most.
          if (flag === '--cache-file')
            assert.match(
              (await ask(withValue('empty'))).stderr,
              /^case-review: empty: This is a folder; [^\n]+\n$/,
            );
          else assert.match(await refusal(withValue('empty')), /This is a folder/);
        });
    }
    for (const flag of ['--out', '--format'].filter(flag => option(flag, command) !== '')) {
      const value = (place: string) => (flag === '--out' ? place : `json:${place}`);
      if (flag === '--format' && command.name() === 'timeline') continue;
      test(`${flag} into a folder that is not there, or onto a folder`, async () => {
        if (command.name() === 'merge') return;
        await isRefused([...whole(asked), flag, value('nowhere/file')]);
        await isRefused([...whole(asked), flag, value('empty')]);
      });
    }
  });
}

function option(flag: string, command: Command): string {
  return command.options.find(({ long }) => long === flag)?.flags ?? '';
}

test('a number that is none, or out of bounds, is refused with an example of one', async () => {
  for (const [flag, values] of Object.entries({
    '--jobs': ['0', '-1', '1.5', 'many'],
    '--max-warnings': ['-1', '1e3', 'none'],
    '--shard': ['0/2', '3/2', '1', '1/', 'a/b'],
  }))
    for (const value of values) assert.match(await refusal(['check', `${flag}=${value}`]), /such as \d/);
});

test(
  'the language server is refused in the same words as every command',
  {
    skip: existsSync(builtProgram) ? false : 'dist/case-review.cjs is not built: npm run build',
  },
  () =>
    inFolder({}, folder => {
      for (const words of [
        ['--no-such-option'],
        ['surplus'],
        ['--socket'],
        ['--socket', 'many'],
        ['--pipe'],
      ]) {
        const { status, stderr, stdout } = runBuilt(folder, ['lsp', ...words]);
        assert.equal(status, 2, words.join(' '));
        assert.match(stderr, /^case-review: [^\n]+\n$/);
        assert.equal(stdout, '');
      }
    }),
);
