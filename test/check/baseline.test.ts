/** A baseline covers what was found then, and nothing that came since. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  applyBaseline,
  baselineEntries,
  formatBaseline,
  parseBaseline,
} from '../../server/src/check/baseline.ts';
import type { Finding, Report } from '../../server/src/engine/report.ts';

const FINDING: Finding = {
  rule: 'theme/rule',
  check: 'late',
  severity: 'error',
  message: '',
  span: { start: 0, end: 0 },
  path: '/a',
  fingerprint: 'CASE-1A1A1A|theme/rule|late|/a',
  related: [],
  fixes: [],
  outcome: 'not-recorded',
};
const reportOf = (...findings: readonly Finding[]): Report => ({
  uri: 'file:///a.case-review.yaml',
  id: 'CASE-1A1A1A',
  state: 'complete',
  asOf: undefined,
  findings,
  clocks: [],
  index: { uri: '', id: undefined, state: undefined, links: [], episodes: [], oics: [] },
});
const coveredIn = (finding: Finding, path = 'a.case-review.yaml') => {
  const baseline = new Map([['a.case-review.yaml', baselineEntries(reportOf(FINDING))]]);
  return applyBaseline(reportOf(finding), path, baseline).findings[0]?.baselined === true;
};

describe('a baseline', () => {
  test('covers the finding it was made of', () => assert.ok(coveredIn(FINDING)));

  test('does not cover the same question with a worse answer', () =>
    assert.equal(coveredIn({ ...FINDING, outcome: 'breach' }), false));

  test('does not cover a copy of the review', () =>
    assert.equal(coveredIn(FINDING, 'b.case-review.yaml'), false));

  test('leaves a waiver its say', () => assert.equal(coveredIn({ ...FINDING, waived: true }), false));

  for (const rule of ['internal-error', 'file/unreadable'])
    test(`never covers ${rule}`, () => assert.equal(baselineEntries(reportOf({ ...FINDING, rule })).size, 0));

  for (const severity of ['information', 'hint'] as const)
    test(`holds no finding of severity ${severity}, which may become one that counts`, () =>
      assert.equal(baselineEntries(reportOf({ ...FINDING, severity })).size, 0));

  test('is read as it was written, sorted and without empty reviews', () => {
    const text = formatBaseline(
      new Map([
        [
          'b',
          new Map([
            ['y', 'breach'],
            ['x', 'form'],
          ]),
        ],
        ['a', new Map([['z', 'breach']])],
        ['c', new Map()],
      ]),
    );
    assert.deepEqual(JSON.parse(text), {
      version: 1,
      reviews: { a: { z: 'breach' }, b: { x: 'form', y: 'breach' } },
    });
    assert.ok(text.indexOf('"x"') < text.indexOf('"y"') && text.indexOf('"a"') < text.indexOf('"b"'));
    assert.equal(formatBaseline(parseBaseline(text)!), text);
  });

  test('of another version or form is none', () => {
    for (const text of [
      '',
      '[]',
      '{"version": 2, "reviews": {}}',
      '{"version": 1}',
      '{"version": 1, "reviews": {"a": 1}}',
    ])
      assert.equal(parseBaseline(text), undefined, text);
  });
});
