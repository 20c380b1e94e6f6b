/** A review judged from edit to edit has the report that judging it afresh gives. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Judging, judgeReview, readReview } from '../../server/src/check/check-review.ts';
import { ReviewMemory } from '../../server/src/check/review-memory.ts';
import { reviewShape } from '../../server/src/check/review-shape.ts';
import type { IndexRecord, Report } from '../../server/src/engine/report.ts';
import { LinkedReview } from '../../server/src/policy/cel-functions.ts';
import { Policy } from '../../server/src/policy/policy.ts';
import { mutation, reviewText } from '../support/generated-reviews.ts';
import { loadShippedPack, repositoryRoot } from '../support/shipped-pack.ts';

const policy = new Policy([loadShippedPack().data!], { adopted: {}, severities: {} }, reviewShape, {
  rethrow: true,
});
const URI = 'file:///r.case-review.yaml';
const ALONE: Judging = { policy, linked: () => new LinkedReview() };

/** As plain data: the wording of a clock is worked out when it is asked for. */
const plain = (report: Report): unknown => JSON.parse(JSON.stringify(report, withGetters));

function withGetters(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('due' in value)) return value;
  const { elapsed, limit, due, state, from, to } = value as Report['clocks'][number];
  return { elapsed, limit, due, state, from, to };
}

function assertSame(memory: ReviewMemory, text: string, judging: Judging): void {
  const kept = judgeReview(readReview(URI, text, undefined, memory), judging, memory);
  const fresh = judgeReview(readReview(URI, text), judging);
  assert.deepEqual(plain(kept), plain(fresh));
}

const examples = readdirSync(`${repositoryRoot}examples`)
  .filter(name => name.endsWith('.case-review.yaml'))
  .map(name => readFileSync(`${repositoryRoot}examples/${name}`, 'utf8'));

/** What a reviewer does: other dates, words and refs, entries put in and taken out. */
const edit: fc.Arbitrary<(text: string) => string> = fc.oneof(
  mutation,
  fc.tuple(fc.nat(1_000_000), fc.nat(27), fc.nat(23)).map(
    ([at, day, hour]) =>
      (text: string) =>
        atMatch(text, /\d{4}-\d\d-\d\dT\d\d/g, at, old => `${old.slice(0, 8)}${two(day + 1)}T${two(hour)}`),
  ),
  fc.tuple(fc.nat(1_000_000), fc.nat(1_000_000)).map(
    ([at, from]) =>
      (text: string) =>
        atMatch(text, /(?<=: )[\w-]+$/gm, at, () => pick(text.match(/(?<=: )[\w-]+$/gm) ?? [''], from)),
  ),
  fc
    .nat(1_000_000)
    .map(at => (text: string) => atMatch(text, /^ *- .*\n(?: {4}.*\n)*/gm, at, entry => entry + entry)),
  fc.nat(1_000_000).map(at => (text: string) => atMatch(text, /^ *- .*\n(?: {4}.*\n)*/gm, at, () => '')),
);

const two = (n: number) => String(n).padStart(2, '0');
const pick = <T>(list: readonly T[], at: number) => list[at % list.length]!;

function atMatch(text: string, pattern: RegExp, at: number, change: (match: string) => string): string {
  const matches = [...text.matchAll(pattern)];
  if (matches.length === 0) return text;
  const { 0: match, index } = pick(matches, at);
  return text.slice(0, index) + change(match) + text.slice(index + match.length);
}

test('over edits of reviews, broken ones and back', () => {
  const texts = fc.oneof(reviewText, fc.constantFrom(...examples));
  fc.assert(
    fc.property(texts, fc.array(edit, { minLength: 1, maxLength: 6 }), (text, edits) => {
      const memory = new ReviewMemory();
      assertSame(memory, text, ALONE);
      for (const change of edits) {
        const before = text;
        text = change(text);
        assertSame(memory, text, ALONE);
        if (text.length % 3 === 0) assertSame(memory, before, ALONE);
        if (text.length % 3 === 0) assertSame(memory, text, ALONE);
      }
    }),
    { numRuns: 120 },
  );
});

test('when a section was written twice, or has a name that no section has', () => {
  const head = 'schema: case-review/1\nreview: {id: CASE-4T7Q2M, kind: [cse], state: draft}\n';
  for (const odd of ['actions: 5\n', 'actions: [{id: LOE-1}]\n', 'remembered: {a: 1}\n']) {
    const memory = new ReviewMemory();
    const texts = [
      `${head}${odd}links: {}\nactions: []\n`,
      `${head}${odd}links: {}\n`,
      head + odd,
      head.replace('draft', 'complete') + odd,
    ];
    for (const text of texts) assertSame(memory, text, ALONE);
  }
});

test('when another review comes to say something else', () => {
  const [text] = examples.filter(example => /^links:\n {2}cases:/m.test(example));
  const ref = /^links:\n {2}cases:[\s\S]*?ref: "?(CASE-\w+)/m.exec(text!)![1]!;
  const record = (oics: string[], links: string[]): IndexRecord => ({
    uri: 'file:///other.case-review.yaml',
    id: ref,
    state: 'complete',
    links,
    episodes: [],
    oics,
  });
  const memory = new ReviewMemory();
  for (const other of [
    record(['OFF-1'], []),
    record([], []),
    record([], [/id: "?(CASE-\w+)/.exec(text!)![1]!]),
  ])
    assertSame(memory, text!, {
      policy,
      linked: asked => LinkedReview.from(asked === ref ? other : undefined),
      linkedKey: JSON.stringify(other),
    });
});

test('a check whose sections are untouched is not made again', () => {
  const text = examples[0]!;
  const memory = new ReviewMemory();
  const judge = (of: string, from = policy) =>
    judgeReview(readReview(URI, of, undefined, memory), { ...ALONE, policy: from }, memory);
  const before = judge(text).clocks.filter(({ from }) => from.startsWith('/recording/'));
  const after = judge(`${text}# an afterthought\n`).clocks;
  assert.ok(before.length > 0);
  for (const clock of before) assert.ok(after.includes(clock), `${clock.rule} was made again`);
});
