/**
 * Odd files, given to every command that reads them: each is named with what to do, no exit code but the right one, and
 * no byte of them changed. Which commands there are is read from the program: a new one has to say here what it reads.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import type { Command } from 'commander';
import { FORMATS } from '../../server/src/cli/formats.ts';
import { createProgram } from '../../server/src/cli/program.ts';
import type { Surroundings } from '../../server/src/cli/surroundings.ts';
import { cliReview, LATE, RETURNED } from '../support/cli-reviews.ts';
import { type Answer, asOrdinaryUser, inFolder, runInProcess } from '../support/cli-scenario.ts';

const REVIEW = 'a.case-review.yaml';
const CONFIG = 'case-review.config.yaml';
const BASELINE = 'case-review.baseline.json';
const PACK = 'policies/force';
const MANIFEST = `${PACK}/pack.yaml`;
const CALENDAR = `${PACK}/calendar.yaml`;
const RULE = `${PACK}/recording/recorded-in-time.yaml`;
const RULE_ID = 'recording/recorded-in-time';
const FILES = { '': 'force-pack', [REVIEW]: cliReview({ more: LATE + RETURNED }) };
/** Files that commands write for others to read. */
const MADE = {
  'part.json': ['check', REVIEW, '--shard', '1/1', '--format', 'json:part.json'],
  'audit.json': ['report', REVIEW, '--format', 'json:audit.json'],
  'cache.json': ['check', REVIEW, '--cache-file', 'cache.json'],
  [BASELINE]: ['baseline', 'create'],
} as const;

interface Use {
  readonly words: readonly string[];
  /** The files that this command reads. */
  readonly reads: readonly string[];
}

const POLICY = [CONFIG, MANIFEST, CALENDAR, RULE];
const everyFormat = FORMATS.flatMap((name, at) => ['--format', at === 0 ? name : `${name}:out.${name}`]);
const USES: readonly Use[] = [
  { words: ['check', '.', ...everyFormat], reads: [REVIEW, BASELINE, ...POLICY] },
  { words: ['check', REVIEW, '--shard', '1/1', '--format', 'json'], reads: [REVIEW] },
  { words: ['check', REVIEW, '--fix-suggested', '--diff', '--include-text'], reads: [REVIEW] },
  { words: ['check', '.', '--fix-suggested'], reads: [REVIEW, CONFIG] },
  { words: ['check', '.', '--config', CONFIG], reads: [CONFIG] },
  { words: ['check', '.', '--cache-file', 'cache.json'], reads: [REVIEW, 'cache.json'] },
  { words: ['explain', `${REVIEW}:9`], reads: [REVIEW, ...POLICY] },
  { words: ['explain', RULE_ID], reads: POLICY },
  { words: ['timeline', REVIEW], reads: [REVIEW, ...POLICY] },
  { words: ['report', '.'], reads: [REVIEW, ...POLICY] },
  { words: ['compare', 'audit.json', '.'], reads: ['audit.json', REVIEW, ...POLICY] },
  { words: ['baseline', 'prune'], reads: [BASELINE, REVIEW, ...POLICY] },
  { words: ['baseline', 'create'], reads: [BASELINE, REVIEW, ...POLICY] },
  { words: ['merge', 'part.json'], reads: ['part.json', REVIEW] },
  { words: ['rules'], reads: POLICY },
  { words: ['rules', '--print-config', REVIEW], reads: [REVIEW, ...POLICY] },
  { words: ['new', '--kind', 'cse', '--id', 'CASE-1A2B3C'], reads: POLICY },
  { words: ['policy', 'test'], reads: POLICY },
  { words: ['policy', 'compare', PACK, PACK, '.'], reads: [REVIEW, ...POLICY] },
];
const READS_NOTHING = ['init', 'completion', 'schema', 'lsp'];

/** What is made of a good text; or done in its place. */
type Oddity = (good: string) => string | Uint8Array | ((place: string) => void);

/** Read as if nothing were odd. */
const HARMLESS: Readonly<Record<string, Oddity>> = {
  'a byte order mark': text => `\ufeff${text}`,
  CRLF: text => text.replaceAll('\n', '\r\n'),
  both: text => `\ufeff${text.replaceAll('\n', '\r\n')}`,
};

/** Nobody can read it; with what is said of it. */
const UNREADABLE: Readonly<Record<string, readonly [RegExp, Oddity]>> = {
  'UTF-16, little end first': [
    /UTF-16 text; save it as UTF-8/,
    text => Buffer.from(`\ufeff${text}`, 'utf16le'),
  ],
  'UTF-16, big end first': [
    /UTF-16 text; save it as UTF-8/,
    text => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  ],
  'Latin-1': [/is not UTF-8 text; save/, text => Buffer.from(text.replace(/ (?=\S)/, ' \u00e9'), 'latin1')],
  binary: [/is not UTF-8 text; save/, () => Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256)],
  '21 MB': [/more than the 20 MB read; split it/, () => Buffer.alloc(21 * 1024 * 1024, ' ')],
  'a folder': [/This is a folder; name a file/, () => place => void mkdirSync(place)],
  'a link to nowhere': [/leads nowhere; mend/, () => place => symlinkSync('nowhere', place)],
  'a link in a circle': [/leads in a circle; mend/, () => place => symlinkSync(path.basename(place), place)],
  'no permission': [/may not be read; ask for/, text => place => writeFileSync(place, text, { mode: 0 })],
};
/** Read, and then not what it should be. */
const SENSELESS: Readonly<Record<string, Oddity>> = {
  empty: () => '',
  '5 MB of blanks': () => ' '.repeat(5 * 1024 * 1024),
  'UTF-16 without a mark': text => Buffer.from(text, 'utf16le'),
  'a NUL': text => `${text.slice(0, 20)}\0${text.slice(20)}`,
};

type InFolder = (folder: string, run: (words: readonly string[]) => Promise<Answer>) => Promise<void>;

/** A folder in which one file is odd, as every command is to find it. */
async function withOdd(file: string, make: Oddity, act: InFolder): Promise<void> {
  await inFolder(FILES, async folder => {
    for (const words of Object.values(MADE)) await runInProcess(folder, words);
    const place = path.join(folder, file);
    const good = readFileSync(place, 'utf8');
    const odd = make(good);
    const lay = (): void => {
      rmSync(place, { recursive: true, force: true });
      if (typeof odd === 'function') odd(place);
      else writeFileSync(place, odd);
    };
    await act(folder, async words => {
      lay();
      const answer = await asOrdinaryUser(folder, () => runInProcess(folder, words));
      const said = `${file}: case-review ${words.join(' ')}\n${answer.stderr}${answer.stdout.slice(0, 2000)}`;
      assert.doesNotMatch(said, /\n {4}at |Internal failure/);
      assert.ok(answer.status < 3, said);
      assert.ok(!readdirSync(folder).some(name => name.endsWith('.tmp')), said);
      const isKept = typeof odd === 'function' || Buffer.compare(readFileSync(place), Buffer.from(odd)) === 0;
      // What commands write themselves they may write anew.
      if (!(file in MADE)) assert.ok(isKept, `${said}\nThe file was changed.`);
      return answer;
    });
  });
}

const usesOf = (file: string) => USES.filter(({ reads }) => reads.includes(file));
const filesRead = [...new Set(USES.flatMap(({ reads }) => reads))];

test('every command says here what it reads', () => {
  const program = createProgram({ stdout: {}, stderr: {} } as unknown as Surroundings, () => {});
  const leaves = (command: Command, words: readonly string[]): string[] =>
    command.commands.length === 0
      ? [words.join(' ')]
      : command.commands.flatMap(inner => leaves(inner, [...words, inner.name()]));
  for (const name of leaves(program, []))
    assert.ok(
      READS_NOTHING.includes(name) || USES.some(({ words }) => words.join(' ').startsWith(name)),
      `USES lacks ${name}.`,
    );
});

for (const file of filesRead) {
  describe(file, () => {
    for (const [oddity, make] of Object.entries(HARMLESS))
      test(`with ${oddity} is what it is without`, async () => {
        const uses = usesOf(file).filter(use => !countsBytes(file, use));
        const plain = new Map<Use, Answer>();
        await withOdd(
          file,
          good => good,
          async (_, run) => {
            for (const use of uses) plain.set(use, await run(use.words));
          },
        );
        await withOdd(file, make, async (_, run) => {
          for (const use of uses) {
            const { stdout, ...rest } = await run(use.words);
            assert.deepEqual({ ...rest, stdout: stdout.replaceAll('\r', '') }, plain.get(use));
          }
        });
      });

    for (const [oddity, [message, make]] of Object.entries(UNREADABLE))
      test(`${oddity}: named, with what to do`, () =>
        withOdd(file, make, async (_, run) => {
          for (const { words } of usesOf(file)) {
            const { status, stdout, stderr } = await run(words);
            const said = stderr + stdout;
            const shown = `${words.join(' ')}\n${said.slice(0, 2000)}`;
            // A cache costs a note at most, and that there is no rule of some name nobody can know.
            const isOptional = file === 'cache.json' || (file === RULE && oddity === 'a folder');
            const isNamed = isOptional || (said.includes(file) && message.test(said));
            assert.ok(
              isNamed || (WHERE_TO_LOOK.test(stderr) && file !== REVIEW) || isNotThere(oddity, said),
              shown,
            );
            if (!isOptional) assert.ok(statusesOf(file, words).includes(status), `${status} ${shown}`);
          }
        }));

    for (const [oddity, make] of Object.entries(SENSELESS))
      test(`${oddity}: nothing is judged by it`, () =>
        withOdd(file, make, async (_, run) => {
          for (const { words } of usesOf(file)) {
            const { status, stdout, stderr } = await run(words);
            // An empty configuration, or one of blanks, is one; and of a review `check` tells the rest.
            if (file === CONFIG && /empty|blanks/.test(oddity)) continue;
            if (file === REVIEW && words[0] !== 'check') continue;
            assert.ok(
              statusesOf(file, words).includes(status),
              `${status} ${words.join(' ')}\n${stderr}${stdout}`,
            );
          }
        }));
  });
}

/** Whether the answer rests on the very bytes or offsets of the file. */
function countsBytes(file: string, { words }: Use): boolean {
  return words.includes('json') || file === 'cache.json' || (file === REVIEW && words[0] === 'merge');
}

/** What only needs the policy says who lists its mistakes. */
const WHERE_TO_LOOK = /case-review (?:check|policy test) lists (?:them|those)/;

/** A search passes over what is no file, and then there is nothing left to judge. */
function isNotThere(oddity: string, said: string): boolean {
  const isNoFile = oddity === 'a folder' || oddity.startsWith('a link');
  const passed =
    /No reviews found|Took 1 out|There is a baseline already|There is no such file|There is no pack\.yaml|is not the file that was checked/;
  return (isNoFile && passed.test(said)) || said.includes('is not the file that was checked');
}

function statusesOf(file: string, [command, inner]: readonly string[]): readonly number[] {
  if (file === 'cache.json') return [0];
  // Reading is all that is asked of the pack here, and what is found are its mistakes.
  if (command === 'policy' && inner === 'test') return [1, 2];
  // That there is none left is an answer as well.
  if (file === REVIEW && command === 'check') return [0, 1, 2];
  if (file === REVIEW && command === 'baseline') return [0, 2];
  return [2];
}
