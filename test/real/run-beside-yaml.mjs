// Runs the test module `beside-yaml/` in a real VS Code that has the YAML server of Red Hat as well.
// Alone: node test/real/run-beside-yaml.mjs [package.vsix]
import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { main } from './main.mjs';
import { runInHost } from './run-vscode.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const SETTINGS = {
  'yaml.schemas': { './demands.json': '*.yaml' },
  'yaml.schemaStore.enable': false,
};
const FILES = {
  'plain.yaml': 'other: 1\n',
  'demands.json': JSON.stringify({
    type: 'object',
    properties: { demanded_by_the_schema: { type: 'string' } },
    required: ['demanded_by_the_schema'],
  }),
  'case-review.config.yaml': 'packs: [policies/ours]\nsevrity: {}\n',
};
/** In what is said of either extension or by its code. */
const EITHER = /case-review\.case-review|yaml-stand-in|yaml-language-server/;

/** @returns {Promise<import('./main.mjs').Result[]>} */
export async function runBesideYaml(kit, vsix) {
  return runInHost(kit, vsix, 'beside-yaml', {
    development: await bundleExtension(),
    settings: SETTINGS,
    env: { CASE_REVIEW_TEST_YAML_SERVER: kit.yamlServer },
    prepare,
    inspect,
  });
}

function prepare(run) {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(path.join(run.workspace, name), text);
  run.complaints = [];
  run.page.on('console', message => {
    if (message.type() === 'error' && EITHER.test(message.text())) run.complaints.push(message.text());
  });
}

/** With its client in it, so that its folder needs no packages. @returns {Promise<string>} */
async function bundleExtension() {
  const from = path.join(import.meta.dirname, 'beside-yaml');
  const to = path.join(root, 'out/yaml-extension');
  await build({
    entryPoints: [path.join(from, 'yaml-extension.ts')],
    outfile: path.join(to, 'extension.cjs'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  cpSync(path.join(from, 'manifest.json'), path.join(to, 'package.json'));
  return to;
}

/** What nobody may see, once the tests have ended. */
async function inspect({ page, complaints }) {
  const asked = await page.locator('.notification-toast, .quick-input-widget:visible').allTextContents();
  return [toResult('nothing is notified or asked', asked), toResult('nothing was complained of', complaints)];
}

function toResult(title, wrong) {
  return wrong.length === 0 ? { title, state: 'pass' } : { title, state: 'fail', error: wrong.join('\n') };
}

if (process.argv[1] === import.meta.filename) await main(runBesideYaml);
