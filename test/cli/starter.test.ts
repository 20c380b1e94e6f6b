/** The program keeps what V8 compiled of it, and starts all the same where that is missing, broken or forbidden. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { builtProgram } from '../support/cli-scenario.ts';
import { repositoryRoot } from '../support/shipped-pack.ts';

const skip = existsSync(builtProgram) ? false : 'dist/case-review.cjs is not built: npm run build';

describe('the starter', { skip }, () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'case-review-starter-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const run = (env: Readonly<Record<string, string>> = {}, args: readonly string[] = ['rules']) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [builtProgram, ...args], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: home, ...env },
    });
    assert.equal(stderr, '');
    assert.equal(status, 0);
    return stdout;
  };
  const folder = () => join(home, '.cache/case-review');
  const cached = () => readdirSync(folder()).map(name => join(folder(), name));

  /** Another one when the file was written anew. */
  const stamp = (file: string) => {
    const { mtimeMs, ino } = statSync(file);
    return { mtimeMs, ino };
  };

  it('leaves one file, readable by its user alone, and uses it from then on', {
    skip: process.platform !== 'linux',
  }, () => {
    const said = run();
    const [file, ...others] = cached();
    assert.deepEqual(others, []);
    assert.equal(statSync(file!).mode & 0o077, 0);
    const before = stamp(file!);
    assert.equal(run(), said);
    assert.deepEqual(stamp(file!), before);
  });

  it('uses what a run left that was long enough for V8 to optimise', {
    skip: process.platform !== 'linux',
  }, () => {
    const policyTest = ['policy', 'test', join(repositoryRoot, 'policies/england-wales')];
    run({}, policyTest);
    const before = stamp(cached()[0]!);
    run({}, policyTest);
    assert.deepEqual(stamp(cached()[0]!), before);
  });

  it('leaves it anew when a run needed more, and keeps what others need', {
    skip: process.platform !== 'linux',
  }, () => {
    run({}, ['check', '--help']);
    const [file] = cached();
    const thin = statSync(file!).size;
    const judge = ['check', join(builtProgram, '../../examples/CASE-2K7M4R.case-review.yaml')];
    run({}, judge);
    assert.equal(statSync(file!).size > thin * 2, true);
    const full = stamp(file!);
    run({}, ['check', '--help']);
    run({}, judge);
    assert.deepEqual(stamp(file!), full);
    assert.equal(cached().length, 1);
  });

  it('writes anew what was damaged', { skip: process.platform !== 'linux' }, () => {
    const said = run();
    const [file] = cached();
    const whole = readFileSync(file!);
    for (const damaged of [
      whole.subarray(0, whole.length / 2),
      Buffer.alloc(0),
      Buffer.from(whole).fill(7, 900, 990),
    ]) {
      writeFileSync(file!, damaged);
      assert.equal(run(), said);
      assert.equal(readFileSync(file!).length > whole.length / 2, true);
    }
    assert.equal(cached().length, 1);
  });

  it('writes nothing where it may not, or is told not to', () => {
    const said = run({ NODE_DISABLE_COMPILE_CACHE: '1' });
    assert.equal(existsSync(folder()), false);
    writeFileSync(join(home, 'file'), '');
    chmodSync(join(home, 'file'), 0o400);
    assert.equal(run({ HOME: join(home, 'file') }), said);
    assert.equal(run({ HOME: '' }), said);
    assert.equal(existsSync(folder()), false);
  });
});
