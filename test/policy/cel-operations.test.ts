/** What the operators and functions of CEL do here is what the library does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Environment } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import { EvaluationError, OPERATIONS } from '../../server/src/policy/cel-operations.ts';

const INSTANT = 'google.protobuf.Timestamp';
const text = fc.oneof(fc.string(), fc.constantFrom('', 'a', 'A', '(', 'ÄB', 'a(b', '^a?$', '__proto__'));
const INT_MAX = 2n ** 63n - 1n;

/** Values of a type, and the type that the library is told. */
const VALUES: Readonly<Record<string, { readonly type: string; readonly values: fc.Arbitrary<unknown> }>> = {
  int: {
    type: 'int',
    values: fc.oneof(fc.bigInt({ min: -INT_MAX - 1n, max: INT_MAX }), fc.constantFrom(-1n, 0n, 1n, INT_MAX)),
  },
  double: { type: 'double', values: fc.oneof(fc.double(), fc.integer()) },
  string: { type: 'string', values: text },
  [INSTANT]: { type: INSTANT, values: fc.date({ noInvalidDate: true }) },
  'list<dyn>': { type: 'list<string>', values: fc.array(text) },
  'map<dyn, dyn>': { type: 'map<string, string>', values: fc.dictionary(text, text) },
  'map<K, V>': { type: 'map<string, string>', values: fc.dictionary(text, text) },
  K: { type: 'string', values: text },
};

for (const [signature, operation] of Object.entries(OPERATIONS)) {
  test(`${signature} is what the library makes of it`, () => {
    const { expression, types } = asExpression(signature);
    const env = new Environment({ unlistedVariablesAreDyn: false });
    for (const [i, type] of types.entries()) env.registerVariable(`v${i}`, VALUES[type]!.type);
    const library = env.parse(expression);
    assert.equal(library.check().valid, true);
    fc.assert(
      fc.property(fc.tuple(...types.map(type => VALUES[type]!.values)), values => {
        const theirs = outcome(() => library(Object.fromEntries(values.map((value, i) => [`v${i}`, value]))));
        assert.deepEqual(
          outcome(() => operation(...values)),
          theirs,
        );
      }),
    );
  });
}

/** `list<dyn>.size(): int` as `v0.size()`, `int < int: bool` as `v0 < v1`, with the types of the variables. */
function asExpression(signature: string): { readonly expression: string; readonly types: readonly string[] } {
  const body = signature.replace(/: \w+$/, '');
  const call = /^(?:(.+)\.)?(\w+)\((.*)\)$/.exec(body);
  if (!call) {
    const [, left, operator, right] = /^(.+) (\S+) (.+)$/.exec(body.replace(', ', ','))!;
    return { expression: `v0 ${operator} v1`, types: [left!, right!.replace(',', ', ')] };
  }
  const [, receiver, name, args] = call;
  const argument = args ? [args] : [];
  if (!receiver) return { expression: `${name}(v0)`, types: argument };
  return { expression: `v0.${name}(${args ? 'v1' : ''})`, types: [receiver, ...argument] };
}

function outcome(run: () => unknown): unknown {
  try {
    return { value: run() };
  } catch (error) {
    assert.ok(error instanceof EvaluationError || (error as Error).name === 'EvaluationError');
    return { code: (error as EvaluationError).code };
  }
}
