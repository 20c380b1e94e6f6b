/** The page for policy leads, followed from its first line to its last: its files written, its commands run. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { reviewShape } from '../../server/src/check/review-shape.ts';
import { NO_CHOICES, Policy } from '../../server/src/policy/policy.ts';
import { inFolder, runInProcess } from '../support/cli-scenario.ts';
import { patternOf, readConsole } from '../support/documentation.ts';
import { loadShippedPack, repositoryRoot } from '../support/shipped-pack.ts';

const page = readFileSync(path.join(repositoryRoot, 'docs/policy-authoring.md'), 'utf8');
const blocks = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(({ index, 1: language, 2: text }) => ({
  before: page.slice(0, index).trimEnd().split('\n').at(-1)!,
  language: language!,
  text: text!,
}));

test('every file and every command of the page does what is said, one after the other', () =>
  inFolder({}, async folder => {
    for (const { before, language, text } of blocks) {
      if (language === 'console') await runAll(folder, text);
      else {
        assert.equal(language, 'yaml');
        const name = before.match(/`([^`]+\.yaml)`[^`]*:$/)?.[1];
        assert.ok(name, `the line before the block names its file: ${before}`);
        mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        writeFileSync(path.join(folder, name), text);
      }
    }
  }));

async function runAll(folder: string, console: string): Promise<void> {
  for (const { command, output, status } of readConsole(console)) {
    const answer = await runInProcess(folder, command.split(' ').slice(1));
    assert.match(answer.stdout + answer.stderr, patternOf(output), command);
    assert.equal(answer.status, status, command);
  }
}

test('every phrase of the phrase book is a question that can be asked', () => {
  const { environment } = new Policy([loadShippedPack().data!], NO_CHOICES, reviewShape);
  const [, book] = page.split('## A phrase book');
  const phrases = [...book!.matchAll(/^\| .+? \| `(.+)` \|$/gm)].map(([, phrase]) =>
    phrase!.replaceAll('\\|', '|'),
  );
  assert.ok(phrases.length > 5);
  for (const phrase of phrases) assert.equal(environment.compile(phrase, {}, 'bool').type, 'bool', phrase);
});
