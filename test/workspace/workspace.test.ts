/** The workspace: configuration found and kept, broken policy reported, linked reviews re-checked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../server/src/engine/report.ts';
import { createWorkspace } from '../../server/src/workspace/review-workspace.ts';
import { MemoryFiles } from '../support/memory-files.ts';

const HERE = 'file:///force/reviews/';
const CONFIG = 'file:///force/case-review.config.yaml';
const A = `${HERE}a.case-review.yaml`;
const B = `${HERE}b.case-review.yaml`;

const review = (id: string, rest = '', state = 'complete') => `schema: case-review/1
review: {id: ${id}, kind: [cse], state: ${state}, reviewed_at: 2026-03-10T10:30:00Z}
${rest}`;

const LATE_VISIT = `recording: {reported_at: 2026-02-02T09:00:00Z, recorded_at: 2026-02-02T10:00:00Z}
victim_contact: {first_seen_at: 2026-02-09T09:00:00Z}
`;
const RECORDED_LATE = `recording: {reported_at: 2026-02-02T09:00:00Z, recorded_at: 2026-02-04T10:00:00Z}
`;

const ruleNamed = (findings: readonly Finding[], rule: string) =>
  findings.find(finding => finding.rule === rule);

function openAll(files: MemoryFiles) {
  const workspace = createWorkspace(files);
  const uris = [...files.files.keys()].filter(uri => uri.includes('.case-review.'));
  const reports = [...workspace.scan(uris)].filter(report => report !== undefined);
  return { workspace, reports: new Map(reports.map(report => [report.uri, report])) };
}

test('a limit nobody published is a warning until the nearest configuration adopts it, then an error', () => {
  const files = new MemoryFiles({ [A]: review('CASE-4T7Q2M', LATE_VISIT) });
  const { workspace, reports } = openAll(files);
  assert.equal(
    ruleNamed(reports.get(A)!.findings, 'victim-contact/child-seen-promptly')?.severity,
    'warning',
  );

  files.files.set(CONFIG, 'adopted:\n  first_visit_h: {by: OFF-9K2M7R, on: 2026-01-05, reference: POL-12}\n');
  assert.ok(workspace.filesChanged([CONFIG]).includes(A));
  assert.equal(
    ruleNamed(workspace.report(A).findings, 'victim-contact/child-seen-promptly')?.severity,
    'error',
  );
});

test('a configuration switches a rule off and changes its severity', () => {
  const files = new MemoryFiles({
    [A]: review('CASE-4T7Q2M', RECORDED_LATE),
    [CONFIG]: 'severities: {recording/within-24-hours: warning}\n',
  });
  const { workspace, reports } = openAll(files);
  assert.equal(ruleNamed(reports.get(A)!.findings, 'recording/within-24-hours')?.severity, 'warning');
  files.files.set(CONFIG, 'severities: {recording/within-24-hours: off}\n');
  workspace.filesChanged([CONFIG]);
  assert.equal(ruleNamed(workspace.report(A).findings, 'recording/within-24-hours'), undefined);
});

test('a broken configuration is reported with its place and the last good one stays in force', () => {
  const files = new MemoryFiles({
    [A]: review('CASE-4T7Q2M', RECORDED_LATE),
    [CONFIG]: 'severities: {recording/within-24-hours: warning}\n',
  });
  const { workspace } = openAll(files);
  files.files.set(CONFIG, 'severitis: {recording/within-24-hours: information}\n');
  workspace.filesChanged([CONFIG]);
  assert.equal(ruleNamed(workspace.report(A).findings, 'recording/within-24-hours')?.severity, 'warning');
  assert.deepEqual(
    workspace.policyProblems().map(({ uri, finding }) => [uri, finding.rule, finding.span.start]),
    [[CONFIG, 'schema/unknown-field', 0]],
  );
  files.files.set(CONFIG, 'severities: {recording/within-24-hours: information}\n');
  workspace.filesChanged([CONFIG]);
  assert.equal(ruleNamed(workspace.report(A).findings, 'recording/within-24-hours')?.severity, 'information');
  assert.deepEqual(workspace.policyProblems(), []);
});

test('a name in the configuration that no pack knows is reported', () => {
  const files = new MemoryFiles({
    [A]: review('CASE-4T7Q2M'),
    [CONFIG]:
      'adopted:\n  first_visti_h: {by: OFF-9K2M7R, on: 2026-01-05, reference: POL-12}\nseverities: {recording/no-such-rule: off}\n',
  });
  const { workspace } = openAll(files);
  assert.deepEqual(
    workspace.policyProblems().map(({ finding }) => finding.rule),
    ['config/unknown-parameter', 'config/unknown-rule'],
  );
});

const FORCE_RULE = `id: local/has-reviewer
ref: LOC-01
title: The review names its reviewer
severity: warning
confidence: local
why: So that somebody can be asked.
sources: []
versions:
  - from: 2020-01-01
    checks:
      - id: named
        require: has(review.reviewer)
        outcome: not-recorded
        at: review.reviewer
        message: The review does not name its reviewer.
examples: []
`;
const PACK = {
  'file:///force/our-pack/pack.yaml':
    'id: our-pack\ntitle: Ours\nversion: "1"\njurisdiction: [england]\nparameters: {}\n',
};
const RULE = 'file:///force/our-pack/local/has-reviewer.yaml';

test("a force's own pack adds a rule to the shipped ones", () => {
  const files = new MemoryFiles({
    [A]: review('CASE-4T7Q2M', RECORDED_LATE),
    [CONFIG]: 'packs: [england-wales, ./our-pack]\n',
    ...PACK,
    [RULE]: FORCE_RULE,
  });
  const { workspace, reports } = openAll(files);
  assert.deepEqual(workspace.policyProblems(), []);
  assert.equal(
    ruleNamed(reports.get(A)!.findings, 'local/has-reviewer')?.message,
    'The review does not name its reviewer.',
  );
  assert.ok(ruleNamed(reports.get(A)!.findings, 'recording/within-24-hours'));
});

test('a rule with a misspelt field is reported in its file; the rest of the pack goes on', () => {
  const files = new MemoryFiles({
    [A]: review('CASE-4T7Q2M', RECORDED_LATE),
    [CONFIG]: 'packs: [england-wales, ./our-pack]\n',
    ...PACK,
    [RULE]: FORCE_RULE.replace('has(review.reviewer)', 'has(review.reviewr) && review.reviewr == ""'),
  });
  const { workspace, reports } = openAll(files);
  const [problem] = workspace.policyProblems();
  assert.equal(problem?.uri, RULE);
  assert.equal(problem?.finding.rule, 'pack/bad-expression');
  assert.match(problem!.finding.message, /reviewr/);
  assert.ok(ruleNamed(reports.get(A)!.findings, 'recording/within-24-hours'));
});

test('an hour clock over days is refused with its place', () => {
  const clock = '{from: closure.finalised_at, to: audit.returned_at, limit: "24", unit: hours}';
  const files = new MemoryFiles({
    [A]: review('CASE-4T7Q2M'),
    [CONFIG]: 'packs: [england-wales, ./our-pack]\n',
    ...PACK,
    [RULE]: FORCE_RULE.replace('require: has(review.reviewer)', `clock: ${clock}`),
  });
  const { workspace } = openAll(files);
  assert.deepEqual(
    workspace.policyProblems().map(({ uri, finding }) => [uri, finding.message]),
    [[RULE, 'An hour clock needs a date with a time.']],
  );
});

test('a rule whose message would print free text is refused', () => {
  for (const leak of [
    'recording.delay_reason',
    'persons.map(p, p.note)',
    'persons.filter(p, true)[0].note',
  ]) {
    const leaking = FORCE_RULE.replace('The review does not name its reviewer.', `'Says: \${${leak}}'`);
    const files = new MemoryFiles({
      [A]: review('CASE-4T7Q2M'),
      [CONFIG]: 'packs: [england-wales, ./our-pack]\n',
      ...PACK,
      [RULE]: leaking,
    });
    const { workspace } = openAll(files);
    assert.deepEqual(
      workspace.policyProblems().map(({ finding }) => finding.message),
      ['A message may not print the free text of a review.'],
      leak,
    );
  }
});

test('a crash in a rule is one internal-error finding and the rest of the report is whole', () => {
  const crashing = FORCE_RULE.replace('has(review.reviewer)', 'recording.offences[0].crime_ref == ""');
  const files = new MemoryFiles({
    [A]: review('CASE-4T7Q2M', RECORDED_LATE),
    [CONFIG]: 'packs: [england-wales, ./our-pack]\n',
    ...PACK,
    [RULE]: crashing,
  });
  const { reports } = openAll(files);
  const { findings } = reports.get(A)!;
  assert.equal(findings.filter(finding => finding.rule === 'internal-error').length, 1);
  assert.ok(ruleNamed(findings, 'recording/within-24-hours'));
});

test('a change in one review re-checks the review that links to it, and nothing else', () => {
  const linksTo = (ref: string) => `links: {cases: [{ref: ${ref}, relation: other_victim}]}\n`;
  const files = new MemoryFiles({
    [A]: review('CASE-4T7Q2M', linksTo('CASE-8N6B3V')),
    [B]: review('CASE-8N6B3V', linksTo('CASE-4T7Q2M')),
    [`${HERE}c.case-review.yaml`]: review('CASE-1D2F3G'),
  });
  const { workspace, reports } = openAll(files);
  assert.equal(ruleNamed(reports.get(A)!.findings, 'linked/points-both-ways'), undefined);
  assert.deepEqual(workspace.openText(B, review('CASE-8N6B3V')), [B, A]);
  assert.ok(ruleNamed(workspace.report(A).findings, 'linked/points-both-ways'));
  assert.deepEqual(workspace.openText(B, `${review('CASE-8N6B3V')}# a remark\n`), [B]);
  assert.deepEqual(workspace.closeText(B), [B, A]);
  assert.equal(ruleNamed(workspace.report(A).findings, 'linked/points-both-ways'), undefined);
});

test('a review checked alone finds its linked neighbour in the folder', () => {
  const linksTo = (ref: string) => `links: {cases: [{ref: ${ref}, relation: other_victim}]}\n`;
  const files = new MemoryFiles({
    [A]: review('CASE-4T7Q2M', linksTo('CASE-8N6B3V')),
    [B]: review('CASE-8N6B3V'),
  });
  const [report] = [...createWorkspace(files).scan([A])].filter(found => found !== undefined);
  assert.ok(ruleNamed(report!.findings, 'linked/points-both-ways'));
});

test('broken YAML in one section leaves the other sections judged and the broken one alone', () => {
  const files = new MemoryFiles({
    [A]: review(
      'CASE-4T7Q2M',
      `${RECORDED_LATE}victim_contact:\n  first_seen_at: [2026\nclosure:\n  proposed_outcome: 19\n`,
    ),
  });
  const { reports } = openAll(files);
  const rules = reports.get(A)!.findings.map(finding => finding.rule);
  assert.ok(rules.some(rule => rule.startsWith('syntax/')));
  assert.ok(rules.includes('recording/within-24-hours'));
  assert.ok(!rules.some(rule => rule.startsWith('victim-contact/')));
  assert.ok(
    !rules.some(rule => rule.startsWith('suspect-tracing/')),
    'an absent section may be what the mistake hid',
  );
});

test('the as-of date decides, and a review without one is silent about what needs it', () => {
  const files = new MemoryFiles({
    [A]: review('CASE-4T7Q2M', 'recording: {reported_at: 2026-03-10T09:00:00Z}\n'),
  });
  const asOf = (date: string) =>
    createWorkspace(files, { asOf: date })
      .report(A)
      .findings.find(finding => finding.rule === 'recording/within-24-hours')?.outcome;
  assert.equal(asOf('2026-03-10T10:00:00Z'), 'due-soon');
  assert.equal(asOf('2026-03-12'), 'not-recorded');
});

test('a scan judges each review as soon as its links are read, and reads each file once', () => {
  const linksTo = (ref: string) => `links: {cases: [{ref: ${ref}, relation: missing_episode}]}\n`;
  const own = `${linksTo('MIS-2C5D7F')}missing: [{ref: MIS-2C5D7F}]\n`;
  const C = `${HERE}c.case-review.yaml`;
  const files = new MemoryFiles({
    [A]: review('CASE-4T7Q2M', linksTo('CASE-1D2F3G')),
    [B]: review('CASE-8N6B3V', own),
    [C]: review('CASE-1D2F3G'),
  });
  const reads: string[] = [];
  const read = files.read.bind(files);
  files.read = uri => {
    if (uri.includes('.case-review.yaml')) reads.push(uri);
    return read(uri);
  };
  const order = [...createWorkspace(files).scan([A, B, C])].map(report => report?.uri);
  assert.deepEqual(order, [undefined, B, C, A]);
  assert.deepEqual(reads, [A, B, C]);
});

test('a missing episode of this very review is asked of no other, whichever of them is read first', () => {
  const linked = 'links: {cases: [{ref: MIS-2C5D7F, relation: missing_episode}]}\n';
  const own = `${linked}missing: [{ref: MIS-2C5D7F}]\n`;
  const other = 'missing: [{ref: MIS-2C5D7F}]\n';
  for (const [mine, theirs] of [
    [A, B],
    [B, A],
  ] as const) {
    const files = { [mine]: review('CASE-4T7Q2M', own), [theirs]: review('CASE-8N6B3V', other) };
    const { workspace, reports } = openAll(new MemoryFiles(files));
    assert.deepEqual(reports.get(mine)!.findings, workspace.report(mine).findings);
    assert.equal(ruleNamed(reports.get(mine)!.findings, 'linked/points-both-ways'), undefined);
  }
});

test('an episode added to a linked review is counted by the review that links to it, and by no other', () => {
  const episodes = (...refs: string[]) =>
    `missing:\n${refs.map(ref => `  - {ref: ${ref}, child: VIC-7H3K9Q, reported_at: 2026-02-10T22:00:00Z}`).join('\n')}\n`;
  const newest =
    'missing: [{ref: MIS-7N9P2Q, child: VIC-7H3K9Q, reported_at: 2026-02-20T22:00:00Z, earlier_episodes: 0}]\n';
  const C = `${HERE}c.case-review.yaml`;
  const files = new MemoryFiles({
    [A]: review('CASE-4T7Q2M', `links: {cases: [{ref: CASE-8N6B3V, relation: same_victim}]}\n${newest}`),
    [B]: review('CASE-8N6B3V', episodes('MIS-4G6H8J')),
    [C]: review('CASE-1F3G5H', newest),
  });
  const { workspace } = openAll(files);
  const asked = (uri: string) =>
    workspace
      .report(uri)
      .findings.some(
        finding => finding.rule === 'missing/return-followed-up' && finding.check === 'no-meeting',
      );
  assert.ok(!asked(A));
  files.files.set(B, review('CASE-8N6B3V', episodes('MIS-4G6H8J', 'MIS-6K8M1N')));
  assert.ok(workspace.filesChanged([B]).includes(A));
  assert.ok(asked(A));
  assert.ok(!asked(C));
});
