#!/usr/bin/env node
// An hour of scripted editing, as fast as the server answers: does its memory stay flat?
//
//   node bench/soak.mjs [--edits 20000] [--reviews 60] [--seed 1]
//
// Words are broken and repaired, lines typed letter by letter and taken away, entries pasted and cut; between that
// questions as editors ask them, documents opened and closed, a file saved, and the force's pack broken and repaired.
// Every change is taken back, so that what the server has to know stays the same. A table goes to standard output; the
// slope is that of the line of best fit through the second half, when everything has been used once.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { buildOrExit } from '../scripts/build.mjs';
import { randomOf } from './corpus/random.mjs';
import { makeLongText, writeCorpus } from './gen.mjs';
import { LspClient } from './lib/lsp-client.mjs';
import { table } from './lib/statistics.mjs';

const root = path.resolve(import.meta.dirname, '..');
const whole = { type: 'string' };
const { values } = parseArgs({ options: { edits: whole, reviews: whole, seed: whole } });
const EDITS = Number(values.edits ?? 20_000);
const REVIEWS = Number(values.reviews ?? 60);
const ROUNDS = 20;
const OPEN_AT_ONCE = 4;
const choose = randomOf(Number(values.seed ?? 1), 1);

await buildOrExit();
const folder = path.join(import.meta.dirname, 'corpora/soak');
rmSync(folder, { recursive: true, force: true });
mkdirSync(path.join(folder, 'policies/force'), { recursive: true });
writeCorpus(REVIEWS, path.join(folder, 'reviews'));
writeFileSync(path.join(folder, 'reviews/long.case-review.yaml'), makeLongText(3000));
const PACK = path.join(folder, 'policies/force/pack.yaml');
const PACK_TEXT = 'id: force\ntitle: A force\nversion: "1"\njurisdiction: [england]\n';
writeFileSync(PACK, PACK_TEXT);
writeFileSync(path.join(folder, 'case-review.config.yaml'), 'packs: [england-wales, ./policies/force]\n');

const hook = path.join(import.meta.dirname, 'lib/report-memory.cjs');
const program = path.join(root, 'dist/case-review.cjs');
const command = [process.execPath, '--expose-gc', '--require', hook, program, 'lsp', '--stdio'];
const client = new LspClient(command, pathToFileURL(folder).href);
await client.initialize();

/** @type {TextDocument[]} */
const open = [];
let edits = 0;
let questions = 0;
const paths = readdirSync(path.join(folder, 'reviews')).map(file => path.join(folder, 'reviews', file));

const rows = [];
const half = [];
for (let round = 0; round <= ROUNDS; round++) {
  while (edits < (EDITS / ROUNDS) * round) await act();
  // Documents differ in size, so all are closed when the memory is looked at.
  while (open.length > 0) closeOne();
  const { rss, heapUsed } = await memoryOfServer();
  rows.push([String(edits), String(questions), mib(rss), mib(heapUsed)]);
  if (round * 2 >= ROUNDS) half.push([edits, heapUsed]);
  console.error(
    `${edits} edits, ${questions} questions: heap ${mib(heapUsed)} MiB, resident ${mib(rss)} MiB`,
  );
}
await client.stop();
console.log(table(['edits', 'questions', 'resident MiB', 'heap MiB'], rows));
console.log(`\nThe heap grows by ${(slope(half) / 1024).toFixed(2)} KiB per 1,000 edits in the second half.`);

/** One thing that somebody does in an editor. */
async function act() {
  if (open.length < OPEN_AT_ONCE) return openOne();
  const dice = choose.int(1, 1000);
  if (dice < 8) return closeOne();
  if (dice < 12) return breakPack();
  if (dice < 20) return saveOne();
  if (dice < 500) return typeLetter();
  if (dice < 700) return typeLine();
  if (dice < 760) return pasteEntry();
  return askSomething();
}

function openOne() {
  const closed = paths.filter(file => open.every(({ uri }) => uri !== pathToFileURL(file).href));
  const file = choose.pick(closed);
  const text = readFileSync(file, 'utf8');
  const document = TextDocument.create(pathToFileURL(file).href, 'case-review', 1, text);
  open.push(document);
  client.notify('textDocument/didOpen', {
    textDocument: { uri: document.uri, languageId: 'case-review', version: 1, text },
  });
  return askForDiagnostics(document);
}

function closeOne() {
  const [{ uri }] = open.splice(choose.int(0, open.length - 1), 1);
  client.notify('textDocument/didClose', { textDocument: { uri } });
}

async function typeLetter() {
  const document = choose.pick(open);
  const { end } = pickMatch(document, /: [a-z_]{4,}$/gm);
  await edit(document, end, end, 'x');
  await edit(document, end, end + 1, '');
}

/** A line below another, letter by letter as it is typed, and gone again. */
async function typeLine() {
  const document = choose.pick(open);
  const { text, end } = pickMatch(document, /^ +\w+: \S+$/gm);
  const line = `\n${' '.repeat(text.search(/\S/))}note: as told`;
  let typed = 0;
  while (typed < line.length) {
    const next = Math.min(typed + choose.int(1, 3), line.length);
    await edit(document, end + typed, end + typed, line.slice(typed, next));
    typed = next;
    if (choose.chance(0.25)) await askSomething();
  }
  await edit(document, end, end + typed, '');
}

async function pasteEntry() {
  const document = choose.pick(open);
  const { text, end } = pickMatch(document, /^ +- .*\n(?: {4,}.*\n)*/gm);
  await edit(document, end, end, text);
  await edit(document, end, end + text.length, '');
}

async function edit(document, start, end, text) {
  const range = { start: document.positionAt(start), end: document.positionAt(end) };
  const version = document.version + 1;
  TextDocument.update(document, [{ range, text }], version);
  client.notify('textDocument/didChange', {
    textDocument: { uri: document.uri, version },
    contentChanges: [{ range, text }],
  });
  edits++;
  await askForDiagnostics(document);
}

function askForDiagnostics({ uri }) {
  return client.request('textDocument/diagnostic', { textDocument: { uri } });
}

async function askSomething() {
  const document = choose.pick(open);
  const textDocument = { uri: document.uri };
  const position = document.positionAt(choose.int(0, document.getText().length));
  const range = { start: position, end: { line: position.line + 40, character: 0 } };
  const [method, params] = choose.pick([
    ['hover', { textDocument, position }],
    ['completion', { textDocument, position }],
    ['inlayHint', { textDocument, range }],
    ['codeLens', { textDocument }],
    ['documentSymbol', { textDocument }],
    ['foldingRange', { textDocument }],
    ['semanticTokens/full', { textDocument }],
    ['codeAction', { textDocument, range, context: { diagnostics: [] } }],
    ['documentHighlight', { textDocument, position }],
    ['references', { textDocument, position, context: { includeDeclaration: true } }],
  ]);
  await client.request(`textDocument/${method}`, params);
  questions++;
}

/** As saving does it: the file changes, and the watcher tells. */
function saveOne() {
  const { uri } = choose.pick(open);
  changed(uri);
}

function changed(uri) {
  client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
}

async function breakPack() {
  for (const text of [`${PACK_TEXT}rules: [\n`, PACK_TEXT]) {
    writeFileSync(PACK, text);
    changed(pathToFileURL(PACK).href);
    await askForDiagnostics(choose.pick(open));
  }
}

function pickMatch(document, pattern) {
  const { 0: text, index } = choose.pick([...document.getText().matchAll(pattern)]);
  return { text, end: index + text.length };
}

async function memoryOfServer() {
  // An answer shows that what was said before has been heard.
  await client.request('workspace/symbol', { query: 'CASE' });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(reject, 60_000, new Error('The server did not tell its memory.'));
    client.once('memory', memory => {
      clearTimeout(timer);
      resolve(memory);
    });
    process.kill(client.pid, 'SIGUSR2');
  });
}

/** Bytes per 1,000 edits. */
function slope(points) {
  const mean = at => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return (over / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0)) * 1000;
}

function mib(bytes) {
  return (bytes / 2 ** 20).toFixed(1);
}
