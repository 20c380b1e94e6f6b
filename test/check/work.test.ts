/** The work of judging grows with the text, not with its square: looks into the tree are counted, not seconds. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TreeNode } from '../../server/src/engine/located-tree.ts';
import { validateReview } from '../../server/src/engine/validate-shape.ts';
import { createDetector } from '../../server/src/identifiers/find-identifiers.ts';
import { createJudge } from '../../server/src/workspace/review-judge.ts';

const HEAD = 'schema: case-review/1\nreview:\n  id: CASE-4T7Q2M\n  kind: [cse]\n  state: complete\n';
const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('');

/** Texts of so many entries of one sort. */
const TEXTS: Readonly<Record<string, (count: number) => string>> = {
  'a list under an unknown key': n => `mystery:\n${lines(n, () => '  - one more entry\n')}`,
  'unknown keys in a section': n => `recording:\n${lines(n, i => `  key${i}: value ${i}\n`)}`,
  'unknown sections': n => lines(n, i => `key${i}: value ${i}\n`),
  'unknown keys in a map of words': n =>
    `suspect_strategy:\n  steps:\n${lines(n, i => `    step${i}: {state: done}\n`)}`,
  'entries of the wrong kind': n => `victim_contact:\n  log:\n${lines(n, () => '    - nothing much\n')}`,
  'entries with an unknown word': n =>
    `victim_contact:\n  log:\n${lines(n, () => '    - {at: 2026-02-05, with: [parent], mode: phonee}\n')}`,
  'entries that each hold an identifier': n =>
    `victim_contact:\n  log:\n${lines(n, i => `    - {at: 2026-02-05, topic: update, notes: "ring 07700 9${String(i).padStart(5, '0')}"}\n`)}`,
  'entries with one ref': n => `persons:\n${lines(n, () => '  - {ref: SUS-2M8X4T, category: suspect}\n')}`,
  'waivers that cover nothing': n =>
    `waivers:\n${lines(n, () => '  - {rule: recording/recorded-in-time, reason: x, by: OFF-9K2M7R, until: 2026-12-31}\n')}`,
};

const judge = createJudge(
  { read: () => ({ text: '' }), list: () => [], folders: () => [], exists: () => false },
  {},
);

/** How often the judgement of this text looks at a map or a list. */
function looksInto(text: string): number {
  let looks = 0;
  const counted = <T extends object>(list: readonly T[]): readonly T[] =>
    new Proxy(list, {
      get(target, key, receiver) {
        looks++;
        return Reflect.get(target, key, receiver);
      },
    });
  const countIn = (node: TreeNode | undefined): void => {
    if (node === undefined || node.kind === 'scalar') return;
    for (const child of node.kind === 'map' ? node.pairs.map(({ value }) => value) : node.items)
      countIn(child);
    Object.assign(
      node,
      node.kind === 'map' ? { pairs: counted(node.pairs) } : { items: counted(node.items) },
    );
  };
  const reading = judge.read('file:///a.case-review.yaml', text);
  countIn(reading.parsed.root);
  const shape = validateReview(reading.parsed);
  judge.judge({ ...reading, shape }, []);
  return looks;
}

describe('twice the text is about twice the work', () => {
  for (const [name, text] of Object.entries(TEXTS))
    test(name, () => {
      const [once, twice] = [looksInto(HEAD + text(800)), looksInto(HEAD + text(1600))];
      assert.ok(twice < once * 2.3, `${once} looks became ${twice}`);
    });
});

test('of thousands of identifiers in one text each is found once', () => {
  const detect = createDetector({ allowedWords: [], givenNames: [], namesakes: [], local: [] });
  const found = detect('ring 07700 900123 or write to jo@example.org\n'.repeat(50_000));
  assert.equal(found.length, 100_000);
});
