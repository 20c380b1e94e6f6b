#!/usr/bin/env node
// The project's benchmark: what checking costs, as multiples of what bare parsing with `yaml` costs in the same
// minutes on the same files. Sets no threshold; fails when an answer was wrong. See README.md.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { checkCorpus } from './check-gen.mjs';
import { measureCheck, measureOne, measureSpeed } from './command-line.mjs';
import { bundleFloors } from './floor/bundle.mjs';
import { writeCorpus } from './gen.mjs';
import { Servers } from './language-server.mjs';
import { format, table } from './lib/statistics.mjs';
import { measurePeers } from './peers/peers.mjs';

const root = path.resolve(import.meta.dirname, '..');
const program = path.join(root, 'dist/case-review.cjs');
const corpora = path.join(import.meta.dirname, 'corpora');
const output = path.join(root, 'out/bench');

const flag = { type: 'boolean', default: false };
const { values: options } = parseArgs({ options: { quick: flag, full: flag, peers: flag } });
const effort = options.quick
  ? {
      reviews: 300,
      checks: 3,
      starts: 5,
      typing: [
        [150, 3, 20],
        [1000, 3, 10],
        [10_000, 1, 6],
      ],
    }
  : {
      reviews: 1000,
      checks: 7,
      starts: 15,
      typing: [
        [150, 10, 40],
        [1000, 8, 30],
        [10_000, 4, 10],
      ],
    };

const startedAt = Date.now();
const say = text => console.error(`${((Date.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${text}`);

if (!existsSync(program)) throw new Error('dist/case-review.cjs is not there; run `npm run build` first.');
mkdirSync(output, { recursive: true });
await bundleFloors(path.join(output, 'floor'));
const floors = { parse: path.join(output, 'floor/parse.cjs'), server: path.join(output, 'floor/server.cjs') };

say('Judging the corpus itself.');
const corpusCheck = await checkCorpus(program, path.join(corpora, 'check'));
const faults = [...corpusCheck.faults];

const results = {
  corpus: {
    defectKinds: corpusCheck.defects,
    seeded: corpusCheck.seeded,
    warnings: Object.fromEntries(corpusCheck.warnings),
  },
};
results.check = [];
for (const count of options.full ? [effort.reviews, 10_000] : [effort.reviews]) {
  const corpus = writeCorpus(count, path.join(corpora, `valid-${count}`));
  const onRound = (round, { floor, ours }) =>
    say(`check ${count}, round ${round}: floor ${floor.toFixed(0)} ms, ours ${ours.toFixed(0)} ms`);
  const rounds = count > 1000 ? 3 : effort.checks;
  results.check.push(await measureCheck({ program, floor: floors.parse, corpus, rounds, onRound }));
}

say('One review.');
const few = writeCorpus(effort.reviews, path.join(corpora, `valid-${effort.reviews}`));
results.one = await measureOne({ program, corpus: few, rounds: effort.starts });

if (options.full) {
  say('Two threads, and a cache.');
  const corpus = writeCorpus(10_000, path.join(corpora, 'valid-10000'));
  results.speed = await measureSpeed({ program, corpus, rounds: 5, cache: path.join(output, 'cache.json') });
}

const servers = new Servers({ program, floor: floors.server, folder: path.join(corpora, 'workspace') });
say('Starting servers.');
results.start = await servers.measureStart(effort.starts);
results.firstStart = await servers.measureStart(effort.starts, { NODE_DISABLE_COMPILE_CACHE: '1' });
results.typing = [];
for (const [lines, blocks, perBlock] of effort.typing) {
  say(`Typing at ${lines} lines.`);
  results.typing.push(await servers.measureTyping(lines, { blocks, perBlock }));
}
say('Questions at 1,000 lines.');
results.requests = await servers.measureRequests(1000, 30);
if (options.full) {
  say('Typing beside 10,000 other reviews.');
  writeCorpus(10_000, path.join(servers.folder, 'others'), { seed: 7 });
  results.startBeside = await servers.measureStart(effort.starts);
  results.beside = await servers.measureTypingBeside(150, { blocks: 5, perBlock: 40 });
  say('Questions beside them.');
  results.requestsBeside = await servers.measureRequests(1000, 30);
}
faults.push(...new Set(servers.faults));
results.sizes = sizes();
if (options.peers) {
  const corpus = writeCorpus(1000, path.join(corpora, 'valid-1000'));
  results.peers = await measurePeers({
    corpus,
    // One of the peers takes a second for four reviews.
    defective: writeCorpus(100, path.join(corpora, 'malformed'), { defects: 2 }),
    output,
    floor: floors.parse,
    say,
  });
}

report();

function sizes() {
  const text = readFileSync(program);
  const packages = readdirSync(root).filter(name => name.endsWith('.vsix'));
  return {
    program: text.length,
    programGzip: gzipSync(text).length,
    ...(packages.length > 0 && { package: statSync(path.join(root, packages.at(-1))).size }),
  };
}

function report() {
  const rows = [];
  const add = (figure, { ours, floor, ratio } = {}, unit, aim = '') =>
    rows.push([
      figure,
      `${format(ours)} ${unit}`,
      floor === undefined ? '' : `${format(floor)} ${unit}`,
      format(ratio),
      aim,
    ]);
  for (const { files, wall, cpu, peakMiB } of results.check) {
    add(`check ${files} reviews, one core, wall time`, wall, 'ms', 'aim ≤ 1.4');
    if (cpu) add(`check ${files} reviews, one core, CPU time`, cpu, 'ms', 'aim ≤ 1.5');
    if (peakMiB) add(`check ${files} reviews, peak memory`, peakMiB, 'MiB');
  }
  // Here the other side is `node -e 0`.
  add('check one review, wall time', results.one.wall, 'ms', 'aim ≤ 2.5');
  if (results.one.cpu) add('check one review, CPU time', results.one.cpu, 'ms');
  if (results.speed) {
    // Here the other side is ourselves, and the ratio says how many times faster.
    add('check 10000 reviews, two threads against one', results.speed.threads, 'ms', 'aim ≥ 1.5');
    add('the same, two shards at once against one thread', results.speed.shards, 'ms');
    if (results.speed.peakMiB)
      add(
        'check 10000 reviews, two threads, peak memory',
        { ours: results.speed.peakMiB },
        'MiB',
        'aim ≤ 286',
      );
    add('check 10000 reviews, warm cache against cold', results.speed.cache, 'ms', 'aim ≥ 20');
  }
  add('spawn to first diagnostics', results.start, 'ms', 'aim ≤ 1.4');
  add('the same, nothing compiled before', results.firstStart, 'ms');
  const aims = { 150: 2, 1000: 0.6, 10000: 0.15 };
  for (const [k, { lines, p50, p95, newKeys, peakMiB }] of results.typing.entries()) {
    const asked = effort.typing[k][0];
    add(`keystroke to diagnostics, ${lines} lines, p50`, p50, 'ms', `aim ≤ ${aims[asked]}`);
    add(`keystroke to diagnostics, ${lines} lines, p95`, p95, 'ms');
    add(`the same in a new key, ${lines} lines, p50`, newKeys.p50, 'ms', `aim ≤ ${aims[asked]}`);
    add(`the same in a new key, ${lines} lines, p95`, newKeys.p95, 'ms');
    add(`server's peak memory, ${lines} lines`, peakMiB, 'MiB');
  }
  if (results.beside) {
    add('spawn to first diagnostics beside 10,000 reviews', results.startBeside, 'ms', 'aim ≤ 1.4');
    const { atOnce, whenQuiet } = results.beside;
    add('keystroke, 150 lines, beside 10,000 reviews, at once, p50', atOnce.p50, 'ms', 'aim ≤ 2.0');
    add('keystroke, 150 lines, beside 10,000 reviews, when quiet, p50', whenQuiet.p50, 'ms', 'aim ≤ 2.0');
    add("server's peak memory beside 10,000 reviews", results.beside.peakMiB, 'MiB');
  }
  for (const [requests, where] of [
    [results.requests, '1,000 lines'],
    [results.requestsBeside, '1,000 lines beside 10,000 reviews'],
  ])
    for (const [request, ours] of Object.entries(requests?.p95 ?? {}))
      add(`${request}, ${where}, p95`, { ours }, 'ms', 'aim ≤ 10 ms');
  for (const { name, found, ...measured } of results.peers ?? []) {
    add(`${name}, 1000 reviews, form only`, measured, 'ms', `names ${found.named} of ${found.of} malformed`);
  }
  add('dist/case-review.cjs', { ours: results.sizes.program / 1024 }, 'KiB');
  add('dist/case-review.cjs, gzip', { ours: results.sizes.programGzip / 1024 }, 'KiB');
  if (results.sizes.package) add('VSIX', { ours: results.sizes.package / 1024 }, 'KiB');

  const [{ files, bytes }] = results.check;
  const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}`;
  console.log(`\n${table(['figure', 'ours', 'bare parse', 'ratio', 'aim'], rows)}\n`);
  console.log(
    `${machine}. Reviews of ${format(bytes / files / 1024)} KiB on average. Ratios are medians over neighbouring pairs.`,
  );
  console.log(
    `Checked: ${results.corpus.seeded} seeded defects of ${results.corpus.defectKinds} kinds, ${servers.answers} answers of the server.`,
  );
  const all = {
    at: new Date(startedAt).toISOString(),
    machine,
    options,
    seconds: (Date.now() - startedAt) / 1000,
    faults,
    ...results,
  };
  writeFileSync(path.join(output, 'bench.json'), `${JSON.stringify(all, null, 1)}\n`);
  for (const fault of faults.slice(0, 20)) console.error(`WRONG: ${fault}`);
  if (faults.length > 0) {
    console.error(`${faults.length} wrong or missing findings: the figures above do not count.`);
    process.exitCode = 1;
  }
}
