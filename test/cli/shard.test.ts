/** `--shard` and `merge`: the parts of a run, joined, are the run. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { FORMATS } from '../../server/src/cli/formats.ts';
import { cliReview, EVERYTHING, LINKED } from '../support/cli-reviews.ts';
import { inFolder, runInProcess } from '../support/cli-scenario.ts';

async function checkParts(folder: string, of: number, options: readonly string[] = []): Promise<string[]> {
  const names = Array.from({ length: of }, (_, at) => `${at + 1}.json`);
  for (const [at, name] of names.entries())
    await runInProcess(folder, [
      'check',
      '--shard',
      `${at + 1}/${of}`,
      '--format',
      `json:${name}`,
      ...options,
    ]);
  return names;
}

describe('parts that are joined', () => {
  for (const options of [
    [],
    ['--profile', 'published'],
    ['--min-severity', 'warning', '--max-warnings', '1'],
    ['--as-of', '2026-03-01', '--no-waivers', '--include-text'],
  ])
    test(`are the whole in every format${options.length === 0 ? '' : ` with ${options.join(' ')}`}`, () =>
      inFolder(EVERYTHING, async folder => {
        const parts = await checkParts(folder, 3, options);
        for (const format of FORMATS) {
          const whole = await runInProcess(folder, ['check', '--format', format, ...options]);
          const joined = await runInProcess(folder, ['merge', ...parts.toReversed(), '--format', format]);
          assert.deepEqual(joined, whole, format);
        }
      }));

  test('say of what could not be checked and of a bad configuration what the whole says', () =>
    inFolder(
      { ...EVERYTHING, 'case-review.config.yaml': 'packs: [england-wales, ./nowhere]\n' },
      async folder => {
        const options = ['reviews', 'missing-folder'];
        const parts = await checkParts(folder, 2, options);
        const whole = await runInProcess(folder, ['check', '--format', 'json', ...options]);
        assert.deepEqual(await runInProcess(folder, ['merge', ...parts, '--format', 'json']), whole);
        assert.equal(whole.status, 2);
      },
    ));

  test('are more than there are reviews', () =>
    inFolder(EVERYTHING, async folder => {
      const parts = await checkParts(folder, 9);
      const whole = await runInProcess(folder, ['check']);
      assert.deepEqual(await runInProcess(folder, ['merge', ...parts]), whole);
    }));
});

describe('a part', () => {
  for (const [how, id] of [
    ['written plainly', 'CASE-8N6B3V'],
    ['hidden behind an escape', '"CASE\\x2d8N6B3V"'],
  ] as const)
    test(`knows a review of another part whose id is ${how}`, () =>
      inFolder(
        {
          '': 'force-pack',
          'a.case-review.yaml': cliReview({ more: LINKED }),
          'other/b.case-review.yaml': cliReview({ id }),
        },
        async folder => {
          const { stdout } = await runInProcess(folder, ['check', '--shard', '1/2']);
          assert.equal(stdout, 'No findings in 1 complete review. This is part 1 of 2.\n');
        },
      ));

  test('says in text which part it is', () =>
    inFolder(EVERYTHING, async folder => {
      const { stdout } = await runInProcess(folder, ['check', '--shard', '2/3']);
      assert.match(stdout, /\nThis is part 2 of 3\.\n$/);
    }));
});

describe('merge refuses', () => {
  const refused = async (folder: string, ...names: readonly string[]): Promise<string> => {
    const { stdout, stderr, status } = await runInProcess(folder, ['merge', ...names]);
    assert.equal(stdout, '');
    assert.equal(status, 2);
    return stderr;
  };

  test('a part that is missing, or there twice', () =>
    inFolder(EVERYTHING, async folder => {
      await checkParts(folder, 3);
      assert.equal(
        await refused(folder, '1.json', '3.json'),
        'case-review: Of 3 parts 2 is missing; name the report of each.\n',
      );
      assert.equal(
        await refused(folder, '1.json', '1.json'),
        'case-review: 1.json and 1.json are both part 1 of 3; name each once.\n',
      );
    }));

  test('parts of two runs', () =>
    inFolder(EVERYTHING, async folder => {
      await checkParts(folder, 2);
      await runInProcess(folder, ['check', '--shard', '2/2', '--no-waivers', '--format', 'json:other.json']);
      assert.equal(
        await refused(folder, '1.json', 'other.json'),
        'case-review: other.json and 1.json are not of one run; check every part with the same paths and options.\n',
      );
    }));

  test('a part of another version', () =>
    inFolder(EVERYTHING, async folder => {
      await checkParts(folder, 1);
      const place = path.join(folder, '1.json');
      writeFileSync(place, readFileSync(place, 'utf8').replace(/"program":"[^"]+"/, '"program":"0.0.1"'));
      assert.match(await refused(folder, '1.json'), /^case-review: 1\.json: Version 0\.0\.1 made it/);
    }));

  test('what is no report of a part', () =>
    inFolder(EVERYTHING, async folder => {
      await runInProcess(folder, ['check', '--format', 'json:whole.json']);
      const sentence = 'This is no report of a part; make it with check --shard 1/2 --format json:FILE.\n';
      for (const name of ['whole.json', 'reviews/late.case-review.yaml'])
        assert.equal(await refused(folder, name), `case-review: ${name}: ${sentence}`);
      assert.equal(
        await refused(folder, 'none.json'),
        'case-review: none.json: There is no such file; check the path.\n',
      );
    }));

  test('reviews that are not as they were checked', () =>
    inFolder(EVERYTHING, async folder => {
      const parts = await checkParts(folder, 2);
      writeFileSync(path.join(folder, 'reviews/late.case-review.yaml'), '# another\n');
      assert.equal(
        await refused(folder, ...parts),
        'case-review: reviews/late.case-review.yaml: This is not the file that was checked; merge in a checkout of the same commit.\n',
      );
    }));
});
