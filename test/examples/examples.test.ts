/**
 * The examples a user reads first, judged by the real engine. `expected.txt` lists every finding of every file; it is
 * read by people, so run with UPDATE=1 only to see what changed, and then read it.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/engine/apply-edits.ts';
import { patchToEdits } from '../../server/src/engine/patch-to-edits.ts';
import { createDiskFiles } from '../../server/src/files/disk-files.ts';
import { createWorkspace } from '../../server/src/workspace/review-workspace.ts';
import { repositoryRoot } from '../support/shipped-pack.ts';
import { examplesFolder, findingLine, readExamples } from './read-examples.ts';

const EXPECTED = `${repositoryRoot}test/examples/expected.txt`;
const FAILINGS = ['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'F10'];
const EXEMPLARY = 'CASE-2K7M4R';
const DRAFT = 'CASE-6D1P8W';
const BROKEN = 'CASE-8S5D3F';
const SLIPS = 'CASE-3X7H1P';
const SIDE_BY_SIDE = 'CASE-6B2R8M';

const { workspace, all, named } = readExamples();
const findings = all.flatMap(({ report }) => report.findings);
const readme = readFileSync(`${examplesFolder}README.md`, 'utf8');

test('each example gives exactly the findings listed for it', () => {
  const found = all
    .map(example =>
      [
        `# ${example.name}`,
        ...example.report.findings.map(finding => findingLine(example, finding)),
        '',
      ].join('\n'),
    )
    .join('\n');
  if (process.env.UPDATE) writeFileSync(EXPECTED, found);
  assert.equal(found, readFileSync(EXPECTED, 'utf8'));
});

test('each file is named after its review and is neither ignored nor misconfigured', () => {
  assert.ok(all.length >= 12);
  for (const { name, uri, report } of all) {
    assert.equal(name, `${report.id}.case-review.yaml`);
    assert.ok(!workspace.isIgnored(uri), name);
  }
  assert.deepEqual(workspace.policyProblems(), []);
});

test('the exemplary review is clean', () => {
  assert.deepEqual(named(EXEMPLARY).report.findings, []);
});

test('the draft shows hints and what is due soon, and nothing worse', () => {
  const { findings: inDraft, state } = named(DRAFT).report;
  assert.equal(state, 'draft');
  assert.deepEqual([...new Set(inDraft.map(finding => finding.severity))].sort(), ['hint', 'information']);
  assert.ok(inDraft.some(finding => finding.outcome === 'due-soon'));
});

for (const failing of FAILINGS) {
  test(`${failing} is shown by a finding of a rule that catches it`, () => {
    const catching = all.flatMap(({ uri, report }) => {
      const rules = new Set(
        workspace
          .rules(uri)
          .filter(rule => rule.catches.includes(failing))
          .map(rule => rule.id),
      );
      return report.findings.filter(
        finding =>
          rules.has(finding.rule) && (finding.severity === 'error' || finding.severity === 'warning'),
      );
    });
    assert.notEqual(catching.length, 0);
  });
}

test('a link that points one way is reported, one that points both ways is not', () => {
  const oneWay = (id: string) =>
    named(id).report.findings.filter(finding => finding.rule === 'linked/points-both-ways');
  assert.equal(oneWay('CASE-5R2X9D').length, 1);
  for (const id of [EXEMPLARY, 'CASE-8N3V6B']) assert.deepEqual(oneWay(id), []);
});

test('a published limit is an error beside an unpublished one, a warning, until it is adopted', () => {
  const { findings: mixed } = named(SIDE_BY_SIDE).report;
  const severities = (confidence: string) =>
    mixed
      .filter(finding => finding.outcome === 'breach' && finding.confidence === confidence)
      .map(finding => finding.severity);
  assert.ok(severities('published').includes('error'));
  assert.ok(severities('local').includes('warning'));
  const visit = named('CASE-4W9G7N').report.findings.find(
    finding => finding.rule === 'victim-contact/child-seen-promptly',
  );
  assert.equal(visit?.confidence, 'local');
  assert.equal(visit.severity, 'error');
});

test('broken YAML costs its own section and nothing else', () => {
  const rules = named(BROKEN).report.findings.map(finding => finding.rule);
  assert.ok(rules.some(rule => rule.startsWith('syntax/')));
  assert.ok(rules.some(rule => !rule.startsWith('syntax/')));
});

test('most slips of form have their correction on offer', () => {
  const slips = named(SLIPS).report.findings.filter(finding => finding.rule.startsWith('schema/'));
  assert.ok(slips.length >= 10);
  assert.ok(slips.filter(finding => finding.fixes.length > 0).length > slips.length / 2);
});

test('every fix on offer mends its finding and breaks nothing', () => {
  for (const { name, uri, text, report } of all) {
    const rulesBefore = new Set(report.findings.map(finding => finding.rule));
    for (const finding of report.findings) {
      for (const fix of finding.fixes) {
        const fixed = createWorkspace(createDiskFiles());
        fixed.openText(uri, applyEdits(text, patchToEdits(workspace.parsed(uri), fix.patch)));
        const after = fixed.report(uri).findings;
        const label = `${name}: ${fix.title}`;
        assert.ok(
          !after.some(
            ({ fingerprint, message }) => fingerprint === finding.fingerprint && message === finding.message,
          ),
          label,
        );
        assert.deepEqual(
          after.filter(({ rule }) => !rulesBefore.has(rule)),
          [],
          label,
        );
      }
    }
  }
});

test('no example holds what looks like an identifier', () => {
  for (const { name, text } of all) {
    for (const [kind, holds] of Object.entries(IDENTIFIERS)) {
      const hit = text.split('\n').findIndex(line => holds(line));
      assert.equal(hit, -1, `${kind} in ${name}, line ${hit + 1}`);
    }
  }
});

test('the detectors of identifiers see what they are for', () => {
  const samples: Record<string, string> = {
    'NHS number': 'number 943 476 5919',
    'National Insurance number': 'QQ is barred, AB 12 34 56 C is not',
    postcode: 'lives at SW1A 1AA',
    'PNC id': 'PNC 2003/0062845E',
    phone: 'rang 07700 900123',
    email: 'wrote to someone@example.org',
    'date of birth': 'dob 2011-04-05',
    'vehicle registration': 'a car, AB12 CDE',
  };
  for (const [kind, sample] of Object.entries(samples)) assert.ok(IDENTIFIERS[kind]!(sample), kind);
});

test('every ref has the shape of a pseudonym', () => {
  for (const { name, text } of all) {
    const refs = text.match(/\b(?:VIC|SUS|ASC|WIT|OFF|CASE|MIS)-\w*\d\w*/gi) ?? [];
    const odd = refs.filter(ref => !/^(VIC|SUS|ASC|WIT|OFF|CASE|MIS)-([0-9][A-HJKMNP-TV-Z]){3}$/.test(ref));
    assert.deepEqual(odd, name.startsWith(SLIPS) ? ['sus-3K9D7M'] : [], name);
  }
});

test('every officer, child and suspect a review refers to is among its persons', () => {
  for (const { name, text } of all) {
    const listed = new Set(text.match(/(?<=ref: )(?:VIC|SUS|ASC|WIT|OFF)-\w+/g));
    const reviewers = new Set(text.match(/(?<=reviewer: )OFF-\w+/g));
    const body = text.slice(text.indexOf('\nrecording:'), text.indexOf('\ngrades:') + 1 || undefined);
    const unknown = (body.match(/\b(?:VIC|SUS|ASC|WIT|OFF)-\w+/g) ?? []).filter(
      ref => !listed.has(ref) && !reviewers.has(ref),
    );
    assert.deepEqual(unknown, [], name);
  }
});

test('the README names every file and says that everything is invented', () => {
  for (const { name } of all) assert.ok(readme.includes(`(${name})`), name);
  assert.ok(readme.includes('case-review.config.yaml'));
  assert.match(readme, /invented/);
});

test('the README shows beside each file the failings that its findings catch', () => {
  for (const { name, uri, report } of all) {
    const catches = new Map(workspace.rules(uri).map(rule => [rule.id, rule.catches]));
    const shown = new Set(
      report.findings
        .filter(({ severity }) => severity === 'error' || severity === 'warning')
        .flatMap(finding => catches.get(finding.rule) ?? []),
    );
    const row = readme.split('\n').find(line => line.includes(`(${name})`)) ?? '';
    assert.deepEqual(
      row.match(/\bF\d+\b/g) ?? [],
      FAILINGS.filter(failing => shown.has(failing)),
      name,
    );
  }
});

test('a finding has a message that ends as a sentence and a place that is not empty', () => {
  for (const { message, span, rule } of findings) {
    assert.match(message, /[.?]$/, rule);
    assert.ok(span.end > span.start, `${rule}: ${message}`);
  }
});

/** Simple detectors of identifiers, each for a line of text. */
const IDENTIFIERS: Readonly<Record<string, (line: string) => boolean>> = {
  'NHS number': line => (line.match(/\b\d{3}[ -]?\d{3}[ -]?\d{4}\b/g) ?? []).some(isNhsNumber),
  'National Insurance number': line =>
    /\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b/.test(line),
  postcode: line => /\b(?:GIR ?0AA|[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})\b/.test(line),
  'PNC id': line => /\b(?:19|20)?\d{2}\/\d{1,7}[A-HJ-NP-RT-Z]\b/.test(line),
  phone: line => /(?:\+44 ?|\b0)(?:\d ?){9,10}/.test(line),
  email: line => /[\w.+-]+@[\w-]+\.\w+/.test(line),
  'date of birth': line => /\b(?:dob|born)\b/i.test(line),
  'vehicle registration': line => /\b[A-Z]{2}\d{2} ?[A-Z]{3}\b/.test(line),
};

function isNhsNumber(text: string): boolean {
  const digits = [...text.replace(/\D/g, '')].map(Number);
  const sum = digits.slice(0, 9).reduce((total, digit, k) => total + digit * (10 - k), 0);
  const check = (11 - (sum % 11)) % 11;
  return check !== 10 && check === digits[9];
}
