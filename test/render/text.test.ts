/** Text on its way out: escaping for GitHub, widths on a terminal, and the frame around a place. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { LineIndex } from '../../server/src/engine/line-index.ts';
import type { Finding, Report } from '../../server/src/engine/report.ts';
import { formatFrame } from '../../server/src/render/code-frame.ts';
import type { FormatContext } from '../../server/src/render/format.ts';
import { createGithubFormat } from '../../server/src/render/github-format.ts';
import { NO_PAINT } from '../../server/src/render/paint.ts';
import { toPrintable, widthOf, wrap } from '../../server/src/render/printable.ts';
import { isQuotable, showFingerprint, showId } from '../../server/src/render/quotable.ts';

const sourceOf = (text: string) => ({ text, lines: new LineIndex(text) });

function reportOf(finding: Partial<Finding>): Report {
  const full: Finding = {
    rule: 'a/b',
    check: '',
    severity: 'error',
    message: 'message',
    span: { start: 0, end: 1 },
    path: '',
    fingerprint: '',
    related: [],
    fixes: [],
    ...finding,
  };
  const index = { uri: 'x', id: undefined, state: undefined, links: [], episodes: [], oics: [] };
  return { uri: 'x', id: undefined, state: 'complete', asOf: undefined, findings: [full], clocks: [], index };
}

describe('annotations of GitHub', () => {
  const annotate = (path: string, finding: Partial<Finding>, text = 'ab\ncd\n') => {
    const context: FormatContext = {
      version: '1',
      asOf: undefined,
      includeText: false,
      threshold: { listed: 'information', counted: 'error' },
      pathOf: () => path,
      sourceOf: () => sourceOf(text),
      editsOf: () => [],
      rulesOf: () => [],
    };
    return createGithubFormat(context).review(reportOf(finding));
  };

  test('escape what would end a command or a property', () => {
    assert.equal(
      annotate('a,b:c%.yaml', { message: '50 %\r\n::warning::no', rule: 'x:y,z' }),
      '::error file=a%2Cb%3Ac%25.yaml,line=1,col=1,endLine=1,endColumn=2,title=x%3Ay%2Cz::50 %25%0D%0A::warning::no\n',
    );
  });

  test('leave out the end column of a place over several lines', () => {
    assert.equal(
      annotate('a', { span: { start: 0, end: 4 } }),
      '::error file=a,line=1,col=1,endLine=2,title=a/b::message\n',
    );
  });

  test('are one line each, whatever is found', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (message, path) => {
        assert.match(annotate(path, { message }), /^::error [^\r\n]*\n$/);
      }),
    );
  });
});

describe('a frame', () => {
  const frame = (text: string, start: number, end: number, width = 80) =>
    formatFrame(sourceOf(text), { start, end }, width, NO_PAINT, text => text);

  test('underlines the place', () => {
    assert.deepEqual(frame('a: 1\nbc: 23\n', 9, 11), ['2 │ bc: 23', '  │     ^^']);
  });

  test('has a sign under an empty place, and at the end of a file', () => {
    assert.deepEqual(frame('a:\n', 2, 2), ['1 │ a:', '  │   ^']);
    assert.deepEqual(frame('a:\n', 3, 3), ['2 │', '  │ ^']);
  });

  test('ends with the line for a place over several', () => {
    assert.deepEqual(frame('a: [1,\n  2]\n', 3, 11), ['1 │ a: [1,', '  │    ^^^']);
  });

  test('counts wide signs as two columns', () => {
    assert.deepEqual(frame('👀 x: 1\n', 3, 4), ['1 │ 👀 x: 1', '  │    ^']);
  });

  test('shows a part of a long line', () => {
    const [line = '', mark = ''] = frame(`${'x'.repeat(500)}HERE${'y'.repeat(500)}`, 500, 504, 60);
    assert.ok(line.length <= 60);
    assert.equal(line.slice(mark.indexOf('^'), mark.lastIndexOf('^') + 1), 'HERE');
  });

  test('never throws and stays within its width', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(50), fc.nat(50), (text, start, length) => {
        for (const line of frame(text, start, start + length)) assert.doesNotMatch(line, /[\r\n\u001b]/);
      }),
    );
  });
});

describe('printable text', () => {
  test('moves no cursor and reorders nothing', () => {
    assert.equal(toPrintable('a\u001b[31mb\u202ec\td'), 'a\ufffd[31mb\ufffdc d');
  });

  test('has a width', () => {
    assert.equal(widthOf('abc'), 3);
    assert.equal(widthOf('日本'), 4);
    assert.equal(widthOf('e\u0301'), 1);
  });

  test('is wrapped at spaces and loses nothing', () => {
    assert.deepEqual(wrap('one two three', 8), ['one two', 'three']);
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 40 }), (text, width) => {
        assert.equal(wrap(text, width).join(' '), text);
      }),
    );
  });
});

describe('values of a review', () => {
  test('are words, refs and dates, never prose', () => {
    for (const word of [
      'not_applicable',
      'CASE-4T7Q2M',
      '2026-03-10T10:30:00Z',
      '',
      18,
      true,
      { state: 'outstanding' },
      ['cse'],
    ]) {
      assert.equal(isQuotable(word), true, JSON.stringify(word));
    }
    for (const prose of [
      'seen at home',
      { reason: 'too late now' },
      ['Jane Smith'],
      'x'.repeat(50),
      'a\nb',
    ]) {
      assert.equal(isQuotable(prose), false, JSON.stringify(prose));
    }
  });

  test('stand for a case only as a pseudonym', () => {
    assert.equal(showId('CASE-4T7Q2M'), 'CASE-4T7Q2M');
    assert.equal(showId('SMITH'), null);
    assert.equal(showFingerprint('CASE-4T7Q2M|a/b|c|/d'), 'CASE-4T7Q2M|a/b|c|/d');
    assert.equal(showFingerprint('SMITH|a/b|c|/d'), '|a/b|c|/d');
    assert.equal(showFingerprint('schema/bad-form|/ref'), 'schema/bad-form|/ref');
  });
});
