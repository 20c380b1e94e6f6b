/** Disk access shared by both fronts: what is read, what is found, and what is said where neither works. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { pathFrom } from '../../server/src/cli/paths.ts';
import { createDiskFiles } from '../../server/src/files/disk-files.ts';
import { findReviews, searchReviews } from '../../server/src/files/find-reviews.ts';
import { whyUnreadable } from '../../server/src/files/unreadable.ts';
import { inFolder } from '../support/cli-scenario.ts';

const files = createDiskFiles();
const uriOf = (...parts: string[]) => pathToFileURL(path.join(...parts)).href;

describe('files on disk', () => {
  test('are read, listed and found under one URI, whatever their names', async () => {
    const names = [
      'plain.yaml',
      ...(process.platform === 'win32' ? [] : ['back\\slash.yaml']),
      'with space.yaml',
      'näme#1.yaml',
      'a%20b.yaml',
      '{x}[y].yaml',
      '日本.yaml',
      "it's~(1).yaml",
    ];
    await inFolder(Object.fromEntries(names.map(name => [`sub/${name}`, name])), folder => {
      const base = `${uriOf(folder, 'sub')}/`;
      const expected = names.map(name => uriOf(folder, 'sub', name)).sort();
      assert.deepEqual(files.list(base, '.yaml'), expected);
      assert.deepEqual(files.list(base.slice(0, -1), '.yaml'), expected);
      assert.deepEqual(files.folders(uriOf(folder)), [base]);
      for (const name of names) {
        assert.deepEqual(files.read(uriOf(folder, 'sub', name)), { text: name });
        assert.equal(files.exists(uriOf(folder, 'sub', name)), true);
        assert.equal(pathFrom(folder)(uriOf(folder, 'sub', name)), `sub/${name}`);
      }
    });
  });

  test('never throw', async () => {
    await inFolder({ 'a.yaml': 'x' }, folder => {
      assert.deepEqual(files.read(uriOf(folder, 'b.yaml')), {
        problem: 'There is no such file; check the path.',
      });
      assert.deepEqual(files.read(uriOf(folder, 'a.yaml', 'b')), {
        problem: 'There is no such file; check the path.',
      });
      assert.deepEqual(files.read(uriOf(folder)), { problem: 'This is a folder; name a file.' });
      for (const uri of ['untitled:Untitled-1', 'file://host/x', 'file:///%00', 'file:///%ZZ', '']) {
        assert.ok('problem' in files.read(uri), uri);
        assert.equal(files.exists(uri), false);
        assert.deepEqual(files.list(uri, '.yaml'), []);
        assert.deepEqual(files.folders(uri), []);
      }
      assert.deepEqual(files.list(uriOf(folder, 'a.yaml'), '.yaml'), []);
      assert.equal(files.exists(uriOf(folder, 'a.yaml', 'b')), false);
    });
  });

  test('that are pipes are not waited for', {
    skip: process.platform === 'win32' ? 'Windows has none' : false,
  }, async () => {
    await inFolder({}, folder => {
      execFileSync('mkfifo', [path.join(folder, 'pipe.yaml')]);
      assert.deepEqual(files.read(uriOf(folder, 'pipe.yaml')), {
        problem: 'This is not an ordinary file; name a file.',
      });
    });
  });

  test('that may not be read are named', () => {
    const error = Object.assign(new Error('EACCES: permission denied, open /secret'), { code: 'EACCES' });
    assert.equal(
      whyUnreadable(error, 'folder'),
      'The folder may not be read; ask for permission to read it.',
    );
    assert.doesNotMatch(
      whyUnreadable(Object.assign(new Error('/secret'), { code: 'EIO' }), 'file'),
      /secret/,
    );
  });
});

describe('finding reviews', () => {
  test('sorts them and names each once', async () => {
    const reviews = ['b.case-review.yaml', 'a/z.case-review.yml', 'a/y z.case-review.yaml'];
    await inFolder(
      Object.fromEntries([...reviews, 'a/x.yaml', 'case-review.yaml.bak'].map(name => [name, ''])),
      folder => {
        const all = reviews.map(name => uriOf(folder, ...name.split('/'))).sort();
        assert.deepEqual(findReviews([uriOf(folder)]), all);
        assert.deepEqual(findReviews([`${uriOf(folder)}/`, uriOf(folder, 'a')]), all);
      },
    );
  });

  test('looks into a folder when it comes to it, so that other work may come between', () =>
    inFolder({ 'a/1.case-review.yaml': '', 'b/2.case-review.yaml': '' }, folder => {
      const search = searchReviews([uriOf(folder, 'a'), uriOf(folder)]);
      assert.equal(search.next().value, uriOf(folder, 'a', '1.case-review.yaml'));
      writeFileSync(path.join(folder, 'b/3.case-review.yaml'), '');
      assert.deepEqual(
        [...search].sort(),
        ['2', '3'].map(name => uriOf(folder, 'b', `${name}.case-review.yaml`)),
      );
    }));

  test('tells of folders that cannot be searched', async () => {
    await inFolder({}, folder => {
      const told: string[] = [];
      const onUnreadable = (uri: string, problem: string) => told.push(`${uri} ${problem}`);
      assert.deepEqual(findReviews([uriOf(folder, 'nowhere')], onUnreadable), []);
      assert.deepEqual(told, [`${uriOf(folder, 'nowhere')} There is no such folder; check the path.`]);
    });
  });
});
