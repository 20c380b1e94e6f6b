import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseYaml } from '../../server/src/engine/parse-yaml.ts';
import { createSchemaGuide } from '../../server/src/engine/schema-guide.ts';
import { SHAPE_RULES } from '../../server/src/engine/shape-messages.ts';
import { type ShapeFinding, validateReview, validateShape } from '../../server/src/engine/validate-shape.ts';
import { readConfigSchema } from '../../server/src/generated/schemas.js';
import { validateConfig } from '../../server/src/generated/validators.js';

const HEADER = `schema: case-review/1
review:
  id: CASE-4T7Q2M
  kind: [cse]
  state: draft
  reviewed_at: 2026-03-10T10:30:00Z
`;

const SOUND = `${HEADER}persons:
  - {ref: VIC-7H3K9Q, category: victim, sex: female, age_band_at_offence: "13_15"}
  - ref: SUS-2M8X4T          # still to be found
    category: suspect
    status: identified_not_located
    bail:
  - {ref: OFF-1D4F6G, category: officer, role: oic, accreditation: [pip2]}
recording:
  reported_at: 2026-02-02T21:10:00Z
  recorded_at: 2026-02-03T16:40:00+01:00
  decision: {recorded: true, basis: balance_of_probabilities}
  offences:
    - {crime_ref: CR-26-000142, class: "22B", victim: VIC-7H3K9Q, principal: true}
  n100: {code: 2}
victim_contact:
  log:
    - {at: 2026-02-05, with: [VIC-7H3K9Q, parent], mode: in_person}
    - {at: 2026-02-20T10:00:00Z, mode: phone}
suspect_strategy:
  steps:
    pnc: {state: done, at: 2026-02-03}
    cctv: {state: not_applicable, reason: no cameras}
closure: {proposed_outcome: 18}
`;

/** Each finding as one line: rule, the text marked, and what it says. */
function findingsIn(text: string): string[] {
  const parsed = parseYaml(text);
  return validateReview(parsed).findings.map(
    ({ rule, span, message }) => `${rule} [${text.slice(span.start, span.end)}] ${message}`,
  );
}

/** The only finding of a text. */
function findingIn(text: string): ShapeFinding & { readonly marked: string } {
  const { findings } = validateReview(parseYaml(text));
  assert.equal(findings.length, 1, findings.map(({ message }) => message).join('\n'));
  const finding = findings[0]!;
  return { ...finding, marked: text.slice(finding.span.start, finding.span.end) };
}

const withSection = (section: string) => `${HEADER}${section}\n`;

describe('a sound review', () => {
  it('has no findings, and an empty value counts as absent', () => {
    assert.deepEqual(findingsIn(SOUND), []);
  });

  it('may leave everything out that is not what makes it a review', () => {
    assert.deepEqual(findingsIn(HEADER), []);
  });
});

describe('a file that is not a review', () => {
  it('has one finding when it is empty', () => {
    for (const text of ['', '\n\n', '# only a comment\n', '---\n']) {
      const finding = findingIn(text);
      assert.equal(finding.rule, 'schema/empty-file');
      assert.deepEqual([...validateReview(parseYaml(text)).rejected], ['']);
    }
  });

  it('has one finding when its root is a list or a text', () => {
    for (const text of ['- a\n- b\n', 'just some words\n']) {
      assert.equal(findingIn(text).rule, 'schema/not-a-map');
    }
  });

  it('has no finding here when the parser could not read it', () => {
    assert.deepEqual(findingsIn('\0'), []);
  });
});

describe('an unknown field', () => {
  it('is marked at its key and gets the near name', () => {
    const finding = findingIn(HEADER.replace('state:', 'stat:'));
    assert.equal(finding.rule, 'schema/unknown-field');
    assert.equal(finding.marked, 'stat');
    assert.equal(finding.message, 'Review has no field of this name. Did you mean "state"?');
  });

  it('offers a rename, safe only where the name differs in form alone', () => {
    const misspelt = findingIn(withSection('markng: OFFICIAL')).fixes;
    assert.deepEqual(misspelt, [
      {
        title: 'Rename to "marking"',
        safe: false,
        patch: [{ op: 'rename', path: '/markng', value: 'marking' }],
      },
    ]);
    const otherForm = findingIn(withSection('victimContact: {ack_sent_at: 2026-02-05}')).fixes;
    assert.deepEqual(
      otherForm.map(({ title, safe }) => [title, safe]),
      [['Rename to "victim_contact"', true]],
    );
  });

  it('also hides the field it was meant for, so that no rule calls it missing', () => {
    const { rejected } = validateReview(
      parseYaml(withSection('recording:\n  recorded_ta: 2026-02-03T16:40:00Z')),
    );
    assert.ok(rejected.has('/recording/recorded_at'));
    assert.ok(!rejected.has('/recording/reported_at'));
  });

  it('is not taken for a field that is there already', () => {
    const finding = findingIn(withSection('closure: {rationale: x, rationales: y}'));
    assert.deepEqual(finding.fixes, []);
  });

  it('is told where a field of its name belongs', () => {
    const text = withSection('recorded_at: 2026-02-03T16:40:00Z');
    assert.match(findingIn(text).message, /belongs under "recording"/);
    assert.ok(validateReview(parseYaml(text)).rejected.has('/recording/recorded_at'));
    const indented = HEADER.replace('  state:', '  persons: []\n  state:');
    assert.match(findingIn(indented).message, /section of its own; check the indentation/);
  });

  it('never appears in the message or the path, since it may be a name', () => {
    const finding = findingIn(withSection('Zebedee Quux: x'));
    const { span: _, marked, ...shown } = finding;
    assert.equal(marked, 'Zebedee Quux');
    assert.doesNotMatch(JSON.stringify(shown), /Zebedee/);
  });

  it('in a map by words is a key that is not a word', () => {
    const finding = findingIn(withSection('suspect_strategy:\n  steps:\n    pndd: {state: done}'));
    assert.equal(finding.rule, 'schema/not-a-word');
    assert.equal(finding.marked, 'pndd');
    assert.match(finding.message, /^Tracing steps: .*Did you mean "pnd"\?$/);
  });
});

describe('a missing field', () => {
  it('is marked at the nearest key that is there', () => {
    const finding = findingIn(withSection('persons:\n  - category: victim'));
    assert.equal(finding.rule, 'schema/missing-field');
    assert.equal(finding.marked, 'category');
    assert.equal(finding.path, '/persons/0/ref');
    assert.match(finding.message, /^Person needs "ref": /);
  });

  it('is added where only one value is possible', () => {
    const finding = findingIn(HEADER.replace('schema: case-review/1\n', ''));
    assert.deepEqual(finding.fixes, [
      { title: 'Add "schema"', safe: true, patch: [{ op: 'add', path: '/schema', value: 'case-review/1' }] },
    ]);
  });

  it('is hidden from rules', () => {
    assert.ok(validateReview(parseYaml('schema: case-review/1\n')).rejected.has('/review'));
  });
});

describe('a word that is not in its vocabulary', () => {
  it('is marked at the value and gets the near word', () => {
    const finding = findingIn(HEADER.replace('draft', 'darft'));
    assert.equal(finding.rule, 'schema/not-a-word');
    assert.equal(finding.marked, 'darft');
    assert.match(finding.message, /Did you mean "draft"\?/);
    assert.equal(finding.fixes[0]?.safe, false);
  });

  it('in other capitals is put right safely', () => {
    assert.equal(findingIn(HEADER.replace('draft', 'Draft')).fixes[0]?.safe, true);
  });

  it('gets the allowed words where none is near', () => {
    const finding = findingIn(HEADER.replace('draft', 'xxxxxxxx'));
    assert.equal(finding.message, 'State: this is not one of the words allowed. Use draft, complete.');
  });

  it('gets the first dozen of a long vocabulary', () => {
    const finding = findingIn(withSection('closure: {proposed_outcome: 99}'));
    assert.match(finding.message, /Use 0, 1, .*, 11, … \(23 words; see completion\)\.$/);
  });

  it('written as a number gets its quotes safely', () => {
    const finding = findingIn(withSection('recording: {offences: [{crime_ref: A1, class: 21}]}'));
    assert.equal(finding.rule, 'schema/needs-quotes');
    assert.match(finding.message, /write "21" in quotes/);
    assert.deepEqual(finding.fixes[0]?.patch, [
      { op: 'replace', path: '/recording/offences/0/class', value: '21' },
    ]);
    assert.equal(finding.fixes[0]?.safe, true);
  });

  it('written in quotes where a number is wanted loses them safely', () => {
    const finding = findingIn(withSection('closure: {proposed_outcome: "18"}'));
    assert.deepEqual(finding.fixes[0]?.patch, [
      { op: 'replace', path: '/closure/proposed_outcome', value: 18 },
    ]);
  });

  it('where a ref may stand too has one finding and not one for each form', () => {
    const finding = findingIn(withSection('victim_contact: {log: [{at: 2026-02-05, with: [Zebedee]}]}'));
    assert.equal(finding.rule, 'schema/bad-form');
    assert.doesNotMatch(finding.message, /Zebedee/);
  });
});

describe('a value of the wrong kind', () => {
  it('says how a list is written, and marks the key', () => {
    const finding = findingIn(withSection('persons:\n  ref: VIC-7H3K9Q\n  category: victim'));
    assert.equal(finding.rule, 'schema/wrong-type');
    assert.equal(finding.marked, 'persons');
    assert.equal(finding.message, 'Persons is a list; write each entry behind a dash.');
  });

  it('makes a list of a single word safely', () => {
    const finding = findingIn(HEADER.replace('[cse]', 'cse'));
    assert.deepEqual(finding.fixes[0]?.patch, [{ op: 'replace', path: '/review/kind', value: ['cse'] }]);
  });

  it('puts a bare answer under its field safely', () => {
    const finding = findingIn(withSection('suspect_strategy: {steps: {pnc: done}}'));
    assert.match(finding.message, /^Police National Computer/);
    assert.deepEqual(finding.fixes[0]?.patch, [
      { op: 'replace', path: '/suspect_strategy/steps/pnc', value: { state: 'done' } },
    ]);
  });

  it('keeps the leading noughts of a reference that lacks its quotes', () => {
    const finding = findingIn(withSection('recording: {incident_ref: 0142}'));
    assert.deepEqual(finding.fixes[0]?.patch, [
      { op: 'replace', path: '/recording/incident_ref', value: '0142' },
    ]);
  });

  it('reads the yes of older YAML as true', () => {
    const finding = findingIn(withSection('audit: {returned: yes}'));
    assert.deepEqual(finding.fixes[0]?.patch, [{ op: 'replace', path: '/audit/returned', value: true }]);
  });

  it('hides what it spoils from rules, and nothing else', () => {
    const { rejected } = validateReview(
      parseYaml(withSection('audit: {returned: yes, immediate_risk: true}')),
    );
    assert.deepEqual([...rejected], ['/audit/returned']);
  });
});

describe('a date', () => {
  const reported = (value: string) => findingIn(withSection(`recording: {reported_at: ${value}}`));
  const due = (value: string) => findingIn(withSection(`actions: [{id: ACT-1, due: ${value}}]`));

  it('without a time where hours count is told to add time and zone', () => {
    assert.match(reported('2026-02-03').message, /hours count here, so add a time and a zone/);
  });

  it('that does not exist is told so', () => {
    for (const finding of [reported('2026-02-30T10:00:00Z'), due('2026-02-30'), due('2026-13-01')]) {
      assert.equal(finding.rule, 'schema/bad-date');
      assert.match(finding.message, /does not exist/);
      assert.deepEqual(finding.fixes, []);
    }
  });

  it('without a zone may get Z, which is a guess', () => {
    const finding = reported('2026-02-03T15:40:00');
    assert.match(finding.message, /has no zone/);
    assert.deepEqual(
      finding.fixes.map(({ safe, patch }) => [safe, patch[0]?.value]),
      [[false, '2026-02-03T15:40:00Z']],
    );
  });

  it('without seconds gets them safely', () => {
    const finding = reported('2026-02-03T15:40Z');
    assert.deepEqual(
      finding.fixes.map(({ safe, patch }) => [safe, patch[0]?.value]),
      [[true, '2026-02-03T15:40:00Z']],
    );
  });

  it('with the day first may be turned round, which is a guess', () => {
    const finding = due('03/02/2026');
    assert.match(finding.message, /year first, such as 2026-02-03/);
    assert.deepEqual(
      finding.fixes.map(({ safe, patch }) => [safe, patch[0]?.value]),
      [[false, '2026-02-03']],
    );
  });

  it('that is a bare year has the same finding and not one about quotes', () => {
    assert.equal(due('2026').rule, 'schema/bad-date');
  });
});

describe('a ref', () => {
  it('in small letters gets capitals safely', () => {
    const finding = findingIn(HEADER.replace('CASE-4T7Q2M', 'case-4t7q2m'));
    assert.equal(finding.rule, 'schema/bad-form');
    assert.deepEqual(
      finding.fixes.map(({ safe, patch }) => [safe, patch[0]?.value]),
      [[true, 'CASE-4T7Q2M']],
    );
  });

  it('of another kind is told which kind is wanted', () => {
    const finding = findingIn(withSection('supervision: {supervisor: SUS-2M8X4T}'));
    assert.match(finding.message, /^Supervisor: .*OFF-/);
  });
});

it('an empty entry of a list has one finding, at its dash', () => {
  const finding = findingIn(withSection('persons:\n  -\n  - {ref: VIC-7H3K9Q, category: victim}'));
  assert.equal(finding.rule, 'schema/empty-entry');
  assert.equal(finding.marked, '-');
  assert.match(finding.message, /Write a person behind the dash/);
});

it('findings stand in the order of the text', () => {
  const { findings } = validateReview(
    parseYaml(withSection('x1: 1\naudit: {returned: yes}\npersons:\n  - {}\nx2: 2')),
  );
  const starts = findings.map(({ span }) => span.start);
  assert.deepEqual(
    starts,
    [...starts].sort((a, b) => a - b),
  );
  assert.equal(findings.length, 5);
});

it('a merge key is left to the parser', () => {
  assert.deepEqual(findingsIn(withSection('audit:\n  <<: {returned: true}')), []);
});

describe('a configuration', () => {
  const guide = createSchemaGuide(readConfigSchema);
  const check = (text: string) => validateShape(parseYaml(text), validateConfig, guide).findings;

  it('is judged by its own schema', () => {
    const sound = `packs: [england-wales, ./our-pack]
adopted:
  first_visit_h: {value: 48, by: head of public protection, on: 2026-01-05, reference: PP-12}
severities: {recording/within-24-hours: warning}
ignore: ["archive/**"]
`;
    assert.deepEqual(check(sound), []);
  });

  it('has one finding for a value that fits none of several forms', () => {
    const findings = check('adopted: {first_visit_h: {value: {a: 1}, by: board, on: 2026-01-05}}\n');
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['schema/wrong-type'],
    );
  });

  it('gets the near word for a severity', () => {
    assert.match(check('severities: {a/b: warn}\n')[0]?.message ?? '', /Did you mean "warning"\?/);
  });
});

describe('whatever the text', () => {
  /** A sound review with stretches of it replaced. */
  const mutated = fc
    .array(
      fc.record({
        at: fc.nat({ max: SOUND.length }),
        length: fc.nat({ max: 12 }),
        insert: fc.oneof(
          fc.constantFrom(
            '',
            ' ',
            '\n',
            '- ',
            ': ',
            '{',
            '}',
            '[',
            ']',
            '"',
            '#',
            'null',
            '7',
            '*a',
            '&a ',
            '__proto__: 1',
          ),
          fc.string({ maxLength: 6 }),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map(changes =>
      changes.reduce(
        (text, { at, length, insert }) => text.slice(0, at) + insert + text.slice(at + length),
        SOUND,
      ),
    );

  it('validating never throws, spans lie in the text, and every rule id is known', () => {
    fc.assert(
      fc.property(fc.oneof(mutated, fc.string()), text => {
        for (const { rule, span, message } of validateReview(parseYaml(text)).findings) {
          assert.ok(Object.hasOwn(SHAPE_RULES, rule));
          assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length);
          assert.notEqual(message, '');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('the same text gives the same findings', () => {
    fc.assert(
      fc.property(mutated, text => {
        assert.deepEqual(validateReview(parseYaml(text)), validateReview(parseYaml(text)));
      }),
    );
  });

  it('no message repeats a key or value that is not the schema’s own', () => {
    const secret = 'Qzxvbnam';
    const spoilt = fc.nat({ max: 60 }).map(n => {
      const words = [...SOUND.matchAll(/[\w-]+(?=[,:}\]\s])/g)];
      const word = words[n % words.length];
      const at = word?.index ?? 0;
      return SOUND.slice(0, at) + secret + SOUND.slice(at + (word?.[0].length ?? 0));
    });
    fc.assert(
      fc.property(spoilt, text => {
        for (const { message, path, fixes } of validateReview(parseYaml(text)).findings) {
          const shown = [message, path, ...fixes.map(({ title }) => title)].join(' ');
          assert.doesNotMatch(shown, new RegExp(secret));
        }
      }),
    );
  });

  it('a file of nothing but mistakes is read in seconds and reported in part, with every place hidden from rules', () => {
    const lines = 20_000;
    const { findings, rejected } = validateReview(
      parseYaml(`${HEADER}persons:\n${'  - {reff: a, catgory: b}\n'.repeat(lines)}`),
    );
    assert.equal(findings.length, 200);
    assert.ok(rejected.has(`/persons/${lines - 1}/ref`));
  });

  it('a text that is sound stays sound with Windows line ends', () => {
    assert.deepEqual(findingsIn(SOUND.replaceAll('\n', '\r\n')), []);
  });
});
