/** `--cache`: a run that remembers says what a run without memory says, whatever happened to the files in between. */
import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { FORMATS } from '../../server/src/cli/formats.ts';
import { createWorkspace } from '../../server/src/workspace/review-workspace.ts';
import type { CreateWorkspace } from '../../server/src/workspace/workspace.ts';
import { cliReview, EVERYTHING, LATE, LINKED, RETURNED, STEPS, WAIVED } from '../support/cli-reviews.ts';
import { asOrdinaryUser, inFolder, runAsOrdinaryUser, runInProcess } from '../support/cli-scenario.ts';

const CACHE = '.case-review-cache.json';
const CACHED = ['check', '--format', 'json', '--cache'];
const PLAIN = ['check', '--format', 'json'];

/** A workspace that fails where a review is read or judged, and says so. */
const remembersOnly: CreateWorkspace = (files, options) => {
  const workspace = createWorkspace(files, options);
  const fail = (): never => {
    throw new Error('a review was read');
  };
  return Object.assign(workspace, { judge: Object.assign(workspace.judge, { read: fail, judge: fail }) });
};

const REFS = ['CASE-4T7Q2M', 'CASE-8N6B3V', 'MIS-2C5D7F', 'CASE-1D2F3G'];
const NAMES = ['a', 'b', 'c', 'd/e', 'd/f'];

const ref = fc.constantFrom(...REFS);
const text = fc
  .record({
    id: fc.constantFrom('CASE-4T7Q2M', 'CASE-8N6B3V', 'CASE-1D2F3G', 'someone'),
    state: fc.constantFrom('complete', 'complete', 'draft'),
    links: fc.array(ref, { maxLength: 3 }),
    episodes: fc.subarray(['MIS-2C5D7F', 'MIS-4G6H8J']),
    officer: fc.constantFrom('OFF-9K2M7R', 'OFF-9A7V3D'),
    more: fc.constantFrom('', LATE, STEPS, RETURNED, '# a remark\n', 'oops: [\n'),
  })
  .map(({ id, state, links, episodes, officer, more }) =>
    cliReview({
      id,
      state,
      more: [
        ...(links.length > 0 ? ['links:\n  cases:\n'] : []),
        ...links.map(link => `    - {ref: ${link}, relation: other_victim}\n`),
        ...(episodes.length > 0 ? ['missing:\n'] : []),
        ...episodes.map(one => `  - {ref: ${one}, child: VIC-7H3K9Q, reported_at: 2026-02-10T22:00:00Z}\n`),
        `persons:\n  - {ref: ${officer}, role: oic}\n`,
        more,
      ].join(''),
    }),
  );

const CONFIGS = [
  '{}\n',
  'severities: {linked/points-both-ways: warning}\n',
  'adopted:\n  first_visit_h: {value: 48, by: OFF-9K2M7R, on: 2026-01-05, reference: POL-12}\n',
];
const file = fc.constantFrom(...NAMES);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ file, text }) },
  { weight: 1, arbitrary: fc.record({ remove: file }) },
  { weight: 1, arbitrary: fc.record({ from: file, to: file }) },
  { weight: 1, arbitrary: fc.record({ config: fc.constantFrom(...CONFIGS) }) },
);
type Step =
  | { readonly file: string; readonly text: string }
  | { readonly remove: string }
  | { readonly from: string; readonly to: string }
  | { readonly config: string };

test('after any edits a run with the cache says what a run without it says', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(text, { minLength: 5, maxLength: 5 }),
      fc.array(step, { minLength: 1, maxLength: 6 }),
      (texts, steps) =>
        inFolder({}, async folder => {
          mkdirSync(path.join(folder, 'd'));
          const pathOf = (name: string) => path.join(folder, `${name}.case-review.yaml`);
          for (const [at, name] of NAMES.entries()) writeFileSync(pathOf(name), texts[at]!);
          await runInProcess(folder, CACHED);
          for (const each of steps as Step[]) {
            if ('file' in each) writeFileSync(pathOf(each.file), each.text);
            else if ('remove' in each) rmSync(pathOf(each.remove), { force: true });
            else if ('config' in each)
              writeFileSync(path.join(folder, 'case-review.config.yaml'), each.config);
            else if (existsSync(pathOf(each.from))) renameSync(pathOf(each.from), pathOf(each.to));
            assert.deepEqual(await runInProcess(folder, CACHED), await runInProcess(folder, PLAIN));
          }
        }),
    ),
    { numRuns: 15 },
  ));

describe('a cache', () => {
  test('spares a second run all reading and judging', () =>
    inFolder({ '': 'force-pack', 'a.case-review.yaml': cliReview({ more: LATE + LINKED }) }, async folder => {
      const first = await runInProcess(folder, CACHED);
      assert.deepEqual(await runInProcess(folder, CACHED, { createWorkspace: remembersOnly }), first);
      assert.match(first.stdout, /recording\/recorded-in-time/);
    }));

  for (const [what, change] of [
    ['the as-of date', ['--as-of', '2026-03-01']],
    ['leaving out waivers', ['--no-waivers']],
  ] as const)
    test(`is not asked with ${what} that it was not made with`, () =>
      inFolder(
        { '': 'force-pack', 'a.case-review.yaml': cliReview({ more: LATE + WAIVED }) },
        async folder => {
          await runInProcess(folder, CACHED);
          const cached = await runInProcess(folder, [...CACHED, ...change]);
          assert.deepEqual(cached, await runInProcess(folder, [...PLAIN, ...change]));
        },
      ));

  const PACK = 'policies/force';
  for (const [what, file, from, to] of [
    ['a rule', `${PACK}/recording/recorded-in-time.yaml`, 'severity: error', 'severity: warning'],
    ['a limit', `${PACK}/pack.yaml`, 'value: 2,', 'value: 4,'],
    ['the calendar', `${PACK}/calendar.yaml`, '2026-01-01: New', '2026-02-03: Day off\n  2026-01-01: New'],
    [
      'the configuration',
      'case-review.config.yaml',
      '\n',
      '\nseverities: {recording/recorded-in-time: off}\n',
    ],
  ] as const)
    test(`is not asked where ${what} is another`, () =>
      inFolder({ '': 'force-pack', 'a.case-review.yaml': cliReview({ more: LATE }) }, async folder => {
        const edit = (name: string, before: string, after: string) => {
          const place = path.join(folder, name);
          const text = readFileSync(place, 'utf8');
          assert.ok(text.includes(before));
          writeFileSync(place, text.replace(before, after));
        };
        edit(`${PACK}/pack.yaml`, 'value: 24, unit: hours', 'value: 2, unit: working_days');
        edit(`${PACK}/recording/recorded-in-time.yaml`, 'unit: hours', 'unit: working_days');
        const first = await runInProcess(folder, CACHED);
        assert.match(first.stdout, /Recorded 3 working days/);
        edit(file, from, to);
        const now = await runInProcess(folder, PLAIN);
        assert.notDeepEqual(now, first);
        assert.deepEqual(await runInProcess(folder, CACHED), now);
      }));

  test('knows the baseline, and every format is as without it', () =>
    inFolder(EVERYTHING, async folder => {
      await runInProcess(folder, CACHED);
      await runInProcess(folder, ['baseline', 'create']);
      for (const format of FORMATS)
        for (let run = 0; run < 2; run++)
          assert.deepEqual(
            await runInProcess(folder, ['check', '--format', format, '--cache']),
            await runInProcess(folder, ['check', '--format', format]),
          );
    }));

  test('holds no word of a review, also where somebody wrote a name in place of a ref', () =>
    inFolder(
      {
        '': 'force-pack',
        'id.case-review.yaml': cliReview({ id: 'Ellen Sample' }),
        'link.case-review.yaml': cliReview({
          more: 'links:\n  cases:\n    - {ref: Ellen, relation: other_victim}\n',
        }),
        'child.case-review.yaml': cliReview({
          more: 'missing:\n  - {ref: MIS-2C5D7F, child: Ellen Sample}\n',
        }),
        'cut.case-review.yaml': cliReview({ more: 'actions:\n  - {note: seen by Ellen, at home}\n' }),
        'fine.case-review.yaml': cliReview({ more: '# Ellen Sample\n' }),
      },
      async folder => {
        const first = await runInProcess(folder, CACHED);
        const cache = readFileSync(path.join(folder, CACHE), 'utf8');
        assert.doesNotMatch(cache, /Ellen|Sample/);
        assert.match(cache, /fine\.case-review\.yaml/);
        assert.deepEqual(await runInProcess(folder, CACHED), first);
      },
    ));

  test('that is damaged is named and made anew', () =>
    inFolder({ 'a.case-review.yaml': cliReview({ more: LATE }) }, async folder => {
      const first = await runInProcess(folder, CACHED);
      const place = path.join(folder, CACHE);
      const whole = readFileSync(place, 'utf8');
      for (const damaged of [whole.slice(0, -30), whole.replace('"error"', '"hint"'), whole.slice(0, 30)]) {
        assert.notEqual(damaged, whole);
        writeFileSync(place, damaged);
        const again = await runInProcess(folder, CACHED);
        assert.equal(
          again.stderr,
          `case-review: ${CACHE}: The cache is damaged; every review is judged anew.\n`,
        );
        assert.deepEqual({ ...again, stderr: '' }, first);
        assert.equal(readFileSync(place, 'utf8'), whole);
      }
    }));

  test('is never written over a file that is none', () =>
    inFolder({ 'a.case-review.yaml': cliReview({ more: LATE }) }, async folder => {
      const { stderr, status } = await runInProcess(folder, [
        ...CACHED,
        '--cache-file',
        'a.case-review.yaml',
      ]);
      assert.equal(
        stderr,
        'case-review: a.case-review.yaml: This is no cache and is left alone; name another file after --cache-file.\n',
      );
      assert.equal(status, 1);
      assert.equal(readFileSync(path.join(folder, 'a.case-review.yaml'), 'utf8'), cliReview({ more: LATE }));
    }));

  test('that cannot be written costs a note and nothing else', () =>
    inFolder({ 'a.case-review.yaml': cliReview({ more: LATE }) }, async folder => {
      const plain = await runInProcess(folder, PLAIN);
      const { stderr, ...answer } = await runInProcess(folder, [
        ...PLAIN,
        '--cache-file',
        'nowhere/cache.json',
      ]);
      assert.equal(
        stderr,
        'case-review: nowhere/cache.json: There is no such folder; create it first. Nothing was kept for the next run.\n',
      );
      assert.deepEqual({ ...answer, stderr: '' }, plain);
    }));

  test('in a file that may not be written is still read, and told of when there is something new', () =>
    inFolder({ 'a.case-review.yaml': cliReview({ more: LATE }) }, async folder => {
      const first = await runInProcess(folder, CACHED);
      chmodSync(path.join(folder, CACHE), 0o444);
      const read = () => runInProcess(folder, CACHED, { createWorkspace: remembersOnly });
      assert.deepEqual(await asOrdinaryUser(folder, read), first);
      writeFileSync(path.join(folder, 'b.case-review.yaml'), cliReview({ more: LATE }));
      const { stderr, ...cached } = runAsOrdinaryUser(folder, CACHED);
      assert.match(stderr, /may not be written/);
      assert.deepEqual({ ...cached, stderr: '' }, runAsOrdinaryUser(folder, PLAIN));
    }));

  test('is written only when there is something new', () =>
    inFolder({ 'a.case-review.yaml': cliReview(), 'b.case-review.yaml': cliReview() }, async folder => {
      const written = async () => {
        await runInProcess(folder, CACHED);
        return statSync(path.join(folder, CACHE)).ino;
      };
      const first = await written();
      assert.equal(await written(), first);
      writeFileSync(path.join(folder, 'a.case-review.yaml'), cliReview({ more: LATE }));
      const second = await written();
      assert.notEqual(second, first);
      rmSync(path.join(folder, 'b.case-review.yaml'));
      assert.notEqual(await written(), second);
    }));

  test('keeps what is known of reviews that a run is not about, and forgets those that are gone', () =>
    inFolder(
      {
        'a.case-review.yaml': cliReview(),
        'b.case-review.yaml': cliReview(),
        'c.case-review.yaml': cliReview(),
      },
      async folder => {
        await runInProcess(folder, CACHED);
        rmSync(path.join(folder, 'c.case-review.yaml'));
        await runInProcess(folder, [...CACHED, 'a.case-review.yaml']);
        const cache = readFileSync(path.join(folder, CACHE), 'utf8');
        assert.deepEqual(Object.keys(JSON.parse(cache.split('\n')[1]!) as object), [
          'a.case-review.yaml',
          'b.case-review.yaml',
        ]);
      },
    ));
});
