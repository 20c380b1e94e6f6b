/** Every rule of the shipped pack behaves as its examples say, and its examples reach everything it can say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkExamples, unreached } from '../../server/src/check/check-examples.ts';
import { checkFiles } from '../../server/src/check/check-pack.ts';
import { loadShippedPack } from '../support/shipped-pack.ts';

const pack = loadShippedPack();
const data = pack.data!;
const only = process.env.RULE;

test('every file of the pack is well-formed: expressions compile, versions join, sources are there, no limit is idle', () => {
  const problems = checkFiles(pack, [data]);
  assert.deepEqual(
    problems.map(({ uri, finding }) => `${uri}: ${finding.message} at ${finding.path}`),
    [],
  );
});

test('what is not recorded is worded as not recorded, or as what an entry has no …', () => {
  const otherWords = /does not say|says neither|records (no|neither)|\black|\bmissing\.$/;
  const messages = pack.rules.flatMap(({ file }) =>
    (file?.versions ?? []).flatMap(({ checks }) =>
      checks.flatMap(({ outcome, message, clock }) => [
        ...(outcome === 'not-recorded' ? [message] : []),
        ...(clock?.absent === undefined ? [] : [clock.absent]),
      ]),
    ),
  );
  assert.ok(messages.length > 150);
  assert.deepEqual(
    messages.filter(message => otherWords.test(message.replace(/\$\{.*?\}/gs, ''))),
    [],
  );
});

for (const packRule of pack.rules.filter(({ file }) => file && (!only || file.id === only))) {
  const rule = packRule.file!;
  test(`${rule.ref} ${rule.id}: its examples behave as marked`, () => {
    const examples = [...checkExamples(packRule, [data], { rethrow: true })];
    const faults = examples.flatMap(({ name, faults }) => faults.map(({ message }) => `${name}: ${message}`));
    for (const { version, check, said } of unreached(rule, examples))
      faults.push(`No example reaches: ${version} ${check} ${said}`);
    assert.equal(faults.join('\n'), '');
    assert.equal(examples.length, rule.examples.length);
  });

  test(`${rule.ref} ${rule.id}: has a good example and no two of one name`, () => {
    assert.ok(rule.examples.some(example => example.good !== undefined));
    assert.equal(new Set(rule.examples.map(example => example.name)).size, rule.examples.length);
  });
}
