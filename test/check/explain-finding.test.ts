/** Explanations of every finding that the shipped rules' own examples give: complete, and without free text. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainFinding, type Judged } from '../../server/src/check/explain-finding.ts';
import { withHeader } from '../../server/src/check/judge-example.ts';
import { parseMarkedText } from '../../server/src/check/marked-text.ts';
import { LineIndex } from '../../server/src/engine/line-index.ts';
import type { TreeNode } from '../../server/src/engine/located-tree.ts';
import { joinPointer } from '../../server/src/engine/schema-guide.ts';
import { reviewGuide } from '../../server/src/engine/validate-shape.ts';
import { formatExplanation } from '../../server/src/render/explanation-text.ts';
import { createWorkspace } from '../../server/src/workspace/review-workspace.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { loadShippedPack } from '../support/shipped-pack.ts';

const { data } = loadShippedPack();
const URI = 'file:///example.case-review.yaml';

const judgedExamples = data!.rules.flatMap(rule =>
  rule.examples.flatMap(({ name, bad }) =>
    bad === undefined ? [] : [{ rule, name, ...judge(parseMarkedText(withHeader(bad, data!.pack)).text) }],
  ),
);

function judge(text: string): { readonly text: string; readonly judged: Judged } {
  const workspace = createWorkspace(new MemoryFiles({ [URI]: text }));
  return { text, judged: workspace.judged(URI) };
}

test('every finding of a rule is explained, and what it looked at stands in the review or is absent', () => {
  for (const { name, judged } of judgedExamples) {
    for (const finding of judged.report.findings) {
      const explanation = explainFinding(finding, judged);
      if (finding.check === '') assert.equal(explanation, undefined);
      else {
        assert.equal(explanation?.rule.id, finding.rule);
        const { facts, interval } = explanation;
        // An identifier is no fact of the review: its characters are all that was looked at.
        const isIdentifier = finding.rule.startsWith('data-protection/');
        assert.ok(facts.length > 0 || interval || isIdentifier, `${finding.rule} ${finding.check}: ${name}`);
        for (const { pointer } of facts) assert.doesNotMatch(pointer, /\*/);
      }
    }
  }
});

test('working days are counted out to what the clock says', () => {
  const counted = judgedExamples.flatMap(({ judged }) =>
    judged.report.findings.flatMap(finding => explainFinding(finding, judged)?.interval ?? []),
  );
  const inWorkingDays = counted.filter(({ clock }) => clock.unit === 'working_days');
  assert.ok(inWorkingDays.length > 0);
  for (const { clock, days } of inWorkingDays)
    assert.equal(Number.parseInt(clock.elapsed, 10), days.at(-1)?.count ?? 0);
});

test('no explanation repeats free text or a local code', () => {
  let seen = 0;
  for (const { text, judged } of judgedExamples) {
    const own = JSON.stringify(data!.rules.map(({ examples, ...rule }) => rule));
    const secrets = [...secretsIn(judged.parsed.root!, '')].filter(secret => !own.includes(secret));
    for (const finding of judged.report.findings) {
      const explanation = explainFinding(finding, judged);
      const shown = formatExplanation(finding, explanation, 'example', { text, lines: new LineIndex(text) });
      // What the rule's own message shows is the rule's affair.
      const added = shown.replace(finding.message, '');
      for (const secret of secrets) assert.ok(!added.includes(secret), `${finding.rule} shows "${secret}"`);
      seen += secrets.length;
    }
  }
  assert.ok(seen > 100);
});

/** The values of fields for free text, local references and coded values. */
function* secretsIn(node: TreeNode, pointer: string): Generator<string> {
  if (node.kind === 'map')
    for (const { key, value } of node.pairs) yield* secretsIn(value, joinPointer(pointer, key));
  else if (node.kind === 'seq')
    for (const [i, item] of node.items.entries()) yield* secretsIn(item, joinPointer(pointer, i));
  else if (/^(?:Text|LocalReference|CodedValue)$/.test(reviewGuide.at(pointer)?.name ?? '')) {
    if (String(node.value).length > 5) yield String(node.value);
  }
}
