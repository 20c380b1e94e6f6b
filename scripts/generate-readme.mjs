// Writes the table of rules in `README.md`, between its two markers, from the rule files of the shipped pack.
// With `--check` nothing is written and a stale table is a failure.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

const root = path.resolve(import.meta.dirname, '..');
const readmeFile = path.join(root, 'README.md');
const BEGIN = '<!-- rules: written by scripts/generate-readme.mjs, do not edit -->';
const END = '<!-- end of rules -->';

/** The README's text with a fresh table. @param {string} readme */
export function withRules(readme) {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new Error('README.md has lost the markers of its table of rules');
  return `${readme.slice(0, begin + BEGIN.length)}\n${makeTable()}${readme.slice(end)}`;
}

function makeTable() {
  const rows = readRules().map(
    ({ id, ref, title, severity, confidence, catches = [] }) =>
      `| [${ref}](docs/rules/${id}.md) | ${title.replaceAll('|', '\\|')} | ${severity} | ${confidence} | ${catches.join(' ')} |\n`,
  );
  return `The pack \`england-wales\` has ${rows.length} rules.\n\n| rule | what holds in a good file | severity | confidence | failings |\n|---|---|---|---|---|\n${rows.join('')}`;
}

function readRules() {
  const folder = 'policies/england-wales';
  return readdirSync(path.join(root, folder), { recursive: true })
    .map(file => file.replaceAll('\\', '/'))
    .filter(file => /^[^/]+\/[^/]+\.yaml$/.test(file))
    .map(file => parse(readFileSync(path.join(root, folder, file), 'utf8')))
    .sort((a, b) => (a.ref < b.ref ? -1 : 1));
}

if (process.argv[1] === import.meta.filename) {
  const readme = readFileSync(readmeFile, 'utf8');
  const fresh = withRules(readme);
  if (!process.argv.includes('--check')) {
    writeFileSync(readmeFile, fresh);
  } else if (readme !== fresh) {
    console.error('the table of rules in README.md is stale; run: node scripts/generate-readme.mjs');
    process.exitCode = 1;
  }
}
