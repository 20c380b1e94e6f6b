/** The published totals of four audit rounds, from synthetic reviews that are made, checked and counted. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import type { AuditReport, Share } from '../../server/src/audit/audit-report.ts';
import type { ComparedShare } from '../../server/src/audit/compare-audits.ts';
import { runInProcess } from '../support/cli-scenario.ts';

const root = path.resolve(import.meta.dirname, '../../..');

describe('the published rounds', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'case-review-rounds-'));
  let told: AuditReport;

  before(async () => {
    const made = spawnSync(process.execPath, [path.join(root, 'scripts/make-rounds.mjs'), folder], {
      encoding: 'utf8',
    });
    assert.equal(made.status, 0, made.stderr);
    told = JSON.parse((await runInProcess(folder, ['report', '--format', 'json'])).stdout) as AuditReport;
  });
  after(() => rmSync(folder, { recursive: true }));

  const figure = (round: string, table: string, share: string): string => {
    const at = told.rounds.findIndex(({ round: code }) => code === round);
    const { count, of }: Share = told.tables
      .find(({ id }) => id === table)!
      .shares.find(({ id }) => id === share)!.rounds[at]!;
    return `${count} of ${of}`;
  };

  for (const [round, table, share, expected] of [
    ['2016-1', 'grades', 'below_good', '278 of 374'],
    ['2017-2', 'outcomes', 'returned', '97 of 170'],
    ['2017-2', 'outcomes', 'outstanding_matter', '33 of 97'],
    ['2017-2', 'outcomes', 'reopened', '7 of 97'],
    ['2017-3', 'grades', 'good', '10 of 135'],
    ['2017-3', 'grades', 'requires_improvement', '64 of 135'],
    ['2017-3', 'grades', 'inadequate', '61 of 135'],
    ['2017-4', 'grades', 'below_good', '191 of 214'],
  ] as const)
    test(`have ${expected} as ${share} in ${round}`, () =>
      assert.equal(figure(round, table, share), expected));

  test('fit the schema of the report', () => {
    const schema = JSON.parse(readFileSync(path.join(root, 'schemas/audit.schema.json'), 'utf8'));
    const validate = new Ajv2020.default({ strict: true, allowUnionTypes: true }).compile(schema);
    assert.ok(validate(told), JSON.stringify(validate.errors));
  });

  // 278 of 374 and 191 of 214: Fisher's test gives 1.03e-5 (worked out with whole numbers), times four comparisons.
  test('show that 2017-4 was graded below good more often than 2016-1, by more than chance', async () => {
    const { stdout } = await runInProcess(folder, ['compare', '2016-1', '2017-4', '--format', 'json']);
    const { shares } = JSON.parse(stdout) as { shares: ComparedShare[] };
    const { difference, adjusted } = shares.find(({ share }) => share === 'below_good')!;
    assert.equal(difference, 'higher');
    assert.ok(Math.abs(adjusted! - 4 * 1.02663e-5) < 1e-9);
  });
});
