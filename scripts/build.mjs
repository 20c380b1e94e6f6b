// Builds everything: what is derived from the schemas and the pack, then `out/` by tsc (for the tests), then the
// bundles in `dist/` by esbuild: the server's program, which is the command line too, the extension, both once more for
// a browser, and the scripts and stylesheets of the extension's pages.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
/** What runs in the webviews: each `*-page.ts` is one, with a stylesheet of the same name. */
const PAGES = 'client/web';

/** Throws when a step fails; the step has said why on stderr. */
export async function buildAll() {
  runNode('scripts/generate.mjs');
  runNode('scripts/generate-pack.mjs');
  runNode('node_modules/typescript/bin/tsc', '-p', '.');
  runNode('node_modules/typescript/bin/tsc', '-p', 'client/web');
  await bundle();
}

/** What both bundles have in common; the benchmark's profiler builds with the same. */
export const BUNDLE_OPTIONS = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  // The same package without its look at process.env for every token: reading costs two thirds.
  alias: { yaml: './node_modules/yaml/browser/index.js' },
  // CommonJS has no import.meta; these are its names for the same facts.
  define: {
    'import.meta.dirname': '__dirname',
    'import.meta.filename': '__filename',
    'import.meta.url': 'importMetaUrl',
  },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
};

/** What would need Node fails the build. VS Code takes nothing but CommonJS there, and knows it by `.cjs`. */
const IN_BROWSER = { platform: 'browser', target: 'es2022' };

export async function bundle() {
  const importMetaUrl = "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;";
  const results = await Promise.all([
    bundleProgram(importMetaUrl),
    build({
      ...BUNDLE_OPTIONS,
      entryPoints: { extension: 'client/src/extension-node.ts' },
      banner: { js: importMetaUrl },
      external: ['vscode'],
    }),
    build({
      ...BUNDLE_OPTIONS,
      ...IN_BROWSER,
      entryPoints: { 'extension-web': 'client/src/extension-web.ts' },
      external: ['vscode'],
    }),
    build({
      ...BUNDLE_OPTIONS,
      ...IN_BROWSER,
      entryPoints: { 'lsp-worker': 'server/src/lsp-worker.ts' },
      format: 'iife',
    }),
    build({
      ...BUNDLE_OPTIONS,
      ...IN_BROWSER,
      entryPoints: readdirSync(path.join(root, PAGES))
        .filter(file => /-page\.(?:ts|css)$/.test(file))
        .map(file => path.join(PAGES, file)),
      format: 'esm',
      outExtension: {},
    }),
  ]);
  chmodSync(path.join(root, 'dist/case-review.cjs'), 0o755);
  writeNotices(results.flatMap(({ metafile }) => Object.keys(metafile.inputs)));
}

/** Only these would have line breaks within. */
const ONE_LINE = { supported: { 'template-literal': false } };

/** Commander could call other programs for subcommands; ours are all in this one, and what it loads for that slows every start. */
const WITHOUT_PROGRAMS = {
  name: 'without-programs',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes(`${path.sep}commander${path.sep}`) ? { path: 'none', namespace: 'none' } : undefined,
    );
    onLoad({ filter: /^none$/, namespace: 'none' }, () => ({ contents: '' }));
  },
};

/** The library of CEL is loaded when an expression is not prepared: with the shipped pack alone it never is. */
const CEL_WHEN_NEEDED = {
  name: 'cel-when-needed',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@marcbachmann\/cel-js$/ }, ({ namespace }) =>
      namespace === 'file' ? { path: 'cel', namespace: 'when-needed' } : undefined,
    );
    onLoad({ filter: /^cel$/, namespace: 'when-needed' }, () => ({
      contents: `export function Environment(options) { return new (require('@marcbachmann/cel-js').Environment)(options); }`,
      resolveDir: root,
    }));
  },
};

/** The program as a comment behind its starter, in a function whose text the starter asks for: one file all the same. */
async function bundleProgram(importMetaUrl) {
  const program = await build({
    ...BUNDLE_OPTIONS,
    entryPoints: { 'case-review': 'server/src/main.ts' },
    banner: { js: importMetaUrl },
    ...ONE_LINE,
    plugins: [WITHOUT_PROGRAMS, CEL_WHEN_NEEDED],
    write: false,
  });
  const [{ text, hash }] = program.outputFiles;
  const id = hash.replace(/\W/g, '');
  // esbuild leaves other letters in regular expressions alone, and one of them makes V8 keep two bytes for each.
  const ascii = text.replace(
    /[^\0-\x7f]/g,
    letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const [banner, body, ...others] = ascii.trimEnd().split('\n');
  if (others.length > 0) throw new Error('The program has a line break, and does not fit into one comment.');
  await build({
    ...BUNDLE_OPTIONS,
    entryPoints: { 'case-review': 'server/src/starter.ts' },
    banner: { js: '#!/usr/bin/env node' },
    ...ONE_LINE,
    define: { PROGRAM_ID: JSON.stringify(id) },
    footer: {
      js: `function caseReview(){//${id}(function(exports,require,module,__filename,__dirname){${banner}${body}})\n}`,
    },
  });
  return program;
}

/** The licences of the packages that went into the bundles. */
function writeNotices(inputs) {
  const folders = new Set();
  for (const input of inputs) {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) folders.add(found[1]);
  }
  const notices = [...folders].sort().map(folder => {
    const { name, version, license } = JSON.parse(
      readFileSync(path.join(root, folder, 'package.json'), 'utf8'),
    );
    const file = readdirSync(path.join(root, folder)).find(entry => /^licen[cs]e/i.test(entry));
    const text = file ? readFileSync(path.join(root, folder, file), 'utf8').trim() : '';
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  mkdirSync(path.join(root, 'dist'), { recursive: true });
  writeFileSync(path.join(root, 'dist/third-party-notices.txt'), notices.join(`\n${'-'.repeat(80)}\n\n`));
}

function runNode(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${args[0]} failed`);
}

/** For programs that have nothing to do without a build. */
export async function buildOrExit() {
  await buildAll().catch(error => {
    console.error(`build: ${error.message}`);
    process.exit(1);
  });
}

if (process.argv[1] === import.meta.filename) await buildOrExit();
