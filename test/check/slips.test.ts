/** One slip of indentation, quote or bracket in a review without findings: what is broken is said once, and no rule raises a false alarm. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { judgeReview, readReview } from '../../server/src/check/check-review.ts';
import { reviewShape } from '../../server/src/check/review-shape.ts';
import type { Finding } from '../../server/src/engine/report.ts';
import { LinkedReview } from '../../server/src/policy/cel-functions.ts';
import { Policy } from '../../server/src/policy/policy.ts';
import { loadShippedPack, repositoryRoot } from '../support/shipped-pack.ts';

const policy = new Policy([loadShippedPack().data!], { adopted: {}, severities: {} }, reviewShape);
const check = (text: string): readonly Finding[] =>
  judgeReview(readReview('file:///r.case-review.yaml', text), { policy, linked: () => new LinkedReview() })
    .findings;
const rulesIn = (text: string) => check(text).map(({ rule }) => rule);
const isOfRule = (finding: Finding) => finding.check !== '';

const EXAMPLE = readFileSync(`${repositoryRoot}examples/CASE-2K7M4R.case-review.yaml`, 'utf8');

interface Generator {
  makeText(index: number, options: { readonly defects: number }): { readonly text: string };
}

const { makeText } = (await import(pathToFileURL(`${repositoryRoot}bench/gen.mjs`).href)) as Generator;
const clean = [EXAMPLE, ...Array.from({ length: 60 }, (_, i) => makeText(i, { defects: 0 }).text)].filter(
  text => check(text).length === 0,
);

type Slip = (text: string, at: number) => string;

const atLine =
  (change: (line: string) => string): Slip =>
  (text, at) => {
    const lines = text.split('\n');
    const i = at % lines.length;
    return lines.with(i, change(lines[i]!)).join('\n');
  };

const atMatch =
  (pattern: RegExp, change: (match: string) => string): Slip =>
  (text, at) => {
    const matches = [...text.matchAll(pattern)];
    const match = matches[at % matches.length];
    return match
      ? text.slice(0, match.index) + change(match[0]) + text.slice(match.index + match[0].length)
      : text;
  };

const SLIPS: readonly Slip[] = [
  atLine(line => ` ${line}`),
  atLine(line => `  ${line}`),
  atLine(line => `\t${line}`),
  atLine(line => line.replace(/^ /, '')),
  atLine(line => line.replace(/^ {2}/, '')),
  atLine(line => line.replace(/^ {4}/, '')),
  atLine(line => line.trimStart()),
  atMatch(/["']/g, () => ''),
  atMatch(/(?<=[\s{[,])\w/g, first => `"${first}`),
  atMatch(/(?<=[\s{[,])\w/g, first => `'${first}`),
  atMatch(/[[\]{}]/g, () => ''),
  atMatch(/[{}]/g, bracket => (bracket === '{' ? '[' : ']')),
  atMatch(/[[\]]/g, bracket => (bracket === '[' ? '{' : '}')),
  atMatch(/(?<=[\s{[,])\w/g, first => `{${first}`),
  atMatch(/(?<=[\s{[,])\w/g, first => `[${first}`),
  atMatch(/[^\n]/g, character => `${character}]`),
  atMatch(/[^\n]/g, character => `${character}}`),
];

const slipped = fc
  .tuple(fc.nat(clean.length - 1), fc.constantFrom(...SLIPS), fc.nat(1_000_000))
  .map(([i, slip, at]) => slip(clean[i]!, at));

test('the reviews to slip in have no finding', () => {
  assert.ok(clean.length > 30);
  assert.ok(clean.includes(EXAMPLE));
});

test('one slip that breaks the YAML or the form raises no false alarm of a rule', () => {
  fc.assert(
    fc.property(slipped, text => {
      const findings = check(text);
      const isBroken = findings.some(({ rule }) => rule.startsWith('syntax/') || rule.startsWith('schema/'));
      const shown = findings.map(
        ({ rule, path, span }) => `${rule} ${path} at "${text.slice(span.start - 40, span.end + 20)}"`,
      );
      if (isBroken) assert.ok(!findings.some(isOfRule), shown.join('\n'));
    }),
    { numRuns: Number(process.env.RUNS ?? 400) },
  );
});

test('a key outdented by one space is one finding, and its section is not judged', () => {
  const section =
    'victim_contact:\n  first_seen_at: 2025-10-22T11:30:00Z\n first_seen_by: OFF-3B7K1D\n  plan: {frequency_days: 21}\n';
  const text = `schema: case-review/1\nreview: {id: CASE-2K7M4R, state: complete, reviewed_at: 2026-02-11}\n${section}`;
  assert.ok(!rulesIn(text).some(rule => rule.startsWith('victim-contact/')));
  const lines = EXAMPLE.split('\n');
  const from = lines.findIndex(line => line.startsWith('victim_contact:'));
  const to = lines.findIndex(line => line.startsWith('suspect_strategy:'));
  for (let i = from + 1; i < to; i++) {
    if (/^ {2}\w/.test(lines[i]!))
      assert.deepEqual(
        rulesIn(lines.with(i, lines[i]!.slice(1)).join('\n')),
        [i === from + 1 ? 'syntax/nested-on-one-line' : 'syntax/bad-indent'],
        lines[i],
      );
  }
});

test('a section that strayed from the margin, or stands there a second time, is not judged', () => {
  const text = EXAMPLE.replace('\nsafeguarding:', '\n safeguarding:');
  assert.deepEqual(rulesIn(text), ['syntax/bad-indent']);
  const shadowed = EXAMPLE.replace('\n  abe:', '\n risk: []\n  abe:');
  assert.deepEqual(rulesIn(shadowed), ['syntax/bad-indent']);
});

test('a key that slipped into or out of a map without breaking the YAML is not missed by rules', () => {
  const deeper = EXAMPLE.replace('\n  lines_of_enquiry:\n    - ', '\n    lines_of_enquiry:\n    - ').replace(
    /\n {4}(- \{id: LOE)/g,
    '\n      $1',
  );
  assert.deepEqual(check(deeper).filter(isOfRule), []);
  assert.notDeepEqual(rulesIn(deeper), []);
  const only = /(\n {2}disruption:\n) {4}(cawn: .*\n)(?! {4})/;
  const alone = clean.slice(1).find(text => only.test(text))!;
  for (const indent of ['', '  '])
    assert.deepEqual(rulesIn(alone.replace(only, `$1${indent}$2`)), ['schema/unknown-field']);
  const graded = clean
    .slice(1)
    .find(text => /\n {4}\w+: \w+\n {2}overall:/.test(text))!
    .replace('\n  overall:', '\n    overall:');
  assert.deepEqual(rulesIn(graded), ['schema/not-a-word']);
  const last = EXAMPLE.replace('\n    id_procedure:', '\n  id_procedure:');
  assert.deepEqual(check(last).filter(isOfRule), []);
  assert.deepEqual(rulesIn(last), ['schema/unknown-field']);
});

test('of a file with more problems than are reported nothing is judged', () => {
  const twice = Array.from({ length: 120 }, () => '  - {id: ACT-1, id: ACT-2}\n').join('');
  const text = EXAMPLE.replace('actions:\n', `actions:\n${twice}`).replace('\n  cps_ref:', '\n cps_ref:');
  assert.deepEqual(check(text).filter(isOfRule), []);
});

test('what stands behind a second document, or under a merge key, is not missed by rules', () => {
  assert.deepEqual(rulesIn(EXAMPLE.replace('\nsupervision:', '\n---\nsupervision:')), [
    'syntax/several-documents',
  ]);
  assert.deepEqual(
    rulesIn(EXAMPLE.replace('  plan: {frequency_days: 21,', '  plan: {<<: {frequency_days: 21},')),
    ['syntax/merge-key'],
  );
});

test('a slip in one section leaves the others judged', () => {
  const late = EXAMPLE.replace(
    'recorded_at: 2025-10-22T10:15:00+01:00',
    'recorded_at: 2025-10-23T10:15:00+01:00',
  );
  const expected = rulesIn(late);
  assert.ok(expected.includes('recording/within-24-hours'));
  const broken = rulesIn(late.replace('\n  ack_mode:', '\n ack_mode:'));
  assert.deepEqual(broken.toSorted(), [...expected, 'syntax/bad-indent'].toSorted());
});
