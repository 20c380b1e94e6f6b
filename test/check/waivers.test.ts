/** What waivers do to a report, and what is said of those that do nothing. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { judgeReview, readReview } from '../../server/src/check/check-review.ts';
import { reviewShape } from '../../server/src/check/review-shape.ts';
import { isWaivable, WAIVER_RULES, waiverPatch } from '../../server/src/check/waivers.ts';
import { applyEdits } from '../../server/src/engine/apply-edits.ts';
import { parseYaml } from '../../server/src/engine/parse-yaml.ts';
import { patchToEdits } from '../../server/src/engine/patch-to-edits.ts';
import type { Finding } from '../../server/src/engine/report.ts';
import { LinkedReview } from '../../server/src/policy/cel-functions.ts';
import { Policy } from '../../server/src/policy/policy.ts';
import { reviewText as generatedReview } from '../support/generated-reviews.ts';
import { reviewText } from '../support/reviews.ts';
import { loadShippedPack } from '../support/shipped-pack.ts';

const data = loadShippedPack().data!;
const policyWith = (severities = {}) => new Policy([data], { adopted: {}, severities }, reviewShape);
const policy = policyWith();

const check = (text: string, noWaivers = false, judge = policy): readonly Finding[] =>
  judgeReview(readReview('file:///r.case-review.yaml', text), {
    policy: judge,
    waivers: !noWaivers,
    linked: () => new LinkedReview(),
  }).findings;

/** Two actions of which nobody says who does them. */
const ACTIONS = `audit:
  returned: true
  returned_at: 2026-03-09
  disposition: reopened
  disposition_at: 2026-03-09
  actions:
    - {id: ACT-1, text: find the phone, due: 2026-03-17, state: open}
    - {id: ACT-2, text: see the child, due: 2026-03-18, state: open}
`;
const RULE = 'audit/actions-owned';

const waiver = (parts: Readonly<Record<string, string>>): string => {
  const all = { rule: RULE, reason: 'agreed', by: 'OFF-1D4F6G', until: '2026-12-31', ...parts };
  const fields = Object.entries(all).map(([key, value]) => `${key}: ${value}`);
  return `  - {${fields.join(', ')}}\n`;
};
const withWaivers = (...waivers: string[]): string =>
  reviewText({ more: `${ACTIONS}waivers:\n${waivers.join('')}` });

const ofRule = (findings: readonly Finding[], rule: string) => findings.filter(one => one.rule === rule);
const waived = (text: string) => ofRule(check(text), RULE).map(finding => finding.waived === true);

describe('a waiver', () => {
  test('covers every finding of its rule, or those at its place and below', () => {
    assert.deepEqual(waived(withWaivers(waiver({}))), [true, true]);
    assert.deepEqual(waived(withWaivers(waiver({ path: '/audit/actions/1' }))), [false, true]);
    assert.deepEqual(waived(withWaivers(waiver({ path: '/audit' }))), [true, true]);
    assert.deepEqual(waived(withWaivers(waiver({ path: '/audit/actions/10' }))), [false, false]);
  });

  test('that names an entry by its id follows it when entries move', () => {
    const text = withWaivers(waiver({ path: '/audit/actions/ACT-2' }));
    const lines = text.split('\n');
    const at = lines.findIndex(line => line.includes('ACT-1'));
    const moved = lines.toSpliced(at, 2, lines[at + 1]!, lines[at]!).join('\n');
    assert.deepEqual(waived(text), [false, true]);
    assert.deepEqual(waived(moved), [true, false]);
  });

  test('holds on its last day and not on the next', () => {
    assert.deepEqual(waived(withWaivers(waiver({ until: '2026-03-10' }))), [true, true]);
    assert.deepEqual(waived(withWaivers(waiver({ until: '2026-03-09' }))), [false, false]);
  });

  for (const field of ['reason', 'by', 'until']) {
    test(`without "${field}" covers nothing, and the schema alone says so`, () => {
      const findings = check(withWaivers(waiver({ [field]: '' })));
      assert.deepEqual(
        ofRule(findings, RULE).map(({ waived }) => waived),
        [undefined, undefined],
      );
      assert.deepEqual(
        findings.filter(({ path }) => path.startsWith('/waivers')).map(({ rule }) => rule),
        ['schema/missing-field'],
      );
    });
  }

  test('with a reason of blanks covers nothing', () => {
    assert.deepEqual(waived(withWaivers(waiver({ reason: '"  "' }))), [false, false]);
  });

  test('that lapsed is an error that names the rule and points at what counts again', () => {
    const [finding, ...more] = ofRule(
      check(withWaivers(waiver({ until: '2026-03-09' }))),
      'waivers/in-force',
    );
    assert.deepEqual(more, []);
    assert.equal(finding?.severity, 'error');
    assert.equal(
      finding.message,
      'The waiver of audit/actions-owned lapsed on 9 Mar 2026, so what it covered counts again.',
    );
    assert.equal(finding.path, '/waivers/0/until');
    assert.equal(finding.related.length, 2);
  });

  test('that lapsed and was renewed by another is only no longer needed', () => {
    const findings = check(withWaivers(waiver({ until: '2026-03-09' }), waiver({})));
    assert.deepEqual(ofRule(findings, 'waivers/in-force'), []);
    assert.deepEqual(
      ofRule(findings, 'waivers/used').map(({ path }) => path),
      ['/waivers/0'],
    );
  });

  test('that covers nothing is a hint in a complete review, with a fix that takes it out', () => {
    const text = withWaivers(waiver({}), waiver({ rule: 'closure/outcome-valid' }));
    const [finding, ...more] = ofRule(check(text), 'waivers/used');
    assert.deepEqual(more, []);
    assert.equal(finding?.severity, 'hint');
    assert.equal(finding.fixes[0]?.safe, true);
    assert.equal(fixed(text, finding), withWaivers(waiver({})));
    assert.deepEqual(ofRule(check(text.replace('complete', 'draft')), 'waivers/used'), []);
  });

  test('is not called needless where a rule could not look, or is off', () => {
    const needless = withWaivers(waiver({ rule: 'closure/outcome-valid' }));
    assert.equal(ofRule(check(needless), 'waivers/used').length, 1);
    const unread = `${needless}closure: {proposed_outcome: nonsense}\n`;
    assert.deepEqual(ofRule(check(unread), 'waivers/used'), []);
    const off = policyWith({ 'closure/outcome-valid': 'off' });
    assert.deepEqual(ofRule(check(needless, false, off), 'waivers/used'), []);
  });

  test('of a rule that does not exist is a warning that offers the rule meant and repeats nothing', () => {
    const text = withWaivers(waiver({ rule: 'audit/actions-ownd' }));
    const [finding] = ofRule(check(text), 'waivers/rule-exists');
    assert.equal(finding?.severity, 'warning');
    assert.equal(
      finding.message,
      'No rule has this id, so nothing is waived. Did you mean "audit/actions-owned"?',
    );
    assert.equal(finding.fixes[0]?.safe, false);
    assert.equal(fixed(text, finding), withWaivers(waiver({})));
  });

  test('covers neither form nor syntax, nor another waiver', () => {
    for (const rule of ['schema/not-a-word', 'waivers/in-force']) {
      const text = `${withWaivers(waiver({ rule }), waiver({ until: '2026-03-09' }))}closure: {proposed_outcome: nonsense}\n`;
      const findings = check(text);
      assert.ok(findings.some(finding => finding.rule === rule));
      assert.ok(findings.every(finding => !finding.waived));
      assert.match(ofRule(findings, 'waivers/rule-exists')[0]?.message ?? '', /put right, not waived/);
    }
  });

  test('is as if it were not there when waivers are left out', () => {
    const findings = check(
      withWaivers(waiver({}), waiver({ until: '2026-03-09' }), waiver({ rule: 'a/b' })),
      true,
    );
    assert.ok(findings.every(finding => !finding.waived && !(finding.rule in WAIVER_RULES)));
    assert.equal(ofRule(findings, RULE).length, 2);
  });
});

function fixed(text: string, finding: Finding): string {
  return applyEdits(text, patchToEdits(parseYaml(text), finding.fixes[0]!.patch));
}

describe('a new waiver', () => {
  const begin = (text: string, finding: Finding) => {
    const parsed = parseYaml(text);
    return applyEdits(text, patchToEdits(parsed, waiverPatch(parsed.root, finding)));
  };

  test('leaves reason, author and last day to be written, and covers nothing until they are', () => {
    const text = reviewText({ more: ACTIONS });
    const finding = ofRule(check(text), RULE)[1]!;
    const begun = begin(text, finding);
    const entry = `waivers:
  - rule: audit/actions-owned
    path: "/audit/actions/ACT-2/id"
    reason:
    by:
    until:
`;
    assert.equal(begun, `${text}${entry}`);
    const findings = check(begun);
    assert.deepEqual(
      ofRule(findings, 'schema/missing-field').map(({ severity }) => severity),
      ['error', 'error', 'error'],
    );
    assert.deepEqual(waived(begun), [false, false]);
    const written = begun
      .replace('reason:', 'reason: agreed')
      .replace('by:', 'by: OFF-1D4F6G')
      .replace('until:', 'until: 2026-12-31');
    assert.deepEqual(waived(written), [false, true]);
  });

  test('is not begun twice, nor for what is waived, of form, or failed', () => {
    const text = reviewText({ more: ACTIONS });
    const finding = ofRule(check(text), RULE)[1]!;
    const can = (in_: string, one: Finding) => isWaivable(parseYaml(in_).root, one);
    assert.ok(can(text, finding));
    assert.ok(!can(begin(text, finding), finding));
    assert.ok(!can(text, { ...finding, waived: true }));
    assert.ok(!can(text, { ...finding, rule: 'internal-error' }));
    assert.ok(!can(text, { ...finding, check: '' }));
  });
});

describe('in generated reviews', () => {
  /** A review with waivers of rules at random, some of which find something. */
  const waivedReview = fc
    .tuple(
      generatedReview,
      fc.array(
        fc.record({
          rule: fc.constantFrom(...data.rules.map(rule => rule.id)),
          until: fc.constantFrom('2020-01-01', '2099-12-31'),
        }),
        { minLength: 1, maxLength: 6 },
      ),
      fc.nat(5),
    )
    .map(([text, waivers, more]) => {
      const found = check(text).slice(0, more);
      const rules = found.filter(({ check: name }) => name !== '').map(({ rule }) => rule);
      const all = [...waivers, ...rules.map(rule => ({ rule, until: '2099-12-31' }))];
      return (
        text.replace(/^waivers:[\s\S]*?(?=^\S|(?![\s\S]))/m, '') + `waivers:\n${all.map(waiver).join('')}`
      );
    });
  const said = ({ rule, check: name, severity, message, path, fingerprint }: Finding) =>
    JSON.stringify({ rule, name, severity, message, path, fingerprint });
  const isOwn = ({ rule }: Finding) => rule in WAIVER_RULES;
  const asksOthers = new Set(data.rules.filter(rule => rule.after_others).map(rule => rule.id));

  // But for a rule that asks what failed in the others: what is waived did not fail.
  test('waivers change nothing of a finding but that it is waived', () => {
    fc.assert(
      fc.property(waivedReview, text => {
        const others = (noWaivers: boolean) =>
          check(text, noWaivers).filter(finding => !isOwn(finding) && !asksOthers.has(finding.rule));
        assert.deepEqual(others(false).map(said), others(true).map(said));
      }),
      { numRuns: 60 },
    );
  });

  test('taking out a waiver that covers nothing changes no other finding', () => {
    let removed = 0;
    const rest = (findings: readonly Finding[], except?: Finding) =>
      findings
        .filter(finding => finding !== except)
        .map(({ rule, message, severity, waived = false }) =>
          JSON.stringify({ rule, message, severity, waived }),
        )
        .sort();
    fc.assert(
      fc.property(waivedReview, text => {
        const findings = check(text);
        const unused = ofRule(findings, 'waivers/used')[0];
        if (!unused) return;
        removed++;
        assert.deepEqual(rest(check(fixed(text, unused))), rest(findings, unused));
      }),
      { numRuns: 60 },
    );
    assert.ok(removed > 20, `only ${removed} waivers were removed`);
  });
});
