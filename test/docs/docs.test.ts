/** What the documentation says is true: links lead somewhere, commands answer as shown, configurations are valid. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { validateConfig } from '../../server/src/generated/validators.js';
import { runInProcess } from '../support/cli-scenario.ts';
import { blocksOf, patternOf, readConsole } from '../support/documentation.ts';
import { repositoryRoot } from '../support/shipped-pack.ts';

const PICTURE_LIMIT = 200_000;
const HEADER = `schema: case-review/1
review: {id: CASE-4T7Q2M, kind: [cse], state: complete, reviewed_at: 2026-03-10T10:30:00Z}
`;
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'ARCHITECTURE.md',
  'CHANGELOG.md',
  'bench/README.md',
  'examples/README.md',
  ...readdirSync(path.join(repositoryRoot, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.md'))
    .map(file => `docs/${file.replaceAll('\\', '/')}`),
];

const readme = read('README.md');

for (const page of PAGES) {
  test(`every link of ${page} leads somewhere`, () => {
    assert.deepEqual(
      linksOf(read(page)).filter(link => !resolves(page, link)),
      [],
    );
  });
}

for (const [what, script] of [
  ['the table of rules in the README', 'generate-readme.mjs'],
  ['every page of a rule, with its examples judged,', 'generate-docs.mjs'],
]) {
  test(`${what} is fresh`, () => {
    const { status, stderr } = spawnSync(process.execPath, [`scripts/${script}`, '--check'], {
      cwd: repositoryRoot,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
  });
}

test('every script and program that the documentation runs is there', () => {
  const { scripts } = JSON.parse(read('package.json'));
  for (const page of PAGES) {
    const text = read(page);
    for (const [, name] of text.matchAll(/\bnpm run ([\w:-]+)/g))
      assert.ok(name! in scripts, `${page}: ${name}`);
    for (const [, file] of text.matchAll(/\bnode ((?:scripts|docs|bench)\/[\w./-]+)/g))
      assert.ok(existsSync(path.join(repositoryRoot, file!)), `${page}: ${file}`);
  }
});

test('every picture is small enough to download', () => {
  const folder = path.join(repositoryRoot, 'docs/images');
  for (const picture of readdirSync(folder))
    assert.ok(statSync(path.join(folder, picture)).size < PICTURE_LIMIT, picture);
});

describe('the consoles of the README answer as shown', () => {
  for (const [at, { text }] of blocksOf(readme, 'console').entries()) {
    const steps = readConsole(text);
    test(`console ${at + 1}: ${steps.map(({ command }) => command).join('; ')}`, () =>
      withExamples(async folder => {
        for (const { command, output, status } of steps) {
          const answer = await runInProcess(folder, command.split(' ').slice(1));
          assert.match(answer.stdout + answer.stderr, patternOf(output), command);
          assert.equal(answer.status, status, command);
        }
      }));
  }

  test('there are some', () => assert.ok(blocksOf(readme, 'console').length > 0));

  test('every command line in the text is one the program knows', async () => {
    const inline = [...readme.matchAll(/`case-review ((?:[a-z-]+|--\w+)[^`]*)`/g)].map(([, rest]) => rest!);
    assert.ok(inline.length > 0);
    for (const rest of inline) {
      const [command = ''] = rest.split(' ');
      if (command.startsWith('-')) continue;
      const { status } = await runInProcess(repositoryRoot, [command, '--help']);
      assert.equal(status, 0, rest);
    }
  });
});

describe('the YAML of the README is what it says', () => {
  const blocks = blocksOf(readme, 'yaml').map(({ text }) => ({ text, value: parse(text) }));

  test('every configuration is valid', () => {
    const configurations = blocks.filter(({ value }) => 'packs' in value);
    assert.ok(configurations.length > 0);
    for (const { value } of configurations) {
      assert.ok(validateConfig(value), JSON.stringify(validateConfig.errors));
    }
  });

  test('the configuration makes the check of an example answer otherwise', () =>
    withExamples(async folder => {
      rmSync(path.join(folder, 'examples/case-review.config.yaml'));
      const check = () =>
        runInProcess(folder, ['check', '--format', 'json', 'examples/CASE-4W9G7N.case-review.yaml']);
      assert.equal((await check()).status, 0);
      writeFileSync(
        path.join(folder, 'case-review.config.yaml'),
        blocks.find(({ value }) => 'adopted' in value)!.text,
      );
      assert.equal((await check()).status, 1);
    }));

  test('the snippet of a review gives the finding and the fix told beneath it', async () => {
    const snippet = blocks.find(({ value }) => 'suspect_strategy' in value)!.text;
    const [line] = Object.entries(blocks.find(({ value }) => 'witnesses' in value)!.value);
    const [, message, rule] = readme.match(/^> (.+) `(.+)`$/m)!;
    const [, fixTitle] = readme.match(/^- The fix \*(.+?)\*/m)!;
    const { stdout } = await runInProcess(repositoryRoot, ['check', '-', '--format', 'json'], {
      stdin: `${HEADER}${snippet}`,
    });
    const findings: JsonFinding[] = JSON.parse(stdout).reviews[0].findings;
    const found = findings.find(finding => finding.rule === rule);
    assert.ok(found);
    assert.equal(found.message, message);
    const fix = found.fixes.find(({ title }) => title === fixTitle);
    assert.ok(fix);
    assert.deepEqual(
      fix.patch.filter(({ path: place }) => place.endsWith(`/${line![0]}`)).map(({ value }) => value),
      [line![1]],
    );
  });

  test('the waiver is well-formed', async () => {
    const waiver = blocks.find(({ value }) => 'waivers' in value)!.text;
    const { stdout } = await runInProcess(repositoryRoot, ['check', '-', '--format', 'json'], {
      stdin: `${HEADER}${waiver}`,
    });
    const findings: JsonFinding[] = JSON.parse(stdout).reviews[0].findings;
    assert.deepEqual(
      findings.filter(({ rule }) => /^(?:schema|syntax)\//.test(rule)),
      [],
    );
  });
});

describe('the repository names nothing of the machine it was written on', () => {
  const { status, stdout } = spawnSync('git', ['ls-files', '-z'], {
    cwd: repositoryRoot,
    encoding: 'utf8',
  });
  const skip = status === 0 ? false : 'this is no git checkout';
  // Written in two halves, so that this file may be searched too.
  const FORBIDDEN = [`registry.${'npmjs'}`, `/${'work'}/`, `/${'tmp'}/`, `/${'root'}`];
  // An invented folder in a test is no place of this machine.
  const isInvented = (file: string, word: string) => word === FORBIDDEN[2] && /^(?:test|bench)\//.test(file);

  test('no registry and no absolute path', { skip }, () => {
    const found = stdout
      .split('\0')
      .filter(file => file !== '' && existsSync(path.join(repositoryRoot, file)))
      .flatMap(file => {
        const lines = readFileSync(path.join(repositoryRoot, file), 'latin1').split('\n');
        return lines.flatMap((line, at) =>
          FORBIDDEN.filter(word => line.includes(word) && !isInvented(file, word)).map(
            word => `${file}:${at + 1} ${word}`,
          ),
        );
      });
    assert.deepEqual(found, []);
  });
});

interface JsonFinding {
  readonly rule: string;
  readonly message: string;
  readonly fixes: readonly {
    readonly title: string;
    readonly patch: readonly { readonly path: string; readonly value: unknown }[];
  }[];
}

function linksOf(text: string): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
}

function resolves(page: string, link: string): boolean {
  if (/^(?:https?|mailto):/.test(link)) return true;
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : path.join(path.dirname(page), decodeURI(file));
  if (!existsSync(path.join(repositoryRoot, target))) return false;
  return anchor === undefined || headingsOf(read(target)).includes(anchor);
}

/** The anchors of a page, as Git hosts make them. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

/** A folder of one's own with a copy of the examples in it. */
async function withExamples(act: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'case-review-docs-'));
  try {
    cpSync(path.join(repositoryRoot, 'examples'), path.join(folder, 'examples'), { recursive: true });
    await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(file: string): string {
  return readFileSync(path.join(repositoryRoot, file), 'utf8');
}
