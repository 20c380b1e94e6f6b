import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { applyEdits } from '../../server/src/engine/apply-edits.ts';
import { parseYaml } from '../../server/src/engine/parse-yaml.ts';
import { isSameValue, toPlain } from '../../server/src/engine/patch-value.ts';
import { patchToEdits } from '../../server/src/engine/patch-to-edits.ts';
import type { PatchOperation } from '../../server/src/engine/report.ts';
import { dictionary, type Json, KEYS, scalars, writtenTexts } from './yaml-text.ts';

function patched(text: string, ...patch: PatchOperation[]): string {
  return applyEdits(text, patchToEdits(parseYaml(text), patch));
}
const add = (path: string, value: unknown): PatchOperation => ({ op: 'add', path, value });
const replace = (path: string, value: unknown): PatchOperation => ({ op: 'replace', path, value });
const remove = (path: string): PatchOperation => ({ op: 'remove', path });
const rename = (path: string, value: string): PatchOperation => ({ op: 'rename', path, value });

describe('random patches of random texts', () => {
  it('mean what RFC 6902 says, and leave alone what they do not touch', () => {
    fc.assert(
      fc.property(writtenTexts, fc.array(choices, { minLength: 1, maxLength: 3 }), ({ text, value }, chosen) => {
        let wanted = value;
        const patch: PatchOperation[] = [];
        for (const choice of chosen) {
          const operation = chooseOperation(wanted, choice);
          const next = operation && referenceResult(wanted, operation);
          if (next === undefined) continue;
          patch.push(operation!);
          wanted = next.value;
        }
        const edits = patchToEdits(parseYaml(text), patch);
        const after = parseYaml(applyEdits(text, edits));
        assert.deepEqual(after.problems, []);
        if (!isSameValue(toPlain(after.root), wanted)) assert.fail(JSON.stringify({ patch, text, after: after.text, edits }, null, 1));
      }),
      { numRuns: Number(process.env.RUNS ?? 1000) },
    );
  });
});

type Choice = { readonly at: number; readonly key: string; readonly op: PatchOperation['op']; readonly value: Json; readonly index: number };

const newValues: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalars,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.uniqueArray(fc.tuple(fc.constantFrom(...KEYS), tie('value')), { selector: ([key]) => key, maxLength: 4 }).map(dictionary),
  ),
})).value;

const choices: fc.Arbitrary<Choice> = fc.record({
  at: fc.nat(1000),
  key: fc.constantFrom(...KEYS),
  op: fc.constantFrom('add', 'add', 'replace', 'remove', 'rename'),
  value: newValues,
  index: fc.nat(1000),
});

const escape = (segment: string): string => segment.replaceAll('~', '~0').replaceAll('/', '~1');

function pathsOf(value: Json, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, child]) => pathsOf(child as Json, `${at}/${escape(key)}`))];
}

function at(value: Json, path: string): Json {
  return path.split('/').slice(1).reduce((inner: Json, segment) => (inner as { [key: string]: Json })[segment.replaceAll('~1', '/').replaceAll('~0', '~')]!, value);
}

function chooseOperation(value: Json, { at: position, key, op, value: newValue, index }: Choice): PatchOperation | undefined {
  const paths = pathsOf(value);
  const path = paths[position % paths.length]!;
  if (op === 'remove') return path === '' ? undefined : { op, path };
  if (op === 'replace') return { op, path, value: newValue };
  if (op === 'rename') return path === '' ? undefined : { op, path, value: key };
  const container = at(value, path);
  if (Array.isArray(container)) return { op, path: `${path}/${index % 2 ? '-' : index % (container.length + 1)}`, value: newValue };
  return { op, path: typeof container === 'object' && container !== null ? `${path}/${escape(key)}` : path, value: newValue };
}

/** RFC 6902 on a deep copy, the plain way. */
function referenceResult(value: Json, { op, path, value: given }: PatchOperation): { value: Json } | undefined {
  type Mutable = Record<string, Json> & Json[];
  const copy = (json: Json): Json => {
    if (Array.isArray(json)) return json.map(copy);
    return typeof json === 'object' && json !== null ? dictionary(Object.entries(json).map(([key, child]) => [key, copy(child)])) : json;
  };
  const root = copy(value);
  if (path === '') return { value: given as Json };
  const cut = path.lastIndexOf('/');
  const parent = at(root, path.slice(0, cut)) as Mutable;
  const key = path.slice(cut + 1).replaceAll('~1', '/').replaceAll('~0', '~');
  if (op === 'rename') {
    if (Array.isArray(parent) || Object.hasOwn(parent, given as string)) return undefined;
    (parent as Record<string, Json>)[given as string] = parent[key]!;
    delete parent[key];
  } else if (Array.isArray(parent)) {
    const index = key === '-' ? parent.length : Number(key);
    if (op === 'remove') parent.splice(index, 1);
    else parent.splice(index, op === 'add' ? 0 : 1, given as Json);
  } else if (op === 'remove') delete parent[key];
  else (parent as Record<string, Json>)[key] = given as Json;
  return { value: root };
}
void [patched, add, replace, remove, rename];
