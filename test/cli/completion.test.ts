/** Completion knows what the program knows, in shells as they are. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { SHELLS } from '../../server/src/cli/shells.ts';
import { inFolder, runInProcess } from '../support/cli-scenario.ts';

const script = async (shell: string): Promise<string> =>
  (await inFolder({}, folder => runInProcess(folder, ['completion', shell]))).stdout;

/** Every option of `check`, from its help. */
async function optionsOfCheck(): Promise<string[]> {
  const { stdout } = await inFolder({}, folder => runInProcess(folder, ['check', '--help']));
  return [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, option]) => option ?? '');
}

/** What was written, and what its last word may become. */
const OFFERED: Readonly<Record<string, readonly string[]>> = {
  ba: ['baseline'],
  'baseline p': ['prune'],
  'baseline create --c': ['--config'],
  'check --fix': ['--fix', '--fix-suggested'],
  'check a.yaml --max': ['--max-warnings'],
  'check --profile e': ['everything'],
  'completion z': ['zsh'],
  'rules --fix': [],
};

type Ask = (folder: string, line: string) => readonly string[];

/** A shell that has the script in `_case-review` is asked for what it offers. */
const LISTING: Readonly<Record<'bash' | 'fish', Ask>> = {
  bash(folder, line) {
    const words = ['case-review', ...line.split(' ')];
    const ask = `. ./_case-review; COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _case_review; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return answerOf(folder, 'bash', ['-c', ask]);
  },
  fish(folder, line) {
    const ask = 'source ./_case-review; complete -C "$argv"';
    const lines = answerOf(folder, 'fish', ['-c', ask, `case-review ${line}`]);
    return lines.map(text => text.replace(/\t.*/, ''));
  },
};

/** There is no asking zsh: somebody types at a terminal, presses Tab and Enter, and the command says what it was given. */
function typeInZsh(folder: string, line: string): string | undefined {
  const start = `PS1= RPS1=; fpath=($ZDOTDIR $fpath); autoload -Uz compinit; compinit -u -D; case-review() { print -r -- "given:$*:" }`;
  writeFileSync(path.join(folder, '.zshrc'), start);
  const type = `zmodload zsh/zpty; zpty shell zsh -i; zpty -w shell "case-review $1"$'\t'; zpty -r shell text '*given:*:*'; print -r -- \${\${text##*given:}%%:*}`;
  return answerOf(folder, 'zsh', ['-fc', type, 'zsh', line])[0]?.split(' ').at(-1);
}

function answerOf(folder: string, shell: string, args: readonly string[]): string[] {
  const { stdout, stderr, error } = spawnSync(shell, args, {
    ...{ cwd: folder, encoding: 'utf8', timeout: 20_000 },
    env: { PATH: process.env.PATH, HOME: folder, ZDOTDIR: folder },
  });
  assert.equal(error, undefined);
  assert.equal(stderr, '');
  return stdout.split('\n').filter(Boolean);
}

describe('completion', () => {
  for (const shell of SHELLS)
    test(`of ${shell} names every command and every option of check`, async () => {
      const text = await script(shell);
      const help = (await inFolder({}, folder => runInProcess(folder, ['--help']))).stdout;
      const commands = [...help.matchAll(/^ {2}([a-z]+)(?: .*)? {2,}[A-Z]/gm)].map(([, name]) => name ?? '');
      const options = (await optionsOfCheck()).map(option =>
        shell === 'fish' ? option.replace('--', '-l ') : option,
      );
      assert.ok(commands.length > 6 && options.length > 15);
      for (const word of [...commands.filter(name => name !== 'help'), ...options, 'create'])
        assert.ok(text.includes(word), word);
    });

  const withScript = (shell: string, act: (folder: string) => void) =>
    inFolder({}, async folder => {
      writeFileSync(path.join(folder, '_case-review'), await script(shell));
      act(folder);
    });
  const without = (shell: string) =>
    spawnSync(shell, ['--version']).status !== 0 && `there is no ${shell} here`;

  for (const [shell, ask] of Object.entries(LISTING))
    test(`in ${shell} offers commands, then what belongs to one`, { skip: without(shell) }, () =>
      withScript(shell, folder => {
        for (const [line, words] of Object.entries(OFFERED)) assert.deepEqual(ask(folder, line), words, line);
      }),
    );

  test('in zsh writes what alone is offered, and nothing else', { skip: without('zsh') }, () =>
    withScript('zsh', folder => {
      for (const [line, words] of Object.entries(OFFERED)) {
        const whole = words.length === 1 ? words[0] : line.split(' ').at(-1);
        assert.equal(typeInZsh(folder, line), whole, line);
      }
    }),
  );
});
