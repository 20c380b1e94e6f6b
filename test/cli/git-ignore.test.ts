/** What a search leaves out is what git leaves out, also where files of several folders have a say. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, test } from 'node:test';
import { toFilePath, toFileUri } from '../../server/src/files/file-uri.ts';
import { findReviews, isLeftOut } from '../../server/src/files/find-reviews.ts';
import { inFolder } from '../support/cli-scenario.ts';
import { gitIn } from '../support/sample-repository.ts';

const REVIEW = '';
const FILES = {
  '.gitignore': '*.old.case-review.yaml\n/archive/\nscratch\n!kept/**/b.old.case-review.yaml\n',
  'kept/.gitignore': 'c.case-review.yaml\n!d.old.case-review.yaml\n',
  'kept/deep/.gitignore': '!c.case-review.yaml\n',
  ...Object.fromEntries(
    ['', 'archive/', 'kept/', 'kept/deep/', 'kept/archive/', 'scratch/kept/', 'with space/scratch/'].flatMap(
      folder =>
        ['a', 'a.old', 'b.old', 'c', 'd.old', 'ä'].map(name => [`${folder}${name}.case-review.yaml`, REVIEW]),
    ),
  ),
};

describe('.gitignore', () => {
  test('leaves out of a search what git leaves out', () =>
    inFolder(FILES, folder => {
      const git = gitIn(folder);
      git('init', '--quiet');
      const listed = git('ls-files', '--others', '--exclude-standard', '-z').split('\0');
      const wanted = listed.filter(name => name.endsWith('.case-review.yaml')).sort();
      const found = findReviews([toFileUri(folder)]).map(uri => path.relative(folder, toFilePath(uri)!));
      assert.ok(wanted.length > 10 && wanted.length < 30, String(wanted.length));
      assert.deepEqual(found.sort(), wanted);
    }));

  test('says of each review whether a search would pass over it', () =>
    inFolder(FILES, folder => {
      gitIn(folder)('init', '--quiet');
      const found = new Set(findReviews([toFileUri(folder)]));
      const all = Object.keys(FILES).filter(name => name.endsWith('.yaml'));
      for (const uri of all.map(name => toFileUri(path.join(folder, name))))
        assert.equal(isLeftOut(uri, [toFileUri(folder)]), !found.has(uri), uri);
      // What Emacs puts there while somebody edits.
      const lock = toFileUri(path.join(folder, '.#a.case-review.yaml'));
      assert.equal(isLeftOut(lock, [toFileUri(folder)]), true);
      assert.equal(isLeftOut(toFileUri(path.join(folder, 'archive/a.case-review.yaml')), []), false);
    }));

  test('of the folders above has its say in a search further down', () =>
    inFolder(FILES, folder => {
      gitIn(folder)('init', '--quiet');
      const names = findReviews([toFileUri(path.join(folder, 'kept/deep'))]).map(uri =>
        path.basename(toFilePath(uri)!),
      );
      assert.deepEqual(
        names.sort(),
        ['a', 'b.old', 'c', 'd.old', 'ä'].map(name => `${name}.case-review.yaml`).sort(),
      );
    }));

  test('does not hide a folder that is named', () =>
    inFolder(FILES, folder => {
      gitIn(folder)('init', '--quiet');
      assert.equal(findReviews([toFileUri(path.join(folder, 'archive'))]).length, 6);
    }));

  test('above a folder that is in no repository has no say', { skip: insideRepository() }, () =>
    inFolder(FILES, folder =>
      assert.equal(findReviews([toFileUri(path.join(folder, 'kept/archive'))]).length, 6),
    ),
  );
});

/** Where the folder for temporary files is part of a repository, nothing in it is outside of one. */
function insideRepository(): boolean {
  return spawnSync('git', ['rev-parse'], { cwd: process.env.TMPDIR ?? '/tmp' }).status === 0;
}
