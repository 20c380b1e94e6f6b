/** What may lie on a disk: nothing of it stops the other files, and each is named with what to do. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, test } from 'node:test';
import { readStandardInput } from '../../server/src/cli/standard-input.ts';
import type { Surroundings } from '../../server/src/cli/surroundings.ts';
import { cliReview, LATE } from '../support/cli-reviews.ts';
import { asOrdinaryUser, inFolder, runInProcess } from '../support/cli-scenario.ts';

describe('hostile files', () => {
  const check = (
    files: Readonly<Record<string, string | Uint8Array>>,
    prepare: (folder: string) => void = () => {},
  ) =>
    inFolder({ '': 'force-pack', 'good.case-review.yaml': cliReview({ more: LATE }), ...files }, folder => {
      prepare(folder);
      return asOrdinaryUser(folder, () => runInProcess(folder, ['check']));
    });

  test('not UTF-8, as an old editor saves it', async () => {
    const latin = Buffer.from(`${cliReview()}# caf\u00e9\n`, 'latin1');
    const { stdout, status } = await check({ 'bad.case-review.yaml': latin });
    assert.match(
      stdout,
      /^bad\.case-review\.yaml:1:1 {2}error {2}Line 8 is not UTF-8 text; save the file as UTF-8\. /m,
    );
    assert.match(stdout, /^good\.case-review\.yaml:/m);
    assert.equal(status, 1);
  });

  test('UTF-16, as some editors of Windows save it', async () => {
    const { stdout } = await check({
      'bad.case-review.yaml': Buffer.from(`\ufeff${cliReview()}`, 'utf16le'),
    });
    assert.match(stdout, /UTF-16 text; save it as UTF-8/);
  });

  test('a byte order mark does no harm', async () => {
    const { stdout } = await check({ 'marked.case-review.yaml': `\ufeff${cliReview({ more: LATE })}` });
    assert.match(stdout, /^marked\.case-review\.yaml:10:16 {2}error/m);
  });

  test('CRLF gives the same lines', async () => {
    const { stdout } = await check({
      'crlf.case-review.yaml': cliReview({ more: LATE }).replaceAll('\n', '\r\n'),
    });
    assert.match(stdout, /^crlf\.case-review\.yaml:10:16 {2}error/m);
  });

  test('a file that may not be read', async () => {
    const { stdout, status } = await check({ 'shut.case-review.yaml': cliReview() }, folder =>
      chmodSync(path.join(folder, 'shut.case-review.yaml'), 0),
    );
    assert.match(
      stdout,
      /^shut\.case-review\.yaml:1:1 {2}error {2}The file may not be read; ask for permission/m,
    );
    assert.equal(status, 1);
  });

  test('a folder that may not be read', async () => {
    const { stderr, status } = await check({}, folder => mkdirSync(path.join(folder, 'shut'), { mode: 0 }));
    assert.equal(stderr, 'case-review: shut: The folder may not be read; ask for permission to read it.\n');
    assert.equal(status, 2);
  });

  test('a folder that may not be read would be missing from a baseline', () =>
    inFolder({ '': 'force-pack', 'good.case-review.yaml': cliReview({ more: LATE }) }, async folder => {
      assert.equal((await runInProcess(folder, ['baseline', 'create'])).status, 0);
      mkdirSync(path.join(folder, 'shut'), { mode: 0 });
      const prune = () => runInProcess(folder, ['baseline', 'prune']);
      const { stderr, status } = await asOrdinaryUser(folder, prune);
      assert.equal(stderr, 'case-review: shut: The folder may not be read; ask for permission to read it.\n');
      assert.equal(status, 2);
    }));

  test('links that lead nowhere or in a circle are named, and folders named like reviews are folders', async () => {
    const { stdout, stderr } = await check({}, folder => {
      symlinkSync('nowhere', path.join(folder, 'dead.case-review.yaml'));
      symlinkSync('itself.case-review.yaml', path.join(folder, 'itself.case-review.yaml'));
      symlinkSync('someone@example.org.4711', path.join(folder, '.#good.case-review.yaml'));
      symlinkSync('.', path.join(folder, 'circle'));
      symlinkSync('.', path.join(folder, 'circle.case-review.yaml'));
      symlinkSync('good.case-review.yaml', path.join(folder, 'link.case-review.yaml'));
      mkdirSync(path.join(folder, 'folder.case-review.yaml'));
    });
    assert.equal(stderr, '');
    assert.deepEqual(
      [...stdout.matchAll(/^(\S+)\.case-review\.yaml:\d+:\d+ {2}error/gm)].map(match => match[1]),
      ['dead', 'good', 'itself', 'link'],
    );
    assert.match(stdout, /^dead\S+ {2}error {2}The file is a link that leads nowhere; mend the link\. /m);
    assert.match(
      stdout,
      /^itself\S+ {2}error {2}The file is a link that leads in a circle; mend the link\. /m,
    );
  });

  test('a pipe is named and not waited for', {
    skip: process.platform === 'win32' ? 'Windows has none' : false,
  }, async () => {
    const { stdout, status } = await check({}, folder => {
      execFileSync('mkfifo', [path.join(folder, 'pipe.case-review.yaml')]);
    });
    assert.match(
      stdout,
      /^pipe\.case-review\.yaml:1:1 {2}error {2}This is not an ordinary file; name a file\. /m,
    );
    assert.match(stdout, /^good\.case-review\.yaml:10:16 {2}error/m);
    assert.equal(status, 1);
  });

  test('a socket is named', { skip: process.platform === 'win32' && 'Windows has none' }, async () => {
    const server = createServer();
    const { stdout } = await check({}, folder => {
      server.listen(path.join(folder, 'socket.case-review.yaml'));
    });
    server.close();
    assert.match(
      stdout,
      /^socket\.case-review\.yaml:1:1 {2}error {2}This is not an ordinary file; name a file\. /m,
    );
  });

  test('what is installed or belongs to git is never searched', async () => {
    const { stdout } = await check({
      'node_modules/a/a.case-review.yaml': cliReview({ more: LATE }),
      '.git/b.case-review.yaml': cliReview({ more: LATE }),
      '.hidden/c.case-review.yaml': cliReview({ more: LATE }),
    });
    assert.deepEqual(
      [...stdout.matchAll(/^(\S+\.case-review\.yaml):/gm)].map(match => match[1]),
      ['.hidden/c.case-review.yaml', 'good.case-review.yaml'],
    );
  });

  test('5 MB take seconds, not minutes', { timeout: 60_000 }, async () => {
    const entry = '    - {at: 2026-02-05, with: [parent], mode: phone, topic: update}\n';
    const log = `victim_contact:\n  log:\n${entry.repeat(Math.ceil((5 * 1024 * 1024) / entry.length))}`;
    const { stdout, status } = await check({ 'large.case-review.yaml': cliReview({ more: LATE + log }) });
    assert.match(stdout, /^large\.case-review\.yaml:10:16 {2}error/m);
    assert.equal(status, 1);
  });

  test('more than can be meant', async () => {
    const { stdout } = await check({ 'huge.case-review.yaml': Buffer.alloc(21 * 1024 * 1024, 0x20) });
    assert.match(
      stdout,
      /^huge\.case-review\.yaml:1:1 {2}error {2}The file has 21 MB, more than the 20 MB read/m,
    );
  });

  test('standard input without an end', async () => {
    const piece = Buffer.alloc(1024 * 1024, 0x20);
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield piece;
    }
    assert.deepEqual(await readStandardInput({ stdin: endless() } as unknown as Surroundings), {
      problem: 'The file has 21 MB, more than the 20 MB read; split it or leave it out.',
    });
  });

  test('an alias bomb and a deep nest', { timeout: 60_000 }, async () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (let at = 1; at < 12; at++) {
      const before = String.fromCharCode(96 + at);
      const name = String.fromCharCode(97 + at);
      bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`);
    }
    const { status, stderr } = await check({
      'bomb.case-review.yaml': `${bomb.join('\n')}\n`,
      'deep.case-review.yaml': `${'['.repeat(5000)}${']'.repeat(5000)}\n`,
    });
    assert.equal(stderr, '');
    assert.equal(status, 1);
  });

  test('a name with signs that move the cursor', async () => {
    const { stdout } = await check({ 'a\u001b[2Jb.case-review.yaml': cliReview({ more: LATE }) });
    assert.doesNotMatch(stdout, /\u001b/);
    assert.match(stdout, /^a\ufffd\[2Jb\.case-review\.yaml:10:16/m);
  });
});
