/** What every format promises: its schema, the same exit code, and no hints where a verdict is read. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { FORMATS } from '../../server/src/cli/formats.ts';
import { cliReview, EVERYTHING, LATE, LINKED } from '../support/cli-reviews.ts';
import { type Answer, inFolder, runInProcess } from '../support/cli-scenario.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const readJson = (name: string): object => JSON.parse(readFileSync(path.join(root, name), 'utf8')) as object;

/** One answer per format for the same folder. */
async function checkInAllFormats(
  files: Readonly<Record<string, string>>,
  ...more: string[]
): Promise<Map<string, Answer>> {
  return inFolder(files, async folder => {
    const answers = new Map<string, Answer>();
    for (const format of FORMATS) {
      answers.set(format, await runInProcess(folder, ['check', '--format', format, ...more]));
    }
    return answers;
  });
}

interface SarifResult {
  readonly ruleId: string;
  readonly level: string;
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly unknown[];
  readonly suppressions?: readonly unknown[];
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
  }[];
  readonly properties: { readonly state?: string };
}

async function checkSarif(
  files: Readonly<Record<string, string>>,
  ...more: string[]
): Promise<readonly SarifResult[]> {
  const { stdout } = await inFolder(files, folder =>
    runInProcess(folder, ['check', '--format', 'sarif', ...more]),
  );
  return (JSON.parse(stdout) as { runs: [{ results: SarifResult[] }] }).runs[0].results;
}

describe('formats', () => {
  test('json fits its schema', async () => {
    const ajv = new Ajv2020.default({ strict: true, allowUnionTypes: true });
    const validate = ajv.compile(readJson('schemas/report.schema.json'));
    const brokenConfig = {
      ...EVERYTHING,
      'case-review.config.yaml': 'packs: [./policies/force]\nignroe: [x]\n',
    };
    for (const files of [EVERYTHING, brokenConfig]) {
      const { stdout } = await inFolder(files, folder =>
        runInProcess(folder, ['check', '--format', 'json', '.', 'nowhere']),
      );
      assert.ok(validate(JSON.parse(stdout)), JSON.stringify(validate.errors));
    }
  });

  // The dev dependency carries 2.1.0-rtm.5, which is the final text of the schema: OASIS published the standard with it.
  test('sarif fits the official schema', async () => {
    const { $schema, id, ...schema } = readJson(
      'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
    ) as Record<string, unknown>;
    assert.match(String($schema), /draft-04/);
    assert.match(String(id), /sarif-2\.1\.0-rtm\.5/);
    // The schema uses nothing of draft 4 that draft 7 reads otherwise, and one pattern that is none with the flag u.
    const ajv = new Ajv.default({ strict: false, unicodeRegExp: false });
    addFormats.default(ajv);
    const validate = ajv.compile(schema);
    const brokenConfig = {
      ...EVERYTHING,
      'case-review.config.yaml': 'packs: [./policies/force]\nignroe: [x]\n',
    };
    for (const files of [EVERYTHING, brokenConfig]) {
      const { stdout } = await inFolder(files, folder =>
        runInProcess(folder, ['check', '--format', 'sarif', '.', 'nowhere']),
      );
      assert.ok(validate(JSON.parse(stdout)), JSON.stringify(validate.errors));
    }
  });

  // As GitLab's documentation of Code Quality lists what it reads.
  test('gitlab fits what GitLab reads, and no two entries share a fingerprint', async () => {
    const { stdout } = await inFolder(EVERYTHING, folder =>
      runInProcess(folder, ['check', '--format', 'gitlab', '.', 'nowhere']),
    );
    const text = { type: 'string', minLength: 1 };
    const entry = {
      type: 'object',
      required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
      properties: {
        description: text,
        check_name: text,
        fingerprint: text,
        severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
        location: {
          type: 'object',
          required: ['path', 'lines'],
          properties: {
            // Relative to the repository, without a leading ./
            path: { type: 'string', pattern: '^[^./]' },
            lines: {
              type: 'object',
              required: ['begin'],
              properties: { begin: { type: 'integer', minimum: 1 } },
            },
          },
        },
      },
    };
    const validate = new Ajv2020.default().compile({ type: 'array', minItems: 5, items: entry });
    const entries = JSON.parse(stdout) as { fingerprint: string }[];
    assert.ok(validate(entries), JSON.stringify(validate.errors));
    assert.equal(new Set(entries.map(({ fingerprint }) => fingerprint)).size, entries.length);
  });

  test('all agree on the exit code', async () => {
    const late = { ...EVERYTHING };
    const clean = { '': 'force-pack', 'a.case-review.yaml': cliReview() };
    const drafts = { '': 'force-pack', 'a.case-review.yaml': cliReview({ state: 'draft', more: LATE }) };
    const broken = { ...clean, 'case-review.config.yaml': 'packs: [./nowhere]\n' };
    for (const [files, code] of [
      [late, 1],
      [clean, 0],
      [drafts, 0],
      [broken, 2],
    ] as const) {
      const codes = [...(await checkInAllFormats(files)).values()].map(answer => answer.status);
      assert.deepEqual(
        codes,
        FORMATS.map(() => code),
      );
    }
  });

  test('only json shows hints', async () => {
    const answers = await checkInAllFormats(EVERYTHING, 'reviews/draft.case-review.yaml');
    for (const [format, { stdout }] of answers) {
      const shown =
        stdout.includes('suspect-tracing/steps-answered|') || /steps-answered(?:\n|::)/.test(stdout);
      assert.equal(shown, format === 'json', format);
    }
  });

  test('a date that is not the reviews’ own is in every one', async () => {
    const answers = await checkInAllFormats(EVERYTHING, '--as-of', '2026-04-01');
    for (const [format, { stdout }] of answers) assert.match(stdout, /2026-04-01/, format);
  });

  test('sarif names files so that code scanning finds them', async () => {
    const uris = (await checkSarif(EVERYTHING)).map(
      result => result.locations[0]?.physicalLocation.artifactLocation.uri,
    );
    assert.ok(uris.includes('reviews/late.case-review.yaml'));
    assert.ok(uris.includes('a%20folder/n%C3%A4me%20%231.case-review.yml'));
  });

  test('sarif shows a draft as notes, a waiver as a suppression, and a fix as text', async () => {
    const results = await checkSarif(EVERYTHING);
    const drafts = results.filter(result => result.properties.state === 'draft');
    assert.deepEqual(new Set(drafts.map(result => result.level)), new Set(['note']));
    assert.equal(results.filter(result => result.suppressions).length, 1);
    const steps = results.filter(result => result.ruleId === 'suspect-tracing/steps-answered');
    assert.equal(steps.length, 1);
    assert.match(JSON.stringify(steps[0]?.fixes), /pnd: \{ ?state: outstanding ?\}/);
  });

  test('fingerprints are unique in a file and survive moving an entry', async () => {
    const links = (...refs: string[]) =>
      cliReview({
        more: `links:\n  cases:\n${refs.map(ref => `    - {ref: ${ref}, relation: other_victim}\n`).join('')}`,
      });
    const fingerprints = async (text: string) => {
      const results = await checkSarif({ '': 'force-pack', 'a.case-review.yaml': text });
      return results.map(result => result.partialFingerprints['caseReview/v1']).sort();
    };
    const before = await fingerprints(links('CASE-8N6B3V', 'CASE-1A2B3C', 'CASE-9V9V9V'));
    assert.equal(new Set(before).size, 3);
    assert.deepEqual(await fingerprints(links('CASE-9V9V9V', 'CASE-8N6B3V', 'CASE-1A2B3C')), before);
  });

  test('reviews come in the order of their paths, whatever they link to', async () => {
    const files = {
      '': 'force-pack',
      'a.case-review.yaml': cliReview({ more: LATE + LINKED }),
      'b.case-review.yaml': cliReview({ id: 'CASE-1A2B3C', more: LATE }),
      'c.case-review.yaml': cliReview({ id: 'CASE-9V9V9V', more: LATE + LINKED }),
    };
    const { stdout } = await inFolder(files, folder => runInProcess(folder, ['check', '--format', 'json']));
    const report = JSON.parse(stdout) as { reviews: { path: string }[] };
    assert.deepEqual(
      report.reviews.map(review => review.path),
      Object.keys(files).slice(1),
    );
  });
});
