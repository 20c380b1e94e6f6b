/** Completion knows what the program knows, in shells as they are. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
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

  const hasBash = spawnSync('bash', ['--version']).status === 0;
  const complete = async (...words: string[]): Promise<string[]> => {
    const list = words.map(word => `'${word}'`).join(' ');
    const ask = `COMP_WORDS=(case-review ${list}); COMP_CWORD=${words.length}; _case_review; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', `${await script('bash')}\n${ask}`], {
      encoding: 'utf8',
    });
    assert.equal(stderr, '');
    return stdout.split('\n').filter(Boolean);
  };
  const skip = hasBash ? false : 'there is no bash here';

  test('in bash offers commands, then what belongs to one', { skip }, async () => {
    assert.deepEqual(await complete('ba'), ['baseline']);
    assert.deepEqual(await complete('baseline', 'p'), ['prune']);
    assert.deepEqual(await complete('baseline', 'create', '--c'), ['--config']);
    assert.deepEqual(await complete('check', '--fix'), ['--fix', '--fix-suggested']);
    assert.deepEqual(await complete('check', 'a.yaml', '--max'), ['--max-warnings']);
    assert.deepEqual(await complete('check', '--profile', 'e'), ['everything']);
    assert.deepEqual(await complete('completion', 'z'), ['zsh']);
    assert.deepEqual(await complete('rules', '--fix'), []);
  });

  for (const [shell, check] of [
    ['zsh', ['-n']],
    ['fish', ['--no-execute']],
  ] as const) {
    const isThere = spawnSync(shell, ['--version']).status === 0;
    test(`in ${shell} is well-formed`, { skip: isThere ? false : `there is no ${shell} here` }, async () => {
      const { status, stderr } = spawnSync(shell, [...check, '/dev/stdin'], {
        input: await script(shell),
        encoding: 'utf8',
      });
      assert.equal(status, 0, stderr);
    });
  }
});
