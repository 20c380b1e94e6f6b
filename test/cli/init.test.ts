/** `init` writes a configuration in which nothing is set and everything that may be set is shown. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { validateConfig } from '../../server/src/generated/validators.js';
import { cliReview, LATE } from '../support/cli-reviews.ts';
import { inFolder, runInProcess } from '../support/cli-scenario.ts';
import { repositoryRoot } from '../support/shipped-pack.ts';

const NAME = 'case-review.config.yaml';

describe('init', () => {
  test('writes one file and changes no verdict', () =>
    inFolder({ 'a.case-review.yaml': cliReview({ more: LATE }) }, async folder => {
      const before = await runInProcess(folder, ['check', '--format', 'json']);
      await runInProcess(folder, ['init']);
      assert.deepEqual(readdirSync(folder).sort(), ['a.case-review.yaml', NAME]);
      assert.deepEqual(await runInProcess(folder, ['check', '--format', 'json']), before);
    }));

  test('shows every key as it may be written', () =>
    inFolder({}, async folder => {
      await runInProcess(folder, ['init']);
      const text = readFileSync(path.join(folder, NAME), 'utf8');
      const config = parse(text.replaceAll(/^#(?! )/gm, '').replaceAll(/^# {2}/gm, '  ')) as object;
      const schema = JSON.parse(
        readFileSync(path.join(repositoryRoot, 'schemas/case-review.config.schema.json'), 'utf8'),
      ) as { properties: object };
      assert.deepEqual(Object.keys(config), Object.keys(schema.properties));
      assert.ok(validateConfig(config), JSON.stringify(validateConfig.errors));
    }));

  test('is no wider than a page', () =>
    inFolder({}, async folder => {
      await runInProcess(folder, ['init']);
      const lines = readFileSync(path.join(folder, NAME), 'utf8').split('\n');
      assert.deepEqual(
        lines.filter(line => line.length > 100),
        [],
      );
    }));
});
