/** Every scenario of test/fixtures/cli, in process; a few through the built program as well. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import {
  builtProgram,
  inFolder,
  readFixture,
  readScenario,
  runBuilt,
  runInProcess,
  scenarioFolder,
  withAnswer,
  withoutVersion,
} from '../support/cli-scenario.ts';

const names = readdirSync(scenarioFolder).filter(name => name.endsWith('.scenario'));

describe('command-line scenarios', () => {
  for (const name of names) {
    test(name.replace(/\.scenario$/, '').replaceAll('-', ' '), async () => {
      const text = readFixture(name);
      const { scenario, expected } = readScenario(text);
      const answer = withoutVersion(
        await inFolder(scenario.files, folder => runInProcess(folder, scenario.command, scenario)),
      );
      if (process.env.UPDATE) writeFileSync(path.join(scenarioFolder, name), withAnswer(text, answer));
      else assert.deepEqual(answer, expected);
    });
  }
});

describe('the built program', () => {
  const skip = existsSync(builtProgram) ? false : 'dist/case-review.cjs is not built: npm run build';
  for (const name of [
    'clean-folder',
    'findings-in-a-log',
    'standard-input',
    'unknown-option',
    'broken-pack',
  ]) {
    test(`${name.replaceAll('-', ' ')} answers the same`, { skip }, async () => {
      const { scenario, expected } = readScenario(readFixture(`${name}.scenario`));
      const answer = await inFolder(scenario.files, folder => runBuilt(folder, scenario.command, scenario));
      assert.deepEqual(withoutVersion(answer), expected);
    });
  }
});
