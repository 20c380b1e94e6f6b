/** Every kind of mistake in a pack is a problem of its own file, at its place, and the rest of the pack goes on. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkPack } from '../../server/src/check/check-pack.ts';
import { loadPack } from '../../server/src/workspace/load-pack.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { FORCE_PACK } from '../support/reviews.ts';

const ROOT = 'file:///w/';
const RULE = 'policies/force/recording/recorded-in-time.yaml';
const PACK = 'policies/force/pack.yaml';
const VERSIONS = FORCE_PACK[RULE]!.indexOf('versions:');

/** The problems of the pack with other files in it: which file, which rule, which text is marked, what is said. */
function problemsOf(
  changed: Readonly<Record<string, string>>,
  leftOut: readonly string[] = ['pack/no-example', 'pack/unused-parameter'],
): string[][] {
  const all = { ...FORCE_PACK, ...changed };
  const files = new MemoryFiles(
    Object.fromEntries(Object.entries(all).map(([name, text]) => [ROOT + name, text])),
  );
  return checkPack(loadPack(files, `${ROOT}policies/force/`), [])
    .filter(({ finding }) => !leftOut.includes(finding.rule))
    .map(({ uri, finding: { rule, span, message } }) => {
      const name = uri.slice(ROOT.length);
      return [name, rule, all[name as keyof typeof all]!.slice(span.start, span.end), message];
    });
}

const inRule = (from: string, to: string) => ({ [RULE]: FORCE_PACK[RULE]!.replace(from, to) });
const withVersions = (text: string) => ({ [RULE]: FORCE_PACK[RULE]!.slice(0, VERSIONS) + text });

describe('a pack', () => {
  it('that is in order has no problems', () => {
    assert.deepEqual(problemsOf({}), []);
  });

  it('says so of a misspelt field inside has() too, which the library lets pass', () => {
    const slip = inRule(
      'checks:',
      "checks:\n      - {id: slip, require: 'persons.all(p, has(p.bail.strat))', at: persons, message: x}",
    );
    assert.deepEqual(
      problemsOf(slip).map(([, rule, marked, message]) => [rule, marked, message]),
      [['pack/bad-expression', 'strat', 'There is no field "strat" here. Did you mean "start"?']],
    );
  });

  it('names the parameters that no rule reads', () => {
    const unread = inRule('limit: params.record_h', 'limit: "24"');
    assert.deepEqual(problemsOf(unread, ['pack/no-example']), [
      [
        PACK,
        'pack/unused-parameter',
        'record_h',
        'No rule of this pack, or of those it stands on, reads this parameter.',
      ],
    ]);
  });

  it('says of every expression what is wrong with it, where it stands in the text', () => {
    const rule = `versions:
  - from: 2016-01-01
    checks:
      - id: late
        each: persons
        as: person
        when: person.rol == "oic"
        let:
          late: >-
            has(recording.reported_at) &&
            recording.reported_att > as_of
        require: 'person.ref == 1 + '
        at: persom.ref
        message: 'Of \${person.reff} it''s \${late + 1} and \${person.ref'
examples: []
`;
    assert.deepEqual(
      problemsOf(withVersions(rule)).map(([, , marked, message]) => [marked, message]),
      [
        ['rol', 'There is no field "rol" here. Did you mean "role"?'],
        ['reported_att', 'There is no field "reported_att" here. Did you mean "reported_at"?'],
        ["'", 'The expression ends too soon.'],
        ['persom', 'Nothing is called "persom" here. Did you mean "person"?'],
        ['reff', 'There is no field "reff" here. Did you mean "ref"?'],
        ['${person.ref', '"${" has no closing "}".'],
      ],
    );
  });

  it('has one rule for an id', () => {
    const twin = FORCE_PACK[RULE]!;
    const [problem, ...others] = problemsOf({ 'policies/force/recording/twin.yaml': twin });
    assert.deepEqual(others, []);
    assert.deepEqual(problem?.slice(0, 3), [
      'policies/force/recording/twin.yaml',
      'pack/duplicate-rule',
      'recording/recorded-in-time',
    ]);
    assert.match(problem?.[3] ?? '', /recording\/recorded-in-time\.yaml/);
  });

  it('names a rule by its folder and file', () => {
    const problems = problemsOf(inRule('id: recording/recorded-in-time', 'id: recording/in-time'));
    assert.deepEqual(
      problems.map(problem => problem.slice(1, 3)),
      [['pack/id-and-file', 'recording/in-time']],
    );
  });

  it('has versions that join without a gap and without overlap', () => {
    const version = (dates: string) => `  - ${dates}
    checks:
      - {id: late, require: has(recording.recorded_at), at: recording.recorded_at, message: Late.}
`;
    const joined = (...dates: string[]) =>
      problemsOf(withVersions(`versions:\n${dates.map(version).join('')}examples: []\n`)).map(problem =>
        problem.slice(1, 3),
      );
    assert.deepEqual(joined('from: 2016-01-01\n    until: 2019-12-31', 'from: 2020-01-01'), []);
    const gap = ['pack/version-gap', '2019-12-30'];
    assert.deepEqual(joined('from: 2016-01-01\n    until: 2019-12-30', 'from: 2020-01-01'), [gap]);
    assert.deepEqual(joined('from: 2016-01-01', 'from: 2020-01-01'), [['pack/version-gap', '2016-01-01']]);
    assert.deepEqual(joined('from: 2016-01-01\n    until: 2020-01-01', 'from: 2020-01-01'), [
      ['pack/version-gap', '2020-01-01'],
    ]);
    assert.deepEqual(joined('from: 2020-01-01\n    until: 2019-01-01'), [['pack/version-gap', '2019-01-01']]);
  });

  it('knows every source that a rule names', () => {
    assert.deepEqual(
      problemsOf(inRule('[ORDER]', '[ORDER, OLDER]')).map(problem => problem.slice(1, 3)),
      [['pack/unknown-source', 'OLDER']],
    );
  });

  it('gives every parameter a unit, and its rules go on without', () => {
    const manifest = FORCE_PACK[PACK]!.replace('unit: hours, ', '');
    assert.deepEqual(
      problemsOf({ [PACK]: manifest }).map(problem => problem.slice(0, 3)),
      [[PACK, 'schema/missing-field', 'record_h']],
    );
  });

  it('tells of a calendar that is none', () => {
    const calendar = 'policies/force/calendar.yaml';
    const text = FORCE_PACK[calendar]!.replace('2029-12-31', 'soon');
    assert.deepEqual(
      problemsOf({ [calendar]: text }).map(problem => problem.slice(0, 3)),
      [[calendar, 'pack/bad-calendar', 'soon']],
    );
  });

  it('refuses expressions that would never end, at their place', () => {
    const deep = 'persons.all(a, persons.all(b, persons.all(c, persons.all(d, a.ref == d.ref))))';
    const wide = `1 == ${'1 + '.repeat(500)}1`;
    for (const expression of [deep, wide]) {
      const [problem, ...others] = problemsOf(
        inRule('at: recording.recorded_at', `require: ${expression}\n        at: recording.recorded_at`),
      );
      assert.equal(problem?.[1], 'pack/bad-expression');
      assert.match(problem[3] ?? '', /lists inside one another|Exceeded maxAstNodes/);
      assert.deepEqual(others, []);
    }
  });
});
