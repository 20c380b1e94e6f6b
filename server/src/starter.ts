/**
 * Starts the program, which stands in a comment, one line, at the end of this file. What V8 makes of that text is kept in the user's cache folder,
 * because compiling a program of this size takes a third of the time until the first answer. Nothing else is ever
 * kept there; NODE_DISABLE_COMPILE_CACHE turns it off, as it does for Node's own compile cache.
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { isMainThread } from 'node:worker_threads';
import { crc32 } from 'node:zlib';

/** Put in by the build: a hash of the program, with which its line begins. */
declare const PROGRAM_ID: string;

/** Until then nothing is optimised: a short run is over before it pays, and a quarter of it would go into that. */
const OPTIMISE_AFTER_MS = 400;

/** Each version of the program leaves up to three, for each version of V8; more are removed. */
const KEPT = 6;
const SUFFIX = '.v8-cache';

function cacheFolder(): string | undefined {
  const { env, platform } = process;
  if (env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  const home = env.HOME && join(env.HOME, platform === 'darwin' ? 'Library/Caches' : '.cache');
  const caches = (platform === 'win32' ? env.LOCALAPPDATA : env.XDG_CACHE_HOME) || home;
  return caches && join(caches, 'case-review');
}

/** Undefined where there is none, or where it is not what was written: V8 itself does not look closely. */
function readCache(file: string): Buffer | undefined {
  try {
    const bytes = readFileSync(file);
    const data = bytes.subarray(4);
    return bytes.readUInt32LE(0) === crc32(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** In one move, so that nobody reads half of it. Where this cannot be done, the next start is slow as well. */
function writeCache(folder: string, file: string, data: Buffer): void {
  const unfinished = `${file}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(crc32(data));
    writeFileSync(unfinished, Buffer.concat([sum, data]), { mode: 0o600 });
    renameSync(unfinished, file);
    removeOld(folder);
  } catch {
    discard(unfinished);
  }
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
 * faster than over a string, and a part of a text that was read is no copy.
 */
function readProgram(): string {
  const text = readFileSync(__filename, 'latin1');
  const mark = `\n//${PROGRAM_ID}`;
  return text.slice(text.indexOf(mark) + mark.length);
}

for (const flag of [
  // What a start makes stays, so it is of no use to look for what can go after every megabyte.
  '--semi-space-growth-factor=16',
  '--no-opt',
  // What a long run used at its start is missing from what it keeps, if it is thrown away meanwhile.
  '--no-flush-bytecode',
  // V8 would let the memory grow to four times what is kept. Twice takes a quarter less, and hardly more time.
  '--heap-growing-percent=100',
])
  setFlagsFromString(flag);

const folder = cacheFolder();
/** Each keeps what it uses: a run that judges no review compiles little of what one needs that does. */
const fileOf = (use: string) =>
  folder && join(folder, `${use}-${PROGRAM_ID}-${process.versions.v8}-${process.arch}${SUFFIX}`);
const isServer = isMainThread && process.argv[2] === 'lsp';
const read = (isServer ? ['lsp'] : ['judge', 'other']).map(fileOf).find(file => file && existsSync(file));
const cachedData = read && readCache(read);
const script = new Script(readProgram(), { filename: __filename, ...(cachedData && { cachedData }) });
const isUsed = cachedData !== undefined && !script.cachedDataRejected;
if (folder && isMainThread) {
  // At the end, because only functions that have run are compiled.
  process.once('exit', () => {
    const file = fileOf(isServer ? 'lsp' : module.exports.hasJudged?.() ? 'judge' : 'other')!;
    if (isUsed && (file === read || read === fileOf('judge'))) return;
    // V8 takes what was compiled under the same flags only.
    setFlagsFromString('--no-opt');
    writeCache(folder, file, script.createCachedData());
  });
}
if (isMainThread) setTimeout(setFlagsFromString, OPTIMISE_AFTER_MS, '--opt').unref();
else setFlagsFromString('--opt');
script.runInThisContext()(exports, require, module, __filename, __dirname);
