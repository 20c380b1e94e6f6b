#!/usr/bin/env node
// Shows where the time goes, function by function: builds the program with readable names, runs it under
// `node --cpu-prof`, and prints self and inclusive times.
//
//   node bench/profile.mjs check [--reviews 1000]           `check` over valid reviews
//   node bench/profile.mjs type [--lines 1000] [--keys 200] the language server while somebody types
//   node bench/profile.mjs start                            the language server until its first diagnostics
//   node bench/profile.mjs floor [--reviews 1000]           the bare parse, to compare with
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { BUNDLE_OPTIONS } from '../scripts/build.mjs';
import { writeCorpus } from './gen.mjs';
import { Servers } from './language-server.mjs';
import { onOneCore, run } from './lib/run.mjs';
import { table } from './lib/statistics.mjs';

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, 'out/bench/profile');
const corpora = path.join(import.meta.dirname, 'corpora');

const text = { type: 'string' };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { reviews: text, lines: text, keys: text, top: text },
});
const count = (name, usual) => Number(values[name] ?? usual);
const subject = positionals[0];

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const profiled = [process.execPath, '--cpu-prof', `--cpu-prof-dir=${folder}`];

if (subject === 'check') {
  const corpus = writeCorpus(count('reviews', 1000), path.join(corpora, `valid-${count('reviews', 1000)}`));
  await run(onOneCore([...profiled, await buildReadable(), 'check', corpus.folder, '--format', 'json']));
} else if (subject === 'floor') {
  const corpus = writeCorpus(count('reviews', 1000), path.join(corpora, `valid-${count('reviews', 1000)}`));
  await run(onOneCore([...profiled, path.join(import.meta.dirname, 'floor/parse.mjs'), corpus.folder]));
} else if (subject === 'type' || subject === 'start') {
  const program = await buildReadable();
  const servers = new Servers({
    program,
    floor: path.join(import.meta.dirname, 'floor/server.mjs'),
    folder: path.join(corpora, 'workspace'),
  });
  servers.commands.ours = [...profiled, program, 'lsp', '--stdio'];
  if (subject === 'start') await servers.measureStart(1);
  else await servers.measureTyping(count('lines', 1000), { blocks: 1, perBlock: count('keys', 200) });
} else {
  console.error('Usage: profile.mjs check|type|start|floor [--reviews N] [--lines L] [--keys K] [--top T]');
  process.exit(2);
}
printProfile(
  path.join(
    folder,
    readdirSync(folder).find(name => name.endsWith('.cpuprofile')),
  ),
  count('top', 40),
);

/** The program as `scripts/build.mjs` bundles it, but with names and line breaks; the pack is looked for beside it. */
async function buildReadable() {
  const outfile = path.join(folder, 'dist/case-review.cjs');
  const { outdir: _outdir, outExtension: _outExtension, ...options } = BUNDLE_OPTIONS;
  await build({
    ...options,
    entryPoints: ['server/src/main.ts'],
    outfile,
    minify: false,
    metafile: false,
    banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  for (const name of ['policies', 'schemas', 'package.json'])
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  return outfile;
}

function printProfile(file, top) {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8'));
  const parents = new Map(nodes.flatMap(node => (node.children ?? []).map(child => [child, node.id])));
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const self = new Map();
  const inclusive = new Map();
  const add = (times, name, time) => times.set(name, (times.get(name) ?? 0) + time);
  for (const [k, id] of samples.entries()) {
    add(self, names.get(id), timeDeltas[k]);
    const stack = new Set();
    for (let at = id; at !== undefined; at = parents.get(at)) stack.add(names.get(at));
    for (const name of stack) add(inclusive, name, timeDeltas[k]);
  }
  const total = timeDeltas.reduce((sum, time) => sum + time, 0);
  const rows = times =>
    [...times]
      .sort((a, b) => b[1] - a[1])
      .slice(0, top)
      .map(([name, time]) => [name, (time / 1000).toFixed(0), `${((100 * time) / total).toFixed(1)} %`]);
  console.log(table(['self time', 'ms', 'share'], rows(self)));
  console.log(`\n${table(['inclusive time', 'ms', 'share'], rows(inclusive))}`);
}

function nameOf({ functionName, url, lineNumber }) {
  return `${functionName || '(anonymous)'} ${url ? `${path.basename(url)}:${lineNumber + 1}` : ''}`;
}
