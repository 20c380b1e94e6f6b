/** What holds for the report of any text, however broken: found out with generated reviews and slips in them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { judgeReview, readReview } from '../../server/src/check/check-review.ts';
import { reviewShape } from '../../server/src/check/review-shape.ts';
import { applyEdits } from '../../server/src/engine/apply-edits.ts';
import { LineIndex } from '../../server/src/engine/line-index.ts';
import { patchToEdits } from '../../server/src/engine/patch-to-edits.ts';
import type { Finding, Report } from '../../server/src/engine/report.ts';
import { LinkedReview } from '../../server/src/policy/cel-functions.ts';
import { Policy } from '../../server/src/policy/policy.ts';
import { mutatedText, reviewText } from '../support/generated-reviews.ts';
import { loadShippedPack } from '../support/shipped-pack.ts';

const data = loadShippedPack().data!;
const NO_CHOICES = { adopted: {}, severities: {} };
const policy = new Policy([data], NO_CHOICES, reviewShape);
const strict = new Policy([data], NO_CHOICES, reviewShape, { rethrow: true });

const check = (text: string, judge = policy): Report =>
  judgeReview(readReview('file:///r.case-review.yaml', text), {
    policy: judge,
    linked: () => new LinkedReview(),
  });
const brief = ({ rule, check: name, severity, message, span, path, fingerprint }: Finding) => ({
  rule,
  name,
  severity,
  message,
  span,
  path,
  fingerprint,
});

test('no text makes the check throw, and no rule crashes', () => {
  fc.assert(
    fc.property(fc.oneof(mutatedText, fc.string()), text => void check(text, strict)),
    { numRuns: 300 },
  );
});

test('the same text gives the same report', () => {
  fc.assert(
    fc.property(mutatedText, text => assert.deepEqual(check(text), check(text))),
    { numRuns: 50 },
  );
});

test('every span lies inside the text, in the order of the text, and no two findings share a fingerprint', () => {
  fc.assert(
    fc.property(mutatedText, text => {
      const { findings } = check(text);
      for (const { span, related } of findings) {
        for (const { start, end } of [span, ...related.map(place => place.span)])
          assert.ok(0 <= start && start <= end && end <= text.length);
      }
      const starts = findings.map(finding => finding.span.start);
      assert.deepEqual(
        starts,
        [...starts].sort((a, b) => a - b),
      );
      assert.equal(new Set(findings.map(finding => finding.fingerprint)).size, findings.length);
    }),
    { numRuns: 200 },
  );
});

test('a finding that is numbered takes no number that an entry with the same ref has', () => {
  const person = '  - {ref: VIC-7H3K9Q, category: victim, one: 1, two: 2}\n';
  const { findings } = check(`persons:\n${person}${person}`);
  assert.equal(new Set(findings.map(finding => finding.fingerprint)).size, findings.length);
});

test('evidence that refers to nothing is a breach, a hint in a draft, and left alone where its entry cannot be read', () => {
  const graded = (line = '{id: LOE-1}', ref = 'LOE-1', state = 'complete') =>
    check(
      `schema: case-review/1
review: {id: CASE-4T7Q2M, kind: [cse], state: ${state}, reviewed_at: 2026-03-10T10:30:00Z}
suspect_strategy:
  lines_of_enquiry:
    - ${line}
grades:
  scale: ncpi_case
  themes: {investigation: good}
  overall: good
  evidence: [{theme: investigation, ref: ${ref}}]
`,
    ).findings.flatMap(finding => (finding.check === 'no-evidence' ? finding.severity : []));
  assert.deepEqual(graded(), []);
  assert.deepEqual(graded('{id: LOE-1}', 'LOE-9'), ['error']);
  assert.deepEqual(graded('{id: LOE-1}', 'LOE-9', 'draft'), ['hint']);
  assert.deepEqual(graded('{id: LOE-1}', 'loe-1'), []);
  for (const broken of ['{id: LOE-1', '{id: loe-1}', '{text: no id yet}'])
    assert.deepEqual(graded(broken), [], broken);
});

test('line ends make no difference', () => {
  const places = (text: string) => {
    const index = new LineIndex(text);
    return check(text).findings.map(({ rule, message, span }) => ({
      rule,
      message,
      from: index.position(span.start),
      to: index.position(span.end),
    }));
  };
  fc.assert(
    fc.property(
      mutatedText.filter(text => !text.includes('\r')),
      text => assert.deepEqual(places(text.replaceAll('\n', '\r\n')), places(text)),
    ),
    { numRuns: 100 },
  );
});

test('all rules together find what each finds alone', () => {
  // A rule that is judged by what failed in the others has to be with them.
  const alone = data.rules.map(rule => ({
    id: rule.id,
    judge: new Policy([{ ...data, rules: rule.after_others ? data.rules : [rule] }], NO_CHOICES, reviewShape),
  }));
  const key = (finding: Finding) => JSON.stringify(brief(finding));
  fc.assert(
    fc.property(mutatedText, text => {
      const together = check(text).findings.filter(finding => finding.check !== '');
      const apart = alone.flatMap(({ id, judge }) =>
        check(text, judge).findings.filter(finding => finding.rule === id),
      );
      assert.deepEqual(together.map(key).sort(), apart.map(key).sort());
    }),
    { numRuns: 25 },
  );
});

test('the order of the rules makes no difference', () => {
  const backwards = new Policy([{ ...data, rules: data.rules.toReversed() }], NO_CHOICES, reviewShape);
  fc.assert(
    fc.property(mutatedText, text => assert.deepEqual(check(text, backwards).findings, check(text).findings)),
    { numRuns: 50 },
  );
});

test('moving the entries of a list changes no fingerprint', () => {
  const fingerprints = (text: string) =>
    check(text)
      .findings.map(finding => finding.fingerprint)
      .sort();
  fc.assert(
    fc.property(reviewText, text => {
      const moved = reverseEntries(text, 'persons');
      assert.deepEqual(fingerprints(moved), fingerprints(text));
    }),
    { numRuns: 100 },
  );
});

test('a fix takes its finding away, is stable, and changes no byte outside its edits', () => {
  let fixed = 0;
  fc.assert(
    fc.property(fc.oneof(reviewText, mutatedText), text => {
      const { findings } = check(text);
      // A text whose YAML is broken offers fixes too, but what the rest means after them is the parser's guess.
      if (findings.some(finding => finding.rule.startsWith('syntax/'))) return;
      for (const finding of findings) {
        for (const fix of finding.fixes) {
          const edits = patchToEdits(readReview('', text).parsed, fix.patch);
          assert.ok(edits && edits.length > 0, `${finding.rule}: "${fix.title}" gives no edit`);
          const after = applyEdits(text, edits);
          let at = 0;
          let shift = 0;
          for (const { start, end, newText } of edits) {
            assert.equal(after.slice(at + shift, start + shift), text.slice(at, start));
            shift += newText.length - (end - start);
            at = end;
          }
          assert.equal(after.slice(at + shift), text.slice(at));
          const left = check(after).findings;
          assert.ok(
            countAlike(left, finding) < countAlike(findings, finding),
            `${finding.rule}: "${fix.title}" leaves its finding`,
          );
          assert.ok(
            !left.some(({ rule }) => rule.startsWith('syntax/')),
            `${finding.rule}: "${fix.title}" breaks the YAML`,
          );
          fixed++;
        }
      }
    }),
    { numRuns: 400 },
  );
  assert.ok(fixed > 5, `only ${fixed} fixes were tried`);
});

/** Equal fingerprints are numbered, so of two alike the one that is left has the number of the one that is gone. */
function countAlike(findings: readonly Finding[], { fingerprint }: Finding): number {
  const bare = fingerprint.replace(/#\d+$/, '');
  return findings.filter(other => other.fingerprint.replace(/#\d+$/, '') === bare).length;
}

/** Reverses a top-level block list whose entries start with `  - ` or `- `. */
function reverseEntries(text: string, section: string): string {
  const lines = text.split('\n');
  const from = lines.findIndex(line => line.startsWith(`${section}:`)) + 1;
  if (from === 0) return text;
  const length = lines.slice(from).findIndex(line => /^[^\s#-]/.test(line));
  const to = length < 0 ? lines.length : from + length;
  const entries: string[][] = [];
  for (const line of lines.slice(from, to)) {
    if (/^ *- /.test(line) && line.search('-') === lines[from]!.search('-')) entries.push([line]);
    else entries.at(-1)?.push(line);
  }
  return [...lines.slice(0, from), ...entries.reverse().flat(), ...lines.slice(to)].join('\n');
}
