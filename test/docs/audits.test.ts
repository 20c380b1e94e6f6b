/** The consoles of docs/audits.md answer as shown, over the published rounds, and its review is a valid one. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { runInProcess } from '../support/cli-scenario.ts';
import { blocksOf, patternOf, readConsole } from '../support/documentation.ts';
import { repositoryRoot } from '../support/shipped-pack.ts';

const page = readFileSync(path.join(repositoryRoot, 'docs/audits.md'), 'utf8');

describe('docs/audits.md', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'case-review-audits-'));
  before(() => {
    const script = path.join(repositoryRoot, 'scripts/make-rounds.mjs');
    assert.equal(spawnSync(process.execPath, [script, folder]).status, 0);
  });
  after(() => rmSync(folder, { recursive: true }));

  const steps = blocksOf(page, 'console').flatMap(({ text }) => readConsole(text));
  test('shows both commands', () => assert.equal(steps.length, 2));
  for (const { command, output, status } of steps)
    test(`${command} answers as shown`, async () => {
      const answer = await runInProcess(folder, command.split(' ').slice(1));
      assert.match(answer.stdout + answer.stderr, patternOf(output));
      assert.equal(answer.status, status);
    });

  test('shows sections of a review that have the right form', async () => {
    const [, sections] = /^ {3}```yaml\n([\s\S]*?)^ {3}```$/m.exec(page)!;
    const review = `schema: case-review/1\nreview: {id: CASE-4T7Q2M, kind: [cse], state: draft, reviewer: OFF-9K2M7R, reviewed_at: 2026-04-21T10:30:00Z}\n${sections!.replaceAll(/^ {3}/gm, '')}`;
    const { stdout } = await runInProcess(repositoryRoot, ['check', '-', '--format', 'json'], {
      stdin: review,
    });
    const { findings } = JSON.parse(stdout).reviews[0] as { findings: { rule: string }[] };
    assert.deepEqual(
      findings.filter(({ rule }) => /^(?:schema|syntax)\//.test(rule)),
      [],
    );
  });
});
