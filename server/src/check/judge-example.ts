/**
 * Judges the examples of a rule file: `bad` must give exactly the findings marked in it, `good` none, and `fixed` is
 * what the first fix of every finding makes of `bad`. The same check serves the tests, `policy test` and the pages.
 */

import { applyEdits } from '../engine/apply-edits.ts';
import type { Span } from '../engine/located-tree.ts';
import { patchToEdits } from '../engine/patch-to-edits.ts';
import type { Finding } from '../engine/report.ts';
import { LinkedReview } from '../policy/cel-functions.ts';
import type { Policy } from '../policy/policy.ts';
import type { ExampleFile, PackFile } from '../policy/rule-file.ts';
import { judgeReview, readReview } from './check-review.ts';
import { type MarkedText, parseMarkedText } from './marked-text.ts';

export interface ExampleFault {
  readonly message: string;
  /** The place in the example as it is written; undefined for the example as a whole. */
  readonly span?: Span;
}

export interface ExampleResult {
  /** What is wrong with the example; empty when it behaves. */
  readonly faults: readonly ExampleFault[];
  readonly findings: readonly Finding[];
  /** The review that was judged: with its header and without markers. */
  readonly text: string;
}

/** `policy` holds the rule under test (and may hold others: only findings of `rule` are looked at, and of the schema). */
export function judgeExample(
  example: ExampleFile,
  rule: string,
  policy: Policy,
  pack: PackFile,
): ExampleResult {
  const given = example.bad ?? example.good;
  if (given === undefined || (example.bad !== undefined && example.good !== undefined)) {
    return { faults: [{ message: 'An example has either "bad" or "good".' }], findings: [], text: '' };
  }
  const whole = withHeader(given, pack);
  const marked = parseMarkedText(whole);
  const { text, marks } = marked;
  const findings = findingsOf(text, example, rule, policy, pack);
  const faults = compareMarks(marked, findings, whole.length - given.length);
  const add = (message: string) => faults.push({ message });
  if (example.good !== undefined && marks.length) add('A good example has no markers.');
  if (example.bad !== undefined && !marks.length) add('A bad example marks at least one finding.');
  judgeFixes(text, findings, example, rule, policy, pack).forEach(add);
  return { faults, findings, text };
}

/** The example with the pack's header in front, unless it has a `review` of its own. */
export function withHeader(text: string, pack: PackFile): string {
  return /^review:/m.test(text) ? text : `${pack.example_header ?? ''}${text}`;
}

function findingsOf(
  text: string,
  example: ExampleFile,
  rule: string,
  policy: Policy,
  pack: PackFile,
): readonly Finding[] {
  const others = (example.linked ?? []).map(
    (other, i) => readReview(`example:${i}`, withHeader(other, pack), policy.shape.guide).record,
  );
  const linked = (ref: string) =>
    LinkedReview.from(
      others.find(({ id, episodes }) => id === ref || episodes.some(episode => episode.ref === ref)),
    );
  const report = judgeReview(readReview('example:', text, policy.shape.guide), { policy, linked });
  return report.findings.filter(finding => finding.rule === rule || finding.check === '');
}

/** `header` is how much of the text stands before what the example has written. */
function compareMarks(
  { marks, toSource }: MarkedText,
  findings: readonly Finding[],
  header: number,
): ExampleFault[] {
  const fault = (message: string, { start, end }: Span): ExampleFault =>
    start < header ? { message } : { message, span: { start: start - header, end: end - header } };
  const said = (rule: string, message: string | undefined) =>
    message === undefined ? rule : `${rule} ${JSON.stringify(message)}`;
  const left = [...marks];
  const faults: ExampleFault[] = [];
  for (const { span, rule, message } of findings) {
    const i = left.findIndex(
      mark =>
        mark.start === span.start &&
        mark.end === span.end &&
        mark.rule === rule &&
        (mark.message ?? message) === message,
    );
    if (i < 0) faults.push(fault(`Not marked: ${said(rule, message)}`, toSource(span)));
    else left.splice(i, 1);
  }
  const missed = left.map(mark =>
    fault(`Marked but not found: ${said(mark.rule, mark.message)}`, mark.marker),
  );
  return [...faults, ...missed];
}

/** Fixes are applied one finding after another, as a person would, each judged on the text the last one left. */
function judgeFixes(
  text: string,
  findings: readonly Finding[],
  example: ExampleFile,
  rule: string,
  policy: Policy,
  pack: PackFile,
): string[] {
  const faults: string[] = [];
  let current = text;
  let left = findings;
  for (let i = 0; i < 100; i++) {
    const finding = left.find(({ fixes }) => fixes.length > 0);
    if (!finding) break;
    for (const fix of finding.fixes) {
      const after = applyPatch(current, fix.patch);
      if (after === undefined || after === current)
        return [...faults, `The fix "${fix.title}" changes nothing.`];
      const findingsAfter = findingsOf(after, example, rule, policy, pack);
      if (findingsAfter.some(({ fingerprint }) => fingerprint === finding.fingerprint))
        faults.push(`The fix "${fix.title}" leaves its finding.`);
      if (findingsAfter.some(({ rule: other }) => other !== rule))
        faults.push(`The fix "${fix.title}" makes a text that the schema or the parser rejects.`);
      if (faults.length) return faults;
    }
    current = applyPatch(current, finding.fixes[0]!.patch)!;
    left = findingsOf(current, example, rule, policy, pack);
  }
  const changed = current !== text;
  if (changed && example.fixed === undefined)
    faults.push(`There is a fix, so the example needs "fixed":\n${current}`);
  if (example.fixed !== undefined) {
    const wanted = withHeader(example.fixed, pack);
    if (!changed) faults.push('"fixed" is given, but no finding offers a fix.');
    else if (wanted !== current) faults.push(`"fixed" is not what the fixes make:\n${current}`);
  }
  return faults;
}

function applyPatch(text: string, patch: Finding['fixes'][number]['patch']): string | undefined {
  const edits = patchToEdits(readReview('example:', text).parsed, patch);
  return edits && applyEdits(text, edits);
}
