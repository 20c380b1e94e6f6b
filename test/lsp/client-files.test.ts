/** Files that the client reads for the server, in a virtual workspace or for a server in a browser. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LspSession, type SessionOptions, uriOf } from '../support/lsp-session.ts';
import { FORCE_PACK, LATE, reviewText } from '../support/reviews.ts';

const NAME = 'a.case-review.yaml';
const RULE = 'policies/force/recording/recorded-in-time.yaml';
const READS_FILES = { trusted: true, readsFiles: true };
const FILES: Readonly<Record<string, string>> = { ...FORCE_PACK, [NAME]: reviewText({ more: LATE }) };

const start = (options: SessionOptions = {}) =>
  LspSession.start({ files: FILES, reaches: () => false, initializationOptions: READS_FILES, ...options });

describe('files that the client reads', () => {
  it('hold back the first answer until the policy of the folder is known', async () => {
    const session = await start();
    await session.open(NAME);
    const [finding, ...others] = await session.diagnostics(NAME);
    assert.equal(finding?.code, 'recording/recorded-in-time');
    assert.deepEqual(others, []);
    await session.stop();
  });

  it('are reviews and policy, and no other', async () => {
    const others = { 'x.yaml': 'a: 1\n', 'package.json': '{}', 'deep/x.json': '{}' };
    const session = await start({ files: { ...FILES, ...others, 'old.baseline.json': '[]' } });
    await session.scanned();
    assert.deepEqual(
      session.read.sort(),
      [...Object.keys(FILES), 'old.baseline.json', 'package.json'].map(uriOf).sort(),
    );
    await session.stop();
  });

  it('are read again when they change, and a pack that is new is read with its rules', async () => {
    const { 'policies/force/pack.yaml': pack, ...files } = FILES;
    const session = await start({ files });
    await session.open(NAME);
    await session.diagnostics(NAME);
    await session.write('policies/force/pack.yaml', pack);
    await session.until(() => session.read.includes(uriOf(RULE)) && session.refreshes > 0, 'news');
    assert.equal((await session.diagnostics(NAME)).length, 1);
    const seen = session.refreshes;
    await session.write(RULE, FILES[RULE]?.replace("'Recorded ", "'Noted "));
    await session.until(() => session.refreshes > seen, 'more news');
    assert.match(String((await session.diagnostics(NAME))[0]?.message), /^Noted/);
    await session.stop();
  });

  it('leave out the reviews that git leaves out', async () => {
    const session = await start({
      files: {
        ...FILES,
        '.gitignore': '/some where/\n',
        'some%20where/b.case-review.yaml': reviewText({ id: 'CASE-2B2B2B' }),
      },
    });
    await session.scanned();
    assert.deepEqual(session.workspace.reviews(), [uriOf(NAME)]);
    await session.stop();
  });

  it('count beside those that the server reaches itself', async () => {
    const there = (name: string) => `virtual:/reviews/${name}`;
    const files = Object.fromEntries(Object.entries(FILES).map(([name, text]) => [there(name), text]));
    const here = { 'here.case-review.yaml': reviewText({ id: 'CASE-2B2B2B', more: LATE }) };
    const session = await start({
      files: { ...files, ...here },
      folders: [uriOf(''), 'virtual:/reviews'],
      reaches: uri => uri.startsWith('file:'),
    });
    await session.scanned();
    assert.deepEqual([...session.workspace.reviews()].sort(), [uriOf('here.case-review.yaml'), there(NAME)]);
    assert.ok(session.read.every(uri => uri.startsWith('virtual:')));
    await session.stop();
  });

  it('are no policy while the workspace is not trusted', async () => {
    const session = await start({ initializationOptions: { ...READS_FILES, trusted: false } });
    await session.open(NAME);
    const codes = (await session.diagnostics(NAME)).map(({ code }) => code);
    assert.ok(codes.length > 0 && !codes.includes('recording/recorded-in-time'), String(codes));
    await session.connection.sendNotification('caseReview/trusted');
    assert.deepEqual(
      (await session.diagnostics(NAME)).map(({ code }) => code),
      ['recording/recorded-in-time'],
    );
    await session.stop();
  });

  it('are not asked of a client that does not offer to read them', async () => {
    const session = await start({ initializationOptions: {} });
    await session.scanned();
    assert.deepEqual(session.read, []);
    await session.stop();
  });
});
