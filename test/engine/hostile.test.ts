import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keyedPath, pathAt, spanOf } from '../../server/src/engine/locate.ts';
import type { ParsedText, TreeNode } from '../../server/src/engine/located-tree.ts';
import { parseYaml } from '../../server/src/engine/parse-yaml.ts';
import { patchToEdits } from '../../server/src/engine/patch-to-edits.ts';
import { toPlain } from '../../server/src/engine/patch-value.ts';
import { assertPointersLead, assertSoundTree, problemsOf } from './check-tree.ts';

function read(text: string): ParsedText {
  const parsed = parseYaml(text);
  assertSoundTree(parsed);
  return parsed;
}

const codesOf = ({ problems }: ParsedText): string[] => [...new Set(problems.map(({ code }) => code))];

function count(node: TreeNode): number {
  if (node.kind === 'scalar') return 1;
  const children = node.kind === 'seq' ? node.items : node.pairs.map(({ value }) => value);
  return children.reduce((sum, child) => sum + count(child), 1);
}

describe('a hostile file', () => {
  it('full of aliases stops at ten thousand copied nodes and says so once', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 30; i++)
      lines.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    const parsed = read(lines.join('\n'));
    assert.deepEqual(codesOf(parsed), ['too-many-aliases']);
    assert.equal(parsed.problems.length, 1);
    assert.ok(count(parsed.root!) < 11_000);
    assert.deepEqual(patchToEdits(parsed, [{ op: 'replace', path: '/a4/0/0', value: 1 }]), []);
  });

  it('whose aliases hang on one another stops at a hundred levels', () => {
    const lines = ['a0: &a0 [x]'];
    for (let i = 1; i < 300; i++) lines.push(`a${i}: &a${i} [*a${i - 1}]`);
    const parsed = read(lines.join('\n'));
    assert.deepEqual(codesOf(parsed), ['too-deep']);
  });

  it('whose anchors lead in a circle gives a problem at the alias', () => {
    assert.deepEqual(problemsOf(read('a: &a\n  b: &b [*a, *b]\n')), [
      'cyclic-alias <*a>',
      'cyclic-alias <*b>',
    ]);
  });

  it('of a thousand or a hundred thousand levels stops at a hundred', () => {
    for (const levels of [1000, 100_000]) {
      for (const [open, close] of [
        ['[', ']'],
        ['{a: ', '}'],
        ['- ', ''],
        ['? ', ''],
        ['- - ? - ', ''],
      ] as const) {
        for (const head of ['', 'a: ']) {
          const parsed = read(head + open.repeat(levels) + close.repeat(levels));
          assert.ok(parsed.problems.length > 0, open);
          if (open !== '- ' && head === '') assert.deepEqual(codesOf(parsed), ['too-deep'], open);
        }
      }
    }
    const blocks = Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n');
    assert.deepEqual(codesOf(read(blocks)), ['too-deep']);
  });

  it('of exactly a hundred levels is still read', () => {
    assert.deepEqual(read('['.repeat(100) + ']'.repeat(100)).problems, []);
    assert.deepEqual(read(`${'['.repeat(99)}a${']'.repeat(99)}`).problems, []);
    assert.deepEqual(codesOf(read('['.repeat(101) + ']'.repeat(101))), ['too-deep']);
  });

  it('that repeats a fragment ten thousand times ends with at most a hundred problems', () => {
    const fragments = [
      '"',
      "'",
      '&a ',
      '!a ',
      '*a ',
      '|\n',
      '\n',
      '\r',
      '\t',
      '#',
      '---\n',
      '...\n',
      '%a\n',
      '@',
      ',',
      ': ',
      '[]: ',
      '{}, ',
      '] ',
      'a: *a\n',
      '<<: a\n',
      '\0',
      '\ufeff',
      '? a\n: ',
      'a: |\n b\n',
      'a: "\n',
    ];
    for (const fragment of fragments) {
      for (const head of ['', 'a: [']) assert.ok(read(head + fragment.repeat(10_000)).problems.length <= 100);
    }
  });

  it('may be large', () => {
    const entry = (i: number): string =>
      `  - ref: VIC-${i}\n    role: suspect # the ${i}th\n    notes: "Seen alone; wishes recorded."\n    at: 2026-02-03T10:00:00+00:00\n`;
    const entries = Array.from({ length: 45_000 }, (_, i) => entry(i)).join('');
    const text = `persons:\n${entries}`;
    assert.ok(text.length > 5_000_000);
    const parsed = parseYaml(text);
    assert.deepEqual(parsed.problems, []);
    const { start, end } = spanOf(parsed.root, '/persons/44999/missing', text);
    assert.equal(text.slice(start, end), 'VIC-44999');
    assert.equal(keyedPath(parsed.root, '/persons/44999/role'), '/persons/VIC-44999/role');
    assert.equal(pathAt(parsed.root, end)?.pointer, '/persons/44999/ref');
  });

  it('of a hundred thousand different keys is read, and a repeated one found', () => {
    const keys = Array.from({ length: 100_000 }, (_, i) => `k${i}: 1\n`).join('');
    assert.deepEqual(problemsOf(read(`${keys}k77: 2\n`)), ['duplicate-key <k77>']);
  });
});

describe('an odd file', () => {
  it('with a byte order mark, CRLF or an emoji keeps its places', () => {
    const text = '\ufeffreview:\r\n  id: "😀"\r\n  at: 2026-02-03\r\n';
    const parsed = read(text);
    assert.deepEqual(parsed.problems, []);
    const { start, end } = spanOf(parsed.root, '/review/at', text);
    assert.equal(text.slice(start, end), '2026-02-03');
    assertPointersLead(parsed.root);
  });

  it('indented with tabs has one problem for each section', () => {
    assert.deepEqual(problemsOf(read('a:\n\tb: 1\n\tc: 2\nd:\n\te: 1\n')), [
      'tab-indent <\t>',
      'tab-indent <\t>',
    ]);
  });

  it('in UTF-16 has one problem at its first NUL', () => {
    const parsed = read(Buffer.from('review:\n  id: x\n', 'utf16le').toString('utf8'));
    assert.deepEqual(problemsOf(parsed), ['not-utf8 <\0>']);
    assert.equal(parsed.root, undefined);
  });

  it('with several documents is judged by the first', () => {
    const parsed = read('a: 1\n---\na: 2\n---\n[\n');
    assert.deepEqual(toPlain(parsed.root), Object.assign(Object.create(null), { a: 1 }));
    assert.deepEqual(problemsOf(parsed), ['several-documents <--->']);
  });

  it('that is empty or only comments has no root and no problem', () => {
    for (const text of ['', ' ', '\n\n', '# c', '\ufeff', '# c\r\n'])
      assert.deepEqual(read(text), { text, root: undefined, problems: [] });
  });
});
