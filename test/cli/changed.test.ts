/** `check --changed`: nothing whose findings a change may have altered is left out, and nothing else is checked. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { cliReview, LATE } from '../support/cli-reviews.ts';
import { inFolder, runInProcess } from '../support/cli-scenario.ts';
import { gitIn } from '../support/sample-repository.ts';

const linksTo = (refs: readonly string[]) =>
  `links:\n  cases:\n${refs.map(ref => `    - {ref: ${ref}, relation: other_victim}\n`).join('')}`;
const linkTo = (ref: string) => linksTo([ref]);
const FILES = {
  '': 'force-pack',
  'one.case-review.yaml': cliReview({ id: 'CASE-1A1A1A' }),
  'links-to-one.case-review.yaml': cliReview({ id: 'CASE-2B2B2B', more: linkTo('CASE-1A1A1A') }),
  'links-to-three.case-review.yaml': cliReview({ id: 'CASE-4D4D4D', more: linkTo('CASE-3C3C3C') }),
  'other.case-review.yaml': cliReview({ id: 'CASE-5E5E5E' }),
};

interface Repository {
  readonly folder: string;
  readonly write: (name: string, text: string) => void;
  readonly remove: (name: string) => void;
  readonly git: (...args: readonly string[]) => string;
  /** The names of the reviews checked. */
  readonly checked: (...args: readonly string[]) => Promise<readonly string[]>;
  readonly run: (...args: readonly string[]) => ReturnType<typeof runInProcess>;
}

function inRepository(act: (repository: Repository) => Promise<void>): Promise<void> {
  return inFolder(FILES, async folder => {
    const git = gitIn(folder);
    git('init', '--quiet', '--initial-branch=main');
    git('add', '.');
    git('commit', '--quiet', '--message=Begin');
    const run = (...args: readonly string[]) => runInProcess(folder, ['check', ...args]);
    await act({
      folder,
      git,
      run,
      write: (name, text) => {
        mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        writeFileSync(path.join(folder, name), text);
      },
      remove: name => rmSync(path.join(folder, name)),
      checked: async (...args) => {
        const { stdout } = await run('--format', 'json', ...args);
        const { reviews } = JSON.parse(stdout) as { reviews: { path: string }[] };
        return reviews.map(review => review.path.replace('.case-review.yaml', ''));
      },
    });
  });
}

describe('--changed', () => {
  test('checks nothing where nothing changed', () =>
    inRepository(async ({ checked }) => assert.deepEqual(await checked('--changed'), [])));

  test('is said, as it is why nothing may have been checked', () =>
    inRepository(async ({ run, write }) => {
      const concern = 'Only what the changes since the last commit concern is checked.';
      assert.equal((await run('--changed')).stdout, `No reviews checked. ${concern}\n`);
      write('one.case-review.yaml', `${cliReview({ id: 'CASE-1A1A1A' })}# looked at again\n`);
      const { stdout } = await run('--changed', 'main', '--format', 'markdown');
      assert.match(stdout, / Only what the changes since main concern is checked\.$/m);
    }));

  test('tells of no audit round, of which it sees a part', () =>
    inRepository(async ({ folder, run, write }) => {
      const audited = (id: string) => cliReview({ id, more: 'audit: {round: audit-1, returned: true}\n' });
      write('one.case-review.yaml', audited('CASE-1A1A1A'));
      write('other.case-review.yaml', audited('CASE-5E5E5E'));
      assert.match((await run()).stdout, /^Round audit-1: /m);
      assert.doesNotMatch((await run('--changed')).stdout, /Round/);
      const parts = ['1', '2'].map(part => [
        '--changed',
        '--shard',
        `${part}/2`,
        '--format',
        `json:${part}.json`,
      ]);
      for (const part of parts) await run(...part);
      assert.doesNotMatch((await runInProcess(folder, ['merge', '1.json', '2.json'])).stdout, /Round/);
    }));

  test('a changed review alone where others need not know', () =>
    inRepository(async ({ write, checked }) => {
      write('one.case-review.yaml', cliReview({ id: 'CASE-1A1A1A', more: LATE }));
      assert.deepEqual(await checked('--changed'), ['one']);
    }));

  test('a review that links to an id which is gone from another', () =>
    inRepository(async ({ write, checked }) => {
      write('one.case-review.yaml', cliReview({ id: 'CASE-9Z9Z9Z' }));
      assert.deepEqual(await checked('--changed'), ['links-to-one', 'one']);
    }));

  test('a review that links to one which is deleted', () =>
    inRepository(async ({ remove, checked }) => {
      remove('one.case-review.yaml');
      assert.deepEqual(await checked('--changed'), ['links-to-one']);
    }));

  test('a new review, untracked, and those that link to it', () =>
    inRepository(async ({ write, checked }) => {
      write('new/three.case-review.yaml', cliReview({ id: 'CASE-3C3C3C' }));
      assert.deepEqual(await checked('--changed'), ['links-to-three', 'new/three']);
    }));

  test('a review that is renamed', () =>
    inRepository(async ({ git, checked }) => {
      git('mv', 'one.case-review.yaml', 'uno.case-review.yaml');
      assert.deepEqual(await checked('--changed'), ['links-to-one', 'uno']);
    }));

  for (const name of ['case-review.config.yaml', 'policies/force/links/linked-known.yaml'])
    test(`every review when ${name} changed`, () =>
      inRepository(async ({ write, git, checked }) => {
        write(name, `${git('show', `HEAD:${name}`)}# changed\n`);
        assert.equal((await checked('--changed')).length, 4);
      }));

  test('every review when a baseline came', () =>
    inRepository(async ({ write, checked }) => {
      write('case-review.baseline.json', '{"version": 1, "reviews": {}}\n');
      assert.equal((await checked('--changed')).length, 4);
    }));

  test('since a branch was left, and not what came to the other since', () =>
    inRepository(async ({ write, git, checked }) => {
      git('switch', '--quiet', '--create=change');
      write('other.case-review.yaml', cliReview({ id: 'CASE-5E5E5E', more: LATE }));
      git('commit', '--quiet', '--all', '--message=Change');
      git('switch', '--quiet', 'main');
      write('one.case-review.yaml', cliReview({ id: 'CASE-1A1A1A', more: LATE }));
      git('commit', '--quiet', '--all', '--message=Meanwhile');
      git('switch', '--quiet', 'change');
      assert.deepEqual(await checked('--changed', 'main'), ['other']);
      assert.deepEqual(await checked('--changed'), []);
    }));

  test('everything before the first commit', () =>
    inFolder(FILES, async folder => {
      gitIn(folder)('init', '--quiet');
      const { stdout } = await runInProcess(folder, ['check', '--changed', '--format', 'json']);
      assert.equal((JSON.parse(stdout) as { reviews: unknown[] }).reviews.length, 4);
    }));

  test('only within the paths that are named', () =>
    inRepository(async ({ write, checked }) => {
      write('one.case-review.yaml', cliReview({ id: 'CASE-1A1A1A', more: LATE }));
      assert.deepEqual(await checked('other.case-review.yaml', '--changed'), []);
    }));

  test('a commit that is not there is named, with what to do', () =>
    inRepository(async ({ run }) => {
      const { stderr, status } = await run('--changed', 'origin/main');
      assert.equal(
        stderr,
        'case-review: There is no commit "origin/main" here; fetch it, or name paths before --changed.\n',
      );
      assert.equal(status, 2);
    }));

  test('a branch without a commit in common is named', () =>
    inRepository(async ({ git, run }) => {
      const tree = git('rev-parse', 'HEAD^{tree}').trim();
      git('branch', 'stranger', git('commit-tree', tree, '-m', 'Alone').trim());
      assert.match(
        (await run('--changed', 'stranger')).stderr,
        /have no commit in common here; fetch the whole history/,
      );
    }));

  test('knows what the reviews that link to a changed one link to in other folders', () =>
    inRepository(async ({ write, git, run }) => {
      write(
        'a/both.case-review.yaml',
        cliReview({ id: 'CASE-6F6F6F', more: linksTo(['CASE-1A1A1A', 'CASE-7G7G7G']) }),
      );
      write('b/far.case-review.yaml', cliReview({ id: 'CASE-7G7G7G' }));
      git('add', '.');
      git('commit', '--quiet', '--message=More');
      write('one.case-review.yaml', cliReview({ id: 'CASE-1A1A1A', more: LATE }));
      assert.doesNotMatch((await run('--changed', '--format', 'compact')).stdout, /linked-known/);
      write('one.case-review.yaml', cliReview({ id: 'CASE-9Z9Z9Z' }));
      const found = (await run('--changed', '--format', 'compact')).stdout.split('\n');
      const unknown = found.filter(line => line.includes('linked-known')).map(line => line.split(':')[0]);
      assert.deepEqual(unknown, ['a/both.case-review.yaml', 'links-to-one.case-review.yaml']);
    }));

  const ids = ['CASE-1A1A1A', 'CASE-2B2B2B', 'CASE-3C3C3C', 'CASE-4D4D4D', 'CASE-5E5E5E'];
  const names = ['a/1', 'a/2', 'b/3', 'b/4', 'c/5', '6'].map(name => `${name}.case-review.yaml`);
  const anyText = fc
    .record({ id: fc.constantFrom(...ids), links: fc.subarray(ids, { maxLength: 2 }) })
    .map(({ id, links }) => cliReview({ id, more: links.length === 0 ? '' : linksTo(links) }));
  const anyReviews = fc
    .array(fc.option(anyText), { minLength: names.length, maxLength: names.length })
    .map(texts => new Map(names.map((name, at) => [name, texts[at] ?? undefined])));

  test('gives each review the findings that a check of everything gives it, and leaves out none that it changed', () =>
    fc.assert(
      fc.asyncProperty(
        anyReviews,
        fc.dictionary(fc.constantFrom(...names), fc.option(anyText)),
        (then, edits) =>
          inFolder({ '': 'force-pack' }, async folder => {
            const write = (texts: Iterable<readonly [string, string | null | undefined]>) => {
              for (const [name, text] of texts) {
                const file = path.join(folder, name);
                mkdirSync(path.dirname(file), { recursive: true });
                if (typeof text === 'string') writeFileSync(file, text);
                else rmSync(file, { force: true });
              }
            };
            const told = async (...args: string[]) => {
              const { stdout } = await runInProcess(folder, ['check', '--format', 'json', ...args]);
              const { reviews } = JSON.parse(stdout) as { reviews: { path: string; findings: unknown }[] };
              return new Map(reviews.map(review => [review.path, JSON.stringify(review.findings)]));
            };
            write(then);
            const git = gitIn(folder);
            git('init', '--quiet');
            git('add', '.');
            git('commit', '--quiet', '--message=Then');
            const before = await told();
            write(Object.entries(edits));
            const now = await told();
            const changed = await told('--changed');
            for (const [name, findings] of changed) assert.equal(findings, now.get(name));
            for (const [name, findings] of now)
              if (before.get(name) !== findings) assert.ok(changed.has(name), name);
          }),
      ),
      { numRuns: 25 },
    ));
});
