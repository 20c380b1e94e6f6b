/** Every rule of the shipped pack behaves as its examples say, and its examples reach everything it can say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeExample } from '../../server/src/check/judge-example.ts';
import { reviewShape } from '../../server/src/check/review-shape.ts';
import { Policy } from '../../server/src/policy/policy.ts';
import type { ExampleFile, PackData, RuleFile } from '../../server/src/policy/rule-file.ts';
import { loadShippedPack } from '../support/shipped-pack.ts';

const { data, problems, ruleFiles } = loadShippedPack();
const only = process.env.RULE;

test('every file of the pack is well-formed', () => {
  assert.deepEqual(
    problems.map(({ uri, finding }) => `${uri}: ${finding.message} at ${finding.path}`),
    [],
  );
});

for (const rule of data!.rules.filter(({ id }) => !only || id === only)) {
  test(`${rule.ref} ${rule.id}: its examples behave as marked`, () => {
    const faults: string[] = [];
    const reached = new Set<string>();
    for (const example of rule.examples) {
      const result = judgeExample(example, rule.id, policyFor(rule, example), data!.pack);
      faults.push(...result.faults.map(fault => `${example.name}: ${fault}`));
      for (const finding of result.findings)
        reached.add(`${finding.version} ${finding.check} ${finding.outcome}`);
    }
    for (const said of whatItSays(rule)) if (!reached.has(said)) faults.push(`No example reaches: ${said}`);
    assert.equal(faults.join('\n'), '');
  });

  test(`${rule.ref} ${rule.id}: stands in its file, has a good example and known sources`, () => {
    assert.ok(ruleFiles.get(rule.id)?.uri.endsWith(`/england-wales/${rule.id}.yaml`));
    assert.ok(rule.examples.some(example => example.good !== undefined));
    assert.equal(new Set(rule.examples.map(example => example.name)).size, rule.examples.length);
    for (const id of rule.sources) assert.ok(data!.sources[id], `unknown source ${id}`);
  });
}

/** The rule alone, or with those that it is judged after; compiled to the last message, with crashes let through. */
function policyFor(rule: RuleFile, example: ExampleFile): Policy {
  const parameters = { ...data!.pack.parameters };
  for (const [name, value] of Object.entries(example.parameters ?? {}))
    parameters[name] = { ...parameters[name]!, value };
  const rules = rule.after_others ? data!.rules : [rule];
  const pack: PackData = { ...data!, pack: { ...data!.pack, parameters }, rules };
  const adopted = Object.fromEntries(
    (example.adopted ?? []).map(name => [name, { by: 'OFF-9K2M7R', on: '2026-01-01', reference: 'example' }]),
  );
  const policy = new Policy([pack], { adopted, severities: {} }, reviewShape, { eager: true, rethrow: true });
  assert.deepEqual(policy.problems, []);
  return policy;
}

/** Every version, check and outcome for which the rule has words. */
function whatItSays(rule: RuleFile): string[] {
  return rule.versions.flatMap(({ from, checks }) =>
    checks.flatMap(({ id, outcome = 'breach', clock }) => {
      const outcomes = [
        outcome,
        ...(clock?.absent === undefined ? [] : ['not-recorded']),
        ...(clock?.due === undefined ? [] : ['due-soon']),
      ];
      return outcomes.map(said => `${from} ${id} ${said}`);
    }),
  );
}
