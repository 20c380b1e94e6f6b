/**
 * Starts the program, which stands in a comment, one line, in a function at the end of this file. What V8 makes of
 * that text is kept in the user's cache folder, because compiling a program of this size takes a third of the time
 * until the first answer. Nothing else is ever kept there; NODE_DISABLE_COMPILE_CACHE turns it off, as it does for
 * Node's own compile cache.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getHeapCodeStatistics, setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { isMainThread } from 'node:worker_threads';
import { crc32 } from 'node:zlib';

/** Put in by the build: a hash of the program, with which its line begins. */
declare const PROGRAM_ID: string;

/** Put at the end of the file by the build: its body is a comment, the program. */
declare function caseReview(): void;

/** Until then nothing is optimised: a short run is over before it pays, and a quarter of it would go into that. */
const OPTIMISE_AFTER_MS = 400;

/** Each version of the program leaves two, for each version of V8; more are removed. */
const KEPT = 6;
const SUFFIX = '.v8-cache';

/** When what is kept is made anew: it grows with what later runs need, and soon holds all that this user does. */
const GROWTH = 1.05;

/** Ahead of what V8 made stand a checksum of all the rest and how much was compiled, four bytes each. */
const HEADER = 8;

function cacheFolder(): string | undefined {
  const { env, platform } = process;
  if (env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  const home = env.HOME && join(env.HOME, platform === 'darwin' ? 'Library/Caches' : '.cache');
  const caches = (platform === 'win32' ? env.LOCALAPPDATA : env.XDG_CACHE_HOME) || home;
  return caches && join(caches, 'case-review');
}

interface Compiled {
  readonly data: Buffer;
  /** Of the run that left it, at its end, in bytes: as {@link amountCompiled} counts. */
  readonly amount: number;
}

/** Undefined where there is none, or where it is not what was written: V8 itself does not look closely. */
function readCompiled(file: string): Compiled | undefined {
  try {
    const bytes = readFileSync(file);
    if (bytes.readUInt32LE(0) !== crc32(bytes.subarray(4))) return undefined;
    return { data: bytes.subarray(HEADER), amount: bytes.readUInt32LE(4) };
  } catch {
    return undefined;
  }
}

/** In one move, so that nobody reads half of it. Where this cannot be done, the next start is slow as well. */
function writeCompiled(file: string, { data, amount }: Compiled): void {
  const folder = dirname(file);
  const unfinished = `${file}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const bytes = Buffer.concat([Buffer.alloc(HEADER), data]);
    bytes.writeUInt32LE(amount, 4);
    bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
    writeFileSync(unfinished, bytes, { mode: 0o600 });
    renameSync(unfinished, file);
    removeOld(folder);
  } catch {
    discard(unfinished);
  }
}

/** What V8 has compiled by now of this program and of Node's own, in bytes. */
function amountCompiled(): number {
  return getHeapCodeStatistics().bytecode_and_metadata_size;
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // There is no such folder either.
  }
}

function removeOld(folder: string): void {
  const files = readdirSync(folder)
    .filter(name => name.endsWith(SUFFIX))
    .map(name => join(folder, name));
  const age = new Map(files.map(file => [file, statSync(file).mtimeMs]));
  files.sort((a, b) => age.get(b)! - age.get(a)!);
  for (const file of files.slice(KEPT)) rmSync(file, { force: true });
}

/**
 * The bundled program as a function that takes what a CommonJS module is given. V8 passes over a comment ten times
 * faster than over a string, and the text that it has read of a function is no copy.
 */
function readProgram(): string {
  const text = String(caseReview);
  const mark = `//${PROGRAM_ID}`;
  return text.slice(text.indexOf(mark) + mark.length, text.lastIndexOf('\n'));
}

const UNOPTIMISED = '--no-opt';

/** For the whole process, with its workers. */
const FLAGS = [
  // V8 takes what it kept of a review while judging it for lasting, makes it where only a slow look finds what can go,
  // and with it keeps what it holds: a check took a quarter longer, and most of its memory was of reviews long judged.
  '--no-allocation-site-pretenuring',
  // What a start makes stays, so it is of no use to look for what can go after every megabyte.
  '--semi-space-growth-factor=16',
  // Of a worker, the main thread's being there already: all that `cli/workers.ts` allows it.
  '--min-semi-space-size=8',
  // Where every processor judges, threads that help to collect what is gone only take turns from those.
  '--no-parallel-scavenge',
  UNOPTIMISED,
  // What a long run used at its start is missing from what it keeps, if it is thrown away meanwhile.
  '--no-flush-bytecode',
  // V8 would let the memory grow to four times what is kept. Twice takes a quarter less, and hardly more time.
  '--heap-growing-percent=100',
];
for (const flag of isMainThread ? FLAGS : [UNOPTIMISED]) setFlagsFromString(flag);

const folder = cacheFolder();
/** The server and the command line keep theirs apart: much of what each compiles the other never needs. */
const use = isMainThread && process.argv[2] === 'lsp' ? 'lsp' : 'cli';
const file = folder && join(folder, `${use}-${PROGRAM_ID}-${process.versions.v8}-${process.arch}${SUFFIX}`);
const kept = file && readCompiled(file);
const script = new Script(readProgram(), { filename: __filename, ...(kept && { cachedData: kept.data }) });
if (file && isMainThread) {
  // At the end, because only functions that have run are compiled.
  process.once('exit', () => {
    const amount = amountCompiled();
    if (kept && !script.cachedDataRejected && amount < kept.amount * GROWTH) return;
    // V8 takes what was compiled under the same flags only, so a worker begins without optimising as well.
    for (const flag of FLAGS) setFlagsFromString(flag);
    writeCompiled(file, { data: script.createCachedData(), amount });
  });
}
if (isMainThread) setTimeout(setFlagsFromString, OPTIMISE_AFTER_MS, '--opt').unref();
else setFlagsFromString('--opt');
script.runInThisContext()(exports, require, module, __filename, __dirname);
