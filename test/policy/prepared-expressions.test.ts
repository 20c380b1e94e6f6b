/** What the build prepared of the shipped pack is what the library makes of it, and counts only where the types are the same. */
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Environment } from '@marcbachmann/cel-js';
import { reviewShape } from '../../server/src/check/review-shape.ts';
import { readShippedPack } from '../../server/src/generated/shipped-pack.js';
import { NO_CHOICES, Policy, type PolicyChoices } from '../../server/src/policy/policy.ts';
import type { PackData } from '../../server/src/policy/rule-file.ts';
import { loadShippedPack } from '../support/shipped-pack.ts';

const shipped = loadShippedPack().data!;
const { prepared } = readShippedPack();

const compileAll = (pack: PackData, choices: PolicyChoices = NO_CHOICES) =>
  new Policy([pack], choices, reviewShape, { eager: true });

test('the text of the build is that of the rules as they are', () => {
  assert.equal(compileAll(shipped).environment.prepare(), prepared);
});

test('it holds every expression of the shipped pack, so that the library sets up and parses nothing', () => {
  const calls = ['registerVariable', 'parse'] as const;
  const library = calls.map(name => mock.method(Environment.prototype, name));
  const { environment, problems } = compileAll({ ...shipped, prepared: prepared! });
  assert.deepEqual(problems, []);
  assert.ok(library.every(({ mock }) => mock.callCount() === 0));
  assert.equal(environment.prepare(), prepared);
});

test('a parameter of another type is checked anew, and a mistake is found', () => {
  const choice = { value: 'soon', by: 'Head of audit', on: '2026-01-01', reference: 'POL-1' };
  const choices = { ...NO_CHOICES, adopted: { record_h: choice } };
  const problems = (pack: PackData) => compileAll(pack, choices).problems;
  assert.notDeepEqual(problems(shipped), []);
  assert.deepEqual(problems({ ...shipped, prepared: prepared! }), problems(shipped));
});

test('a name of another type is checked anew', () => {
  const { environment } = compileAll({ ...shipped, prepared: prepared! });
  const source = 'associate.ref';
  assert.equal(environment.compile(source, { associate: 'Person' }).type, 'string');
  assert.throws(() => environment.compile(source, { associate: 'list<string>' }), /index must be int/);
  assert.throws(() => environment.compile(source), /associate/);
});
