/** Every recipe of docs/ci.md gates a repository of 200 reviews: the change of a branch fails, and only what it broke is named. */
import assert from 'node:assert/strict';
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';
import { builtProgram } from '../support/cli-scenario.ts';
import {
  breakReview,
  CHANGED,
  createSampleRepository,
  PARTNER,
  removeRepository,
} from '../support/sample-repository.ts';
import { repositoryRoot } from '../support/shipped-pack.ts';

const read = (file: string): string => readFileSync(path.join(repositoryRoot, file), 'utf8');
const guide = read('docs/ci.md');
const skip = existsSync(builtProgram) ? false : 'dist/case-review.cjs is not built: npm run build';

describe('a repository of 200 reviews', { skip }, () => {
  const sample = skip === false ? createSampleRepository() : undefined;
  const folder = sample?.folder ?? '';
  const bin = path.join(folder, 'bin');
  if (sample) {
    mkdirSync(bin);
    // The program as it is on the path of an image, or of a hook's environment.
    writeFileSync(
      path.join(bin, 'case-review'),
      `#!/bin/sh\nexec "${process.execPath}" "${builtProgram}" "$@"\n`,
      {
        mode: 0o755,
      },
    );
  }
  after(() => sample && removeRepository(sample));

  const shell = (script: string, env: Readonly<Record<string, string>> = {}): SpawnSyncReturns<string> =>
    spawnSync('bash', ['-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: `${bin}:${path.dirname(process.execPath)}:${process.env.PATH}`, HOME: folder, ...env },
    });
  const written = (name: string): string => {
    const file = path.join(folder, name);
    const text = readFileSync(file, 'utf8');
    rmSync(file);
    return text;
  };

  describe('the GitHub action', () => {
    const action = parse(read('action.yml')) as Action;
    const [step] = action.runs.steps;

    /** As GitHub calls it: inputs put into `env`, then the script. */
    const runAction = (inputs: Readonly<Record<string, string>>) => {
      const value = (name: string) => inputs[name] ?? action.inputs[name]?.default ?? '';
      const env = Object.fromEntries(
        Object.entries(step?.env ?? {}).map(([name, expression]) => [
          name,
          expression.replace(/\$\{\{ inputs\.([\w-]+) \}\}/, (_, input: string) => value(input)),
        ]),
      );
      return shell(step?.run ?? '', {
        ...env,
        GITHUB_ACTION_PATH: repositoryRoot,
        GITHUB_OUTPUT: path.join(folder, 'output'),
        GITHUB_STEP_SUMMARY: path.join(folder, 'summary.md'),
      });
    };

    test('annotates what a pull request broke, and the review that links to it', () => {
      const { status, stdout } = runAction({ 'changed-since': 'main' });
      assert.equal(status, 1);
      const files = [...stdout.matchAll(/^::error file=([^,]+),/gm)].map(([, file]) => file);
      assert.deepEqual(files, [CHANGED, CHANGED, PARTNER]);
      assert.match(stdout, /^3 errors in 2 of 2 complete reviews\.$/m);
      assert.equal(written('output'), 'exit-code=1\n');
      assert.match(
        written('summary.md'),
        /^## Case Review: failed\n\n3 errors in 2 of 2 complete reviews\.\n/,
      );
      const sarif = JSON.parse(written('case-review.sarif')) as { runs: [{ results: unknown[] }] };
      assert.equal(sarif.runs[0].results.length, 3);
    });

    test('checks everything on a push, and takes options and paths a line each', () => {
      const options = '--max-warnings=0\n--profile=published';
      const { status, stdout } = runAction({
        options,
        paths: `${PARTNER}\nreviews/review-000001.case-review.yaml`,
      });
      assert.match(stdout, /^No findings in 2 complete reviews\./m);
      assert.equal(status, 0);
      assert.match(runAction({}).stdout, /^3 errors in 2 of 200 complete reviews\.$/m);
      for (const name of ['output', 'summary.md', 'case-review.sarif']) written(name);
    });

    test('reads no input as a command', () => {
      const { status, stderr } = runAction({
        paths: '$(touch stolen); `touch stolen`',
        'changed-since': '; touch stolen',
      });
      assert.equal(status, 2);
      assert.match(stderr, /There is no commit "; touch stolen" here/);
      assert.equal(existsSync(path.join(folder, 'stolen')), false);
      written('output');
    });

    test('says when the program it is told to take is not there', () => {
      const { status, stdout } = runAction({ program: 'tools/nothing.cjs' });
      assert.equal(status, 2);
      assert.match(stdout, /^::error::There is no file tools\/nothing\.cjs; check the input "program"\.$/m);
    });

    test('is told no input in the guide that it does not have', () => {
      const [text = ''] = blocksOf('yaml').filter(block => block.includes('uses: your-force/case-review'));
      const used = [...text.matchAll(/^ {10}([\w-]+): /gm)].map(([, name]) => name ?? '');
      assert.deepEqual(used, ['changed-since']);
      for (const name of [...used, 'program']) assert.ok(name in action.inputs, name);
    });
  });

  test('the GitHub recipe without the action leaves SARIF', () => {
    const [{ run }] = recipe<[{ run: string }]>('- run:');
    const { status, stdout } = shell(run);
    assert.equal(status, 1);
    assert.match(stdout, /^::error file=reviews\/review-000004/m);
    assert.equal((JSON.parse(written('case-review.sarif')) as { version: string }).version, '2.1.0');
  });

  describe('GitLab', () => {
    const [header, job] = parseAllDocuments(read('templates/case-review.yml')).map(document =>
      document.toJS(),
    );

    test('the component leaves a Code Quality report and a test report', () => {
      const given = recipe<{ include: [{ inputs: Record<string, string> }] }>('component:').include[0].inputs;
      const inputs = header.spec.inputs as Record<string, { default: string }>;
      for (const name of Object.keys(given)) assert.ok(name in inputs, name);
      const [script] = job['case-review'].script as [string];
      const filled = script.replaceAll(
        /\$\[\[ inputs\.(\w+) \]\]/g,
        (_, name: string) => given[name] ?? inputs[name]?.default ?? assert.fail(name),
      );
      checkGitlab(shell(filled), job['case-review']);
    });

    test('so does the job without the component', () => {
      const own = recipe<{ 'case-reviews': GitlabJob }>('case-reviews:')['case-reviews'];
      checkGitlab(shell(own.script.join('\n')), own);
    });

    function checkGitlab({ status, stdout }: SpawnSyncReturns<string>, { artifacts }: GitlabJob): void {
      assert.equal(status, 1);
      assert.match(stdout, /^3 errors in 2 of 200 complete reviews\.$/m);
      const entries = JSON.parse(written(artifacts.reports.codequality)) as { location: { path: string } }[];
      assert.deepEqual(
        entries.map(entry => entry.location.path),
        [CHANGED, CHANGED, PARTNER],
      );
      assert.equal(written(artifacts.reports.junit).split('<failure ').length, 4);
    }
  });

  describe('a hook before each commit', () => {
    const [hook] = parse(read('.pre-commit-hooks.yaml')) as [Hook];
    const [
      {
        hooks: [local],
      },
    ] = recipe<{ repos: [{ hooks: [Hook] }] }>('repo: local').repos;

    for (const [name, { entry }] of Object.entries({ published: hook, local })) {
      test(`the ${name} one stops a commit that breaks reviews and lets another pass`, () => {
        const { git } = sample!;
        git('switch', '--quiet', 'main');
        writeFileSync(path.join(folder, '.git/hooks/pre-commit'), `#!/bin/sh\nexec ${entry}\n`, {
          mode: 0o755,
        });
        breakReview(folder);
        const bad = shell('git -c user.name=T -c user.email=t@example.org commit --all --message=Broken');
        assert.equal(bad.status, 1, bad.stderr);
        assert.match(bad.stdout + bad.stderr, /3 errors in 2 of 2 complete reviews\./);
        git('restore', '.');
        writeFileSync(path.join(folder, 'notes.md'), 'Nothing about reviews.\n');
        const good = shell(
          'git add notes.md && git -c user.name=T -c user.email=t@example.org commit --message=Notes',
        );
        assert.equal(good.status, 0, good.stderr);
        git('reset', '--quiet', '--hard', 'HEAD~1');
        rmSync(path.join(folder, '.git/hooks/pre-commit'));
        git('switch', '--quiet', 'change');
      });
    }

    test('runs for every file that may change a verdict', () => {
      const files = new RegExp(hook.files);
      for (const name of [
        CHANGED,
        'a.case-review.yml',
        'case-review.config.yaml',
        'case-review.baseline.json',
        'policies/force/pack.yaml',
      ])
        assert.match(name, files);
      for (const name of ['README.md', 'docker-compose.yaml']) assert.doesNotMatch(name, files);
    });
  });

  test('the matrix of several machines ends as one check does', () => {
    const { jobs } = recipe<{ jobs: Record<'check' | 'merge', MatrixJob> }>('strategy:');
    const runOf = ({ steps }: MatrixJob) => steps.flatMap(({ run }) => run ?? []).join('\n');
    const parts = jobs.check.strategy?.matrix.part ?? [];
    assert.ok(parts.length > 1);
    for (const part of parts) {
      const { status, stderr } = shell(runOf(jobs.check).replaceAll('${{ matrix.part }}', String(part)));
      assert.equal(status, 0, stderr);
    }
    const { status, stdout } = shell(runOf(jobs.merge));
    assert.equal(status, 1);
    assert.equal(stdout, shell('case-review check').stdout);
    for (const part of parts) written(`part-${part}.json`);
    written('case-review.sarif');
  });

  test('the program starts as the image has it: by its own name, for a user who owns nothing', () => {
    const program = path.join(bin, 'alone');
    cpSync(builtProgram, program);
    const { status, stdout, stderr } = shell('alone check', { HOME: '/nowhere' });
    assert.equal(stderr, '');
    assert.equal(status, 1);
    assert.match(stdout, /^3 errors in 2 of 200 complete reviews\.$/m);
    rmSync(program);
  });

  test('the recipe for any other system leaves a test report', () => {
    const [command] = blocksOf('sh').filter(text => text.includes('junit:'));
    const { status } = shell(command ?? '');
    assert.equal(status, 1);
    assert.match(written('case-review.xml'), /^<\?xml version="1\.0"/);
  });

  test('a baseline lets the force begin: what was there passes, what is new does not', () => {
    assert.match(
      shell('case-review baseline create').stdout,
      /^Wrote case-review\.baseline\.json with 3 findings of 2 reviews\.\n$/,
    );
    assert.equal(shell('case-review check').status, 0);
    const file = path.join(folder, PARTNER);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/^( {2}recorded_at: )\d{4}/m, '$12030'));
    const { status, stdout } = shell('case-review check --format compact');
    assert.equal(status, 1);
    assert.deepEqual(
      [...stdout.matchAll(/^(\S+?):\d/gm)].map(([, name]) => name),
      [PARTNER, PARTNER],
    );
    writeFileSync(file, text);
    written('case-review.baseline.json');
  });

  test('the commands that mend run as the guide has them', () => {
    const [block] = blocksOf('sh').filter(text => text.includes('--fix'));
    for (const command of block?.trim().split('\n') ?? []) {
      const { status, stderr } = shell(`${command}${command.includes('--diff') ? ' --include-text' : ''}`);
      assert.equal(status, 1, command);
      assert.match(stderr, /^case-review: \d+ reviews? (?:would be )?fixed\.$/m);
    }
    sample?.git('restore', '.');
  });
});

test('the image is built from what the repository has and starts the command line', () => {
  const text = read('Dockerfile');
  for (const [, script] of text.matchAll(/npm run (\w+)/g))
    assert.ok(script! in (JSON.parse(read('package.json')) as { scripts: object }).scripts);
  for (const [, file] of text.matchAll(/\/build\/(LICENSE)/g))
    assert.ok(existsSync(path.join(repositoryRoot, file!)));
  assert.match(text, /^ENTRYPOINT \["case-review"\]$/m);
});

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: {
    readonly steps: readonly { readonly env: Record<string, string>; readonly run: string }[];
  };
}

interface GitlabJob {
  readonly script: readonly string[];
  readonly artifacts: { readonly reports: { readonly codequality: string; readonly junit: string } };
}

interface MatrixJob {
  readonly strategy?: { readonly matrix: { readonly part: readonly number[] } };
  readonly steps: readonly { readonly run?: string }[];
}

interface Hook {
  readonly entry: string;
  readonly files: string;
}

/** The recipe of the guide in which these words stand. */
function recipe<T>(words: string): T {
  const [text] = blocksOf('yaml').filter(block => block.includes(words));
  assert.ok(text !== undefined, words);
  return parse(text) as T;
}

function blocksOf(language: string): string[] {
  return [...guide.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, block]) => block ?? '',
  );
}
