// Runs tools that many use for such files over the same corpus: installs them into a folder that git ignores, and has
// them check the schema of the project. They know none of the policy rules, so the comparison favours them.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onOneCore, run } from '../lib/run.mjs';
import { median, medianRatio } from '../lib/statistics.mjs';

const ROUNDS = 2;

const PEERS = [
  {
    id: 'spectral',
    name: 'Spectral',
    packages: ['@stoplight/spectral-cli@^6'],
    files: { 'ruleset.mjs': spectralRules },
    command: (folder, corpus) => [
      'node_modules/.bin/spectral',
      'lint',
      `${corpus}/*.yaml`,
      '-r',
      `${folder}/ruleset.mjs`,
      '-f',
      'text',
      '--quiet',
    ],
  },
  {
    id: 'eslint',
    name: 'ESLint with its YAML and JSON Schema plugins',
    packages: ['eslint@^9', 'eslint-plugin-yml', 'eslint-plugin-json-schema-validator'],
    files: { 'eslint.config.mjs': eslintConfig },
    command: (folder, corpus) => [
      'node_modules/.bin/eslint',
      '-c',
      `${folder}/eslint.config.mjs`,
      '--no-ignore',
      corpus,
    ],
  },
];

export async function measurePeers({ corpus, defective, output, floor, say }) {
  const results = [];
  for (const { id, name, packages, files, command } of PEERS) {
    const folder = path.join(output, 'peers', id);
    install(folder, packages, files, say);
    const [bin, ...rest] = command(folder, corpus.folder);
    const [, ...restDefective] = command(folder, defective.folder);
    const of = args => onOneCore([process.execPath, path.join(folder, bin), ...args]);
    const runs = { floor: [], ours: [] };
    for (let round = 0; round < ROUNDS; round++) {
      runs.floor.push(await run(onOneCore([process.execPath, floor, corpus.folder])));
      // ESLint's base folder, outside which it checks nothing, is where it is started.
      runs.ours.push(await run(of(rest), { cwd: path.dirname(corpus.folder) }));
      say(`${name}: ${runs.ours.at(-1).ms.toFixed(0)} ms, exit ${runs.ours.at(-1).exitCode}`);
    }
    const { stdout } = await run(of(restDefective), { cwd: path.dirname(defective.folder) });
    const times = which => runs[which].map(({ ms }) => ms);
    results.push({
      name,
      ours: median(times('ours')),
      floor: median(times('floor')),
      ratio: medianRatio(times('ours'), times('floor')),
      exitOnValid: runs.ours[0].exitCode,
      found: found(stdout, defective),
    });
  }
  return results;
}

/** How many of the files with a defect of syntax or form are named, and how many there are. */
function found(stdout, { folder }) {
  const listed = Object.entries(JSON.parse(readFileSync(`${folder}.defects.json`, 'utf8')));
  const files = listed.filter(([, seeded]) => seeded.some(({ rule }) => /^(schema|syntax)\//.test(rule)));
  return { named: files.filter(([file]) => stdout.includes(file)).length, of: files.length };
}

function install(folder, packages, files, say) {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content());
  if (existsSync(path.join(folder, 'node_modules'))) return;
  say(`Installing ${packages.join(', ')}.`);
  writeFileSync(path.join(folder, 'package.json'), '{"private": true}\n');
  const { status } = spawnSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages],
    { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (status !== 0) throw new Error(`npm could not install ${packages.join(', ')}.`);
}

/** The project's schema in the dialect that all of them read. */
function schema() {
  const { $id, ...rest } = JSON.parse(
    readFileSync(new URL('../../schemas/case-review.schema.json', import.meta.url), 'utf8'),
  );
  return JSON.stringify({ ...rest, $schema: 'http://json-schema.org/draft-07/schema#' });
}

function spectralRules() {
  return `import { schema } from '@stoplight/spectral-functions';
const form = ${schema()};
export default {
  rules: { form: { given: '$', severity: 'error', then: { function: schema, functionOptions: { schema: form, allErrors: true } } } },
};
`;
}

function eslintConfig() {
  return `import yml from 'eslint-plugin-yml';
import validator from 'eslint-plugin-json-schema-validator';
const schema = ${schema()};
export default [
  ...yml.configs['flat/base'],
  {
    files: ['**/*.yaml'],
    plugins: { 'json-schema-validator': validator },
    rules: { 'json-schema-validator/no-invalid': ['error', { useSchemastoreCatalog: false, schemas: [{ fileMatch: ['**/*.yaml'], schema }] }] },
  },
];
`;
}
