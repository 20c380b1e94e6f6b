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

/** What was written, and the one word that its last may become; itself where there is none. */
const ONLY: Readonly<Record<string, string>> = {
  ba: 'baseline',
  'baseline p': 'prune',
  'baseline create --c': '--config',
  'check a.yaml --max': '--max-warnings',
  'check --profile e': 'everything',
  'completion z': 'zsh',
  'rules --fix': '--fix',
};

/** A shell that has the script in `_case-review` is asked what the last word of a line becomes. */
const ASKED: Readonly<Record<(typeof SHELLS)[number], (folder: string, line: string) => string>> = {
  bash(folder, line) {
    const words = ['case-review', ...line.split(' ')];
    const ask = `. ./_case-review; COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _case_review; echo "\${COMPREPLY[@]:-${words.at(-1)}}"`;
    return answerOf(folder, 'bash', ['-c', ask]);
  },
  /** There is no asking zsh: somebody types at a terminal, presses Tab and Enter, and the command says what it was given. */
  zsh(folder, line) {
    const start = `PS1= RPS1=; fpath=($ZDOTDIR $fpath); autoload -Uz compinit; compinit -u -D; case-review() { print -r -- "given:$*:" }`;
    writeFileSync(path.join(folder, '.zshrc'), start);
    const type = `zmodload zsh/zpty; zpty shell zsh -i; zpty -w shell "case-review $1"$'\t'; zpty -r shell text '*given:*:*'; print -r -- \${\${text##*given:}%%:*}`;
    const words = answerOf(folder, 'zsh', ['-fc', type, 'zsh', line]).split(' ');
    return words.at(-1) ?? '';
  },
  fish(folder, line) {
    const ask = `source ./_case-review; complete -C "$argv"`;
    const words = answerOf(folder, 'fish', ['-c', ask, `case-review ${line}`]);
    return words === '' ? (line.split(' ').at(-1) ?? '') : words.replace(/\t.*/, '');
  },
};

function answerOf(folder: string, shell: string, args: readonly string[]): string {
  const { stdout, stderr, error } = spawnSync(shell, args, {
    ...{ cwd: folder, encoding: 'utf8', timeout: 20_000 },
    env: { PATH: process.env.PATH, HOME: folder, ZDOTDIR: folder },
  });
  assert.equal(error, undefined);
  assert.equal(stderr, '');
  return stdout.trim();
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

  for (const [shell, complete] of Object.entries(ASKED)) {
    const isThere = spawnSync(shell, ['--version']).status === 0;
    test(`in ${shell} offers what belongs there`, { skip: !isThere && `there is no ${shell} here` }, () =>
      inFolder({}, async folder => {
        writeFileSync(path.join(folder, '_case-review'), await script(shell));
        for (const [line, whole] of Object.entries(ONLY)) assert.equal(complete(folder, line), whole, line);
      }),
    );
  }
});
