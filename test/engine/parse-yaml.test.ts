import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LineIndex } from '../../server/src/engine/line-index.ts';
import type { ParsedText, TreeNode } from '../../server/src/engine/located-tree.ts';
import { parseYaml } from '../../server/src/engine/parse-yaml.ts';
import { isSameValue, toPlain } from '../../server/src/engine/patch-value.ts';
import { assertPointersLead, assertSoundTree, outline, problemsOf } from './check-tree.ts';
import { mutatedTexts, soup, writtenTexts } from './yaml-text.ts';

const outlineOf = (text: string): string => outline(parseYaml(text));
const codesOf = (text: string): string[] => problemsOf(parseYaml(text));

describe('spans', () => {
  it('cover a value as written, with its quotes and without comment or line end', () => {
    assert.equal(outlineOf('a: one  # c\n'), '{a<a>: "one"<one>}<a: one>');
    assert.equal(outlineOf("\"a\": 'it''s'\t# c\r\n"), `{a<"a">: "it's"!<'it''s'>}<"a": 'it''s'>`);
    assert.equal(
      outlineOf('a: one\n  two # c\n\nb: 1\n'),
      '{a<a>: "one two"<one⏎  two>, b<b>: 1<1>}<a: one⏎  two # c⏎⏎b: 1>',
    );
  });

  it('cover a block scalar from its indicator to the end of its content', () => {
    assert.equal(
      outlineOf('a: |  # c\n  x\n  y\n\n\nb: 1'),
      '{a<a>: "x\\ny\\n"!<|  # c⏎  x⏎  y>, b<b>: 1<1>}<a: |  # c⏎  x⏎  y⏎⏎⏎b: 1>',
    );
    assert.equal(outlineOf('a: >+2\n   x\n\n'), '{a<a>: " x\\n\\n"!<>+2⏎   x>}<a: >+2⏎   x>');
    assert.equal(outlineOf('a: |- # nothing\nb: 1'), '{a<a>: ""!<|->, b<b>: 1<1>}<a: |- # nothing⏎b: 1>');
  });

  it('of an empty value are empty and lie right behind the colon, the dash or the tag', () => {
    for (const [text, at] of [
      ['a:   # c\n', 2],
      ['a:', 2],
      ['a :  \nb: 1', 3],
      ['a: !!str  # c', 8],
      ['a: &x\n', 5],
      ['{a: , b: 1}', 3],
      ['-  \n- x', 1],
      ['- # c\n- x', 1],
      ['? a\n: # c\n', 5],
      ['? a\n', 3],
    ] as const) {
      const { root, problems } = parseYaml(text);
      assert.deepEqual(problems, []);
      const value =
        root?.kind === 'map' ? root.pairs[0]?.value : root?.kind === 'seq' ? root.items[0] : undefined;
      assert.deepEqual([value?.start, value?.end], [at, at], text);
    }
  });

  it('of maps and lists reach from the first to the last character of the content', () => {
    assert.equal(
      outlineOf('a:\n  - b: 1\n    c: 2  # c\n  # d\n\n# e\n'),
      '{a<a>: [{b<b>: 1<1>, c<c>: 2<2>}<b: 1⏎    c: 2>]<- b: 1⏎    c: 2>}<a:⏎  - b: 1⏎    c: 2>',
    );
    assert.equal(
      outlineOf('a: { b: [ 1 , 2 ] } # c\n'),
      '{a<a>: {b<b>: [1<1>, 2<2>]<[ 1 , 2 ]>}<{ b: [ 1 , 2 ] }>}<a: { b: [ 1 , 2 ] }>',
    );
    assert.equal(outlineOf('[a: 1]'), '[{a<a>: 1<1>}<a: 1>]<[a: 1]>');
    assert.equal(outlineOf('a:\n-\n'), '{a<a>: [null<>]<->}<a:⏎->');
  });

  it('count UTF-16 units, a byte order mark included', () => {
    assert.equal(outlineOf('\ufeffa: 😀 # c\nb: é\n'), '{a<a>: "😀"<😀>, b<b>: "é"<é>}<a: 😀 # c⏎b: é>');
    assert.equal(outlineOf('\ufeff- a\n- b'), '["a"<a>, "b"<b>]<- a⏎- b>');
  });
});

describe('values', () => {
  it('follow the core schema of YAML 1.2', () => {
    const value = (text: string) => toPlain(parseYaml(text).root);
    assert.deepEqual(
      value('[1, -2, +3, 0x1F, 0o17, 0142, 1.5, .5, 1e3, -0]'),
      [1, -2, 3, 31, 15, 142, 1.5, 0.5, 1000, 0],
    );
    assert.deepEqual(value('[true, False, TRUE, yes, No, on, y]'), [
      true,
      false,
      true,
      'yes',
      'No',
      'on',
      'y',
    ]);
    assert.deepEqual(value('[null, ~, Null, NULL, nULL, "null"]'), [null, null, null, null, 'nULL', 'null']);
    assert.deepEqual(value('[2026-02-03, 2026-02-03T10:00:00+01:00, 12:30, 22B, 1_000, 0b1]'), [
      '2026-02-03',
      '2026-02-03T10:00:00+01:00',
      '12:30',
      '22B',
      '1_000',
      '0b1',
    ]);
    assert.deepEqual(value('[!!str 1, !!int 1, !!int "2", !!null "", !!bool true, !other 3, ! 4]'), [
      '1',
      1,
      2,
      null,
      true,
      '3',
      '4',
    ]);
  });

  it('that no JavaScript number holds stay as written', () => {
    const value = toPlain(
      parseYaml('[9007199254740991, 9007199254740993, 1e400, .inf, -.INF, .nan, 0xFFFFFFFFFFFFFFFF]').root,
    );
    assert.deepEqual(value, [
      9007199254740991,
      '9007199254740993',
      '1e400',
      '.inf',
      '-.INF',
      '.nan',
      '0xFFFFFFFFFFFFFFFF',
    ]);
  });

  it('of keys are strings, as written where they are none', () => {
    assert.equal(
      outlineOf('1: a\nnull: b\n"2": c\n0x1F: d\n'),
      '{1<1>: "a"<a>, null<null>: "b"<b>, 2<"2">: "c"<c>, 0x1F<0x1F>: "d"<d>}<1: a⏎null: b⏎"2": c⏎0x1F: d>',
    );
    assert.equal(outlineOf('&k a: *k\n*k : 1\n').startsWith('{a<a>: "a"<*k>, a<*k>: 1<1>}'), true);
  });

  it('of a text without content are none', () => {
    for (const text of ['', '\n', '# c\n', '  # c', '\ufeff', '\ufeff# c\n'])
      assert.deepEqual(parseYaml(text), { text, root: undefined, problems: [] });
  });

  it('are the ones that a text was written from', () => {
    fc.assert(
      fc.property(writtenTexts, ({ text, value }) => {
        const { root, problems } = parseYaml(text);
        assert.deepEqual(problems, []);
        if (!isSameValue(toPlain(root), value)) assert.fail(JSON.stringify([text, value, toPlain(root)]));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('aliases', () => {
  it('are copies whose places are the alias', () => {
    assert.equal(
      outlineOf('a: &x {b: [1]}\nc: *x\n'),
      '{a<a>: {b<b>: [1<1>]<[1]>}<{b: [1]}>, c<c>: {b<*x>: [1<*x>]<*x>}<*x>}<a: &x {b: [1]}⏎c: *x>',
    );
  });

  it('mean the last anchor of that name before them', () => {
    assert.deepEqual(toPlain(parseYaml('[&x 1, *x, &x 2, *x, &x [&x 3, *x], *x]').root), [
      1,
      1,
      2,
      2,
      [3, 3],
      [3, 3],
    ]);
  });

  it('that lead nowhere or into themselves are problems', () => {
    assert.deepEqual(codesOf('a: *b\nb: &b 1\n'), ['unknown-alias <*b>']);
    assert.deepEqual(codesOf('a: &a [1, *a]\n'), ['cyclic-alias <*a>']);
  });
});

describe('problems', () => {
  it('of an open bracket lie there, and the lines behind its own are read as they are', () => {
    const { root, problems, text } = parseYaml(
      `a:\n  - b: [1\n    c: 2\n${'  - b: 3\n    c: 4\n'.repeat(60)}d: 5\n`,
    );
    assert.deepEqual(
      problems.map(({ code, span }) => [code, text.indexOf('[') === span.start]),
      [['missing-bracket', true]],
    );
    const entries = Array.from({ length: 60 }, () => ({ b: 3, c: 4 }));
    assert.ok(isSameValue(toPlain(root!), { a: [{ b: [1], c: 2 }, ...entries], d: 5 }));
  });

  it('are found where a reviewer would look', () => {
    const table: readonly (readonly [string, ...string[]])[] = [
      ['a: 1\na: 2\n', 'duplicate-key <a>'],
      ['"long key": 1\nlong key: 2\n', 'duplicate-key <long key>'],
      [`${'abcdefghijklmnopqrstuvwxyz'.replace(/./g, '$&: 1\n')}c: 2\n`, 'duplicate-key <c>'],
      ['1: a\n"1": b', 'duplicate-key <"1">'],
      ['a: 1\n---\nb: 2\n---\nc: 3\n', 'several-documents <--->'],
      ['a: 1\n...\nb: 2\n', 'several-documents <b: 2>'],
      ['? [a, b]\n: c\n', 'complex-key <[a, b]>'],
      ['<<: {a: 1}\n', 'merge-key <<<>'],
      ['a:\n\tb: 1\n', 'tab-indent <\t>'],
      ['a: "b\n', 'missing-quote <"b>'],
      ['a: "x\nb: 1\nc: 2\n', 'missing-quote <"x>'],
      ["a: 'x # y\r\nb: 1\r\n", "missing-quote <'x # y>"],
      ['a: "\n', 'missing-quote <">'],
      ['a: [b, c\nd: 1\n', 'missing-bracket <[>'],
      ['a: {b: 1, c: 2\n', 'missing-bracket <{>'],
      ['a: {b: [1, 2}\nc: 1\n', 'missing-bracket <[>'],
      ['a: {b: "1}\nc: 1\n', 'missing-quote <"1}>'],
      ['a:\n  - {b: [1, [2]}\n', 'missing-bracket <[>'],
      ['a:\n  b: 1\n- c: 2\n', 'bad-indent <- c: 2>'],
      ['a: "\\q"\n', 'bad-escape <\\>'],
      ['a: b: c\n', 'nested-on-one-line <b>'],
      ['a: {b: 1}: c\n', 'nested-on-one-line <:>'],
      ['a: [b] : c\n', 'nested-on-one-line <:>'],
      [': a\n'],
      ['{a: b, c, d, e: f, "g"}', 'no-colon <c, d>', 'no-colon <"g">'],
      ['{a: , ? b}', 'no-colon <b>'],
      ['? a\n'],
      [`${'a'.repeat(1030)}: 1\n`, `key-too-long <${'a'.repeat(1030)}>`],
      [`"a\n${'  b\n'.repeat(300)}": 1\n`, 'key-on-several-lines <"a>'],
      ['a: @b\n', 'bad-start <@>'],
      ['a: 1\nb\n', 'missing-colon <b>'],
      ['a:\n  b: 1\n c: 2\n', 'bad-indent <c: 2>'],
      ['%FOO\n', 'missing-character <O>'],
      ['a: 1\r', 'lone-carriage-return <1>'],
      ['a:\n  b: 1\r  c: 2\nd: [\n', 'lone-carriage-return <1>', 'missing-bracket <[>'],
      ['a: \0', 'not-utf8 <\0>'],
    ];
    for (const [text, ...problems] of table) assert.deepEqual(codesOf(text), problems, JSON.stringify(text));
  });

  it('end before the line break', () => {
    fc.assert(
      fc.property(fc.oneof(soup, mutatedTexts), text => {
        for (const { span } of parseYaml(text).problems)
          assert.ok(
            !/\S[\r\n]/.test(text.slice(0, span.end)) || !/[\r\n]/.test(text.slice(span.start, span.end)),
          );
      }),
      { numRuns: Number(process.env.RUNS ?? 1000) },
    );
  });

  it('are not echoes: of each section, nothing behind the first that derails the parser', () => {
    const table: readonly (readonly [string, ...string[]])[] = [
      ['a:\n  b: 1\n c: 2\n  d: 3\n  e: 4\nf: 5\n', 'bad-indent <c: 2>'],
      ['a:\n  b: 1\n c: 2\n c: 3\nf: 5\n', 'bad-indent <c: 2>'],
      ['a:\n  b: 1\nc: [2]\n  d: 3\n  e: 4\nf: 5\n', 'bad-indent <d: 3>'],
      ['a:\n  - b: 1\n - c: 2\n  - d: 3\nf: 5\n', 'bad-indent <- c: 2>'],
      ['a:\n- b: 1\n - c: 2\n- {d: 3\n- {d: 4\n', 'bad-indent <- c: 2>'],
      [
        'a: [1}\nb: {c: 1]\n# x\nd: "e\nf: "g"\n',
        'missing-bracket <[>',
        'missing-bracket <{>',
        'missing-quote <"e>',
      ],
      ['a:\n  - {b: 1}}\nc: 1\nd:\n  e: 1\n', 'unexpected <}>'],
      ['a:\n  - {b: c{1}\n  - d: 1\ne: 1\nf: 1\n', 'unexpected <{>'],
      ['a: *x\nb: [*y, *z]\n', 'unknown-alias <*x>', 'unknown-alias <*y>', 'unknown-alias <*z>'],
      ['a:\n  b: 1\n  b: 2\n c: 3\n', 'duplicate-key <b>', 'bad-indent <c: 3>'],
    ];
    for (const [text, ...problems] of table) {
      assert.deepEqual(codesOf(text), problems, JSON.stringify(text));
      const windows = codesOf(text.replaceAll('\n', '\r\n'));
      assert.deepEqual(windows, problems, `with CRLF: ${JSON.stringify(text)}`);
    }
  });

  it('of one section hide none of another', () => {
    const slips = ['x:\n  y: 1\n z: 2\n', 'x: [1\n', 'x: "1\n', 'x: {y: 1\n', 'x:\n\ty: 1\n', 'x: y: z\n'];
    for (const first of slips) {
      for (const second of slips) {
        const text = `a: "1"\n${first}b: "1"\n${second.replace('x', 'w')}c: "1"\n`;
        const starts = parseYaml(text).problems.map(({ span }) => span.start);
        const [b, c] = [text.indexOf('b: "1"'), text.indexOf('c: "1"')];
        assert.equal(starts.length, 2, JSON.stringify(text));
        assert.ok(starts[0]! < b && starts[1]! > b && starts[1]! < c, JSON.stringify(text));
      }
    }
  });

  it('of merge keys and quoted keys that look like one are told apart', () => {
    assert.deepEqual(codesOf('"<<": 1\n'), []);
  });

  it('never quote the text', () => {
    const secret = 'Zq7';
    fc.assert(
      fc.property(mutatedTexts, soup, fc.nat(200), (text, broken, at) => {
        const place = Math.min(at, text.length);
        const parsed = parseYaml(`${text.slice(0, place)}${secret}${broken}${secret}${text.slice(place)}`);
        assert.ok(parsed.problems.every(({ message }) => !message.includes(secret)));
      }),
    );
  });
});

describe('every text', () => {
  it('gives a sound tree, however broken it is', () => {
    fc.assert(
      fc.property(fc.oneof(soup, mutatedTexts, fc.string({ unit: 'binary' })), text => {
        const parsed = parseYaml(text);
        assertSoundTree(parsed);
        assertPointersLead(parsed.root);
      }),
      { numRuns: Number(process.env.RUNS ?? 2000) },
    );
  });

  it('says the same at the same lines with LF and with CRLF', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          writtenTexts.map(({ text }) => text),
          mutatedTexts,
        ),
        written => {
          const text = written.replaceAll('\r\n', '\n').replaceAll('\r', '');
          // A broken text may break at another place when a line is longer by one.
          fc.pre(parseYaml(text).problems.length === 0);
          assert.deepEqual(byLines(parseYaml(text.replaceAll('\n', '\r\n'))), byLines(parseYaml(text)));
        },
      ),
      { numRuns: 1000 },
    );
  });
});

function byLines({ text, root }: ParsedText): unknown {
  const index = new LineIndex(text);
  const place = ({ start, end }: { start: number; end: number }) => [
    index.position(start),
    index.position(end),
  ];
  const show = (node: TreeNode): unknown => {
    if (node.kind === 'scalar') return [node.value, node.quoted, place(node)];
    if (node.kind === 'seq') return [node.items.map(show), node.flow, place(node)];
    return [
      node.pairs.map(({ key, keySpan, value }) => [key, place(keySpan), show(value)]),
      node.flow,
      place(node),
    ];
  };
  return root && show(root);
}
