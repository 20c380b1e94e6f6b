/** The skeleton of a new review: it is a draft that fits the schema and says nothing that nobody wrote. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseYaml } from '../../server/src/engine/parse-yaml.ts';
import { createSchemaGuide } from '../../server/src/engine/schema-guide.ts';
import { validateReview } from '../../server/src/engine/validate-shape.ts';
import { readReviewSchema } from '../../server/src/generated/schemas.js';
import { makeSkeleton, type SkeletonOptions } from '../../server/src/render/skeleton.ts';
import { skeletonQuestions } from '../../server/src/render/skeleton-questions.ts';
import { inFolder, runInProcess } from '../support/cli-scenario.ts';

const guide = createSchemaGuide(readReviewSchema);
const KINDS = (guide.definition('ReviewKind')?.words ?? []).map(word => String(word.value));

function skeletonOf(kinds: readonly string[], more: Partial<SkeletonOptions> = {}) {
  return makeSkeleton({
    guide,
    kinds,
    id: 'CASE-4T7Q2M',
    reviewer: undefined,
    reviewedAt: '2026-03-10T10:30:00Z',
    questions: {
      '/suspect_strategy/steps': ['pnc', 'no_such_step'],
      '/missing/-/minimum_enquiries': ['school'],
      '/missing/-/basic_details/items': ['clothing'],
    },
    pack: 'england-wales',
    episode: 'MIS-2C5D7F',
    ...more,
  });
}

describe('a skeleton', () => {
  for (const kinds of [...KINDS.map(kind => [kind]), KINDS]) {
    test(`for ${kinds.join(' and ')} parses and fits the schema`, () => {
      for (const more of [
        {},
        { reviewer: 'OFF-9K2M7R' },
        { episode: undefined },
        { pack: undefined },
        { questions: {} },
      ]) {
        const parsed = parseYaml(skeletonOf(kinds, more).text);
        assert.deepEqual(parsed.problems, []);
        assert.deepEqual(validateReview(parsed).findings, []);
      }
    });

    test(`for ${kinds.join(' and ')} gives nothing but hints and what is due soon`, async () => {
      await inFolder({}, async folder => {
        const made = await runInProcess(folder, [
          'new',
          '--kind',
          kinds.join(','),
          '--out',
          'new.case-review.yaml',
        ]);
        assert.deepEqual(made, { stdout: 'Wrote new.case-review.yaml.\n', stderr: '', status: 0 });
        const { stdout, status } = await runInProcess(folder, ['check', '--format', 'json']);
        const [review] = (
          JSON.parse(stdout) as {
            reviews: { state: string; findings: { severity: string; outcome: string; rule: string }[] }[];
          }
        ).reviews;
        assert.equal(status, 0);
        assert.equal(review?.state, 'draft');
        assert.deepEqual(
          review.findings.filter(finding => finding.severity !== 'hint' && finding.outcome !== 'due-soon'),
          [],
        );
      });
    });
  }

  test('asks what the policy asks, and only words that the schema knows', () => {
    const { text } = skeletonOf(['cse', 'missing']);
    for (const line of [
      '    pnc: {state: outstanding}',
      '      school: {state: outstanding}',
      '        clothing: {state: outstanding}',
    ]) {
      assert.ok(text.split('\n').includes(line), line);
    }
    assert.doesNotMatch(text, /no_such_step/);
  });

  test('names the pack, and asks where the case was handled', () => {
    assert.match(
      skeletonOf(['cse']).text,
      /^policy_pack: .*\n {2}id: england-wales\n {2}jurisdiction: {2}# /m,
    );
    assert.doesNotMatch(skeletonOf(['cse'], { pack: undefined }).text, /policy_pack/);
  });

  test('has the sections in the order of the schema', () => {
    const keys = [...skeletonOf(['cse']).text.matchAll(/^(\w+):/gm)].map(match => match[1] ?? '');
    const order = guide.root.properties.map(property => property.key);
    assert.deepEqual(
      keys,
      order.filter(key => keys.includes(key)),
    );
    assert.ok(keys.length > 15);
  });

  test('puts the cursor at the first question that is open', () => {
    const { text, cursor } = skeletonOf(['cse'], { reviewer: 'OFF-9K2M7R' });
    assert.match(text.slice(0, cursor), /\nmarking: $/);
  });

  test('differs only in its random refs from one run to the next', async () => {
    const [one, other] = await inFolder({}, async folder => [
      (await runInProcess(folder, ['new', '--kind', 'missing'])).stdout,
      (await runInProcess(folder, ['new', '--kind', 'missing'])).stdout,
    ]);
    const ref = /\b(CASE|MIS)-(?:\d[A-HJKMNP-TV-Z]){3}\b/g;
    assert.notEqual(one, other);
    assert.equal(one?.replace(ref, '$1'), other?.replace(ref, '$1'));
    assert.equal(one?.match(ref)?.length, 2);
  });
});

describe('the questions of a policy', () => {
  const rule = (name: string, value: unknown) => ({
    id: 'a/b',
    pack: 'test',
    ref: 'ABC-01',
    title: '',
    severity: 'error' as const,
    confidence: 'local' as const,
    catches: [],
    why: '',
    sources: [],
    parameters: [
      { name, title: '', value, unit: 'list', confidence: 'local' as const, pack: 'test', sources: [] },
    ],
    versions: [],
  });

  test('are asked of the kinds they are meant for', () => {
    const rules = [rule('tracing_steps', ['pnc']), rule('tracing_kinds', ['cse'])];
    assert.deepEqual(skeletonQuestions(rules, ['cse', 'missing'])['/suspect_strategy/steps'], ['pnc']);
    assert.equal(skeletonQuestions(rules, ['missing'])['/suspect_strategy/steps'], undefined);
  });
});
