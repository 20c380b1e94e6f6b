/** `npm run new-rule` begins a rule that is in order, in the next free row, and never writes over one. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { checkPack } from '../../server/src/check/check-pack.ts';
import { createDiskFiles } from '../../server/src/files/disk-files.ts';
import { loadPack } from '../../server/src/workspace/load-pack.ts';
import { inFolder } from '../support/cli-scenario.ts';
import { repositoryRoot } from '../support/shipped-pack.ts';

const PACK = {
  'pack.yaml': 'id: ours\ntitle: Ours\nversion: "1"\njurisdiction: [england]\nparameters: {}\n',
};
const script = path.join(repositoryRoot, 'scripts/new-rule.mjs');
const newRule = (folder: string, id: string) =>
  spawnSync(process.execPath, [script, id, folder], { encoding: 'utf8' });

test('a new rule is in order from the start, and a second one has the next row', () =>
  inFolder(PACK, folder => {
    for (const id of ['recording/first', 'recording/second']) assert.equal(newRule(folder, id).status, 0);
    assert.deepEqual(checkPack(loadPack(createDiskFiles(), `${pathToFileURL(folder).href}/`), []), []);
    const refOf = (id: string) =>
      readFileSync(path.join(folder, `${id}.yaml`), 'utf8').match(/^ref: (.*)$/m)?.[1];
    assert.deepEqual([refOf('recording/first'), refOf('recording/second')], ['REC-01', 'REC-02']);
  }));

test('a rule is never written over, and a name of another form is refused', () =>
  inFolder(PACK, folder => {
    assert.equal(newRule(folder, 'recording/first').status, 0);
    assert.equal(newRule(folder, 'recording/first').status, 2);
    assert.equal(newRule(folder, 'Recording').status, 2);
  }));
