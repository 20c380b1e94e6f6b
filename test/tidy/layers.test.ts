/** The plan of the house: which part may import which. Read together with ARCHITECTURE.md; a breach or a cycle fails. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { test } from 'node:test';
import { repositoryRoot } from '../support/shipped-pack.ts';

/** Part to what it may import: parts by folder, packages by name or prefix ending in `*`. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'server/src/texts': [],
  'server/src/calendar': ['temporal-polyfill*'],
  'server/src/engine': [
    'server/src/calendar',
    'server/src/generated',
    'yaml',
    'fastest-levenshtein',
    'ajv-formats*',
  ],
  'server/src/identifiers': ['server/src/engine'],
  'server/src/policy': [
    'server/src/calendar',
    'server/src/engine',
    'server/src/identifiers',
    '@marcbachmann/cel-js',
  ],
  'server/src/check': [
    'server/src/calendar',
    'server/src/engine',
    'server/src/identifiers',
    'server/src/policy',
    'server/src/texts',
    'server/src/generated',
  ],
  'server/src/audit': ['server/src/engine', 'simple-statistics'],
  'server/src/workspace': [
    'server/src/protocol.ts',
    'server/src/engine',
    'server/src/identifiers',
    'server/src/policy',
    'server/src/check',
    'server/src/generated',
    'ignore',
  ],
  'server/src/render': [
    'server/src/calendar',
    'server/src/engine',
    'server/src/policy',
    'server/src/check',
    'server/src/audit',
    'server/src/texts',
    'server/src/generated',
    'entities*',
    'd3-scale',
    'd3-shape',
    'd3-time',
  ],
  'server/src/files': ['node:*', 'ignore', 'server/src/workspace', 'server/src/protocol.ts'],
  'server/src/lsp': [
    'vscode-languageserver',
    'vscode-languageserver-textdocument',
    'server/src/texts',
    'server/src/calendar',
    'server/src/engine',
    'server/src/policy',
    'server/src/check',
    'server/src/audit',
    'server/src/workspace',
    'server/src/render',
    'server/src/files',
    'server/src/protocol.ts',
    'server/src/generated',
  ],
  'server/src/cli': [
    'node:*',
    'commander',
    'chokidar',
    'picocolors',
    'tinyglobby',
    'diff',
    'fastest-levenshtein',
    'server/src/texts',
    'server/src/calendar',
    'server/src/engine',
    'server/src/policy',
    'server/src/check',
    'server/src/audit',
    'server/src/workspace',
    'server/src/render',
    'server/src/files',
    'server/src/protocol.ts',
    'server/src/generated',
    'package.json',
    'schemas',
  ],
  'server/src/lsp-process.ts': [
    'node:*',
    'vscode-languageserver/node',
    'server/src/files',
    'server/src/lsp',
    'server/src/workspace',
  ],
  'server/src/lsp-worker.ts': ['vscode-languageserver/browser', 'server/src/lsp', 'server/src/workspace'],
  'server/src/main.ts': ['server/src/cli', 'server/src/lsp-process.ts', 'node:*'],
  'server/src/starter.ts': ['node:*'],
  'server/src/protocol.ts': [],
  'client/src/extension-node.ts': ['vscode', 'vscode-languageclient/node', 'client/src'],
  'client/src/extension-web.ts': ['vscode', 'vscode-languageclient/browser', 'client/src'],
  'client/src': ['vscode', 'vscode-languageclient', 'server/src/protocol.ts'],
  'client/web': ['server/src/protocol.ts'],
};

/** Only these files may know the package. */
const ONLY_IN: Readonly<Record<string, readonly string[]>> = {
  yaml: [
    'server/src/engine/yaml/compose-yaml.ts',
    'server/src/engine/yaml/composed-tree.ts',
    'server/src/engine/yaml/direct-tree.ts',
    'server/src/engine/yaml/library-errors.ts',
  ],
  '@marcbachmann/cel-js': ['server/src/policy/cel-environment.ts', 'server/src/policy/cel-functions.ts'],
};

interface Import {
  readonly from: string;
  /** A path in the repository or the name of a package. */
  readonly to: string;
}

const sources = ['server/src', 'client/src', 'client/web'].flatMap(folder =>
  readdirSync(join(repositoryRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.startsWith('generated'))
    .map(file => `${folder}/${file.split(sep).join('/')}`),
);
const imports = sources.flatMap(importsOf);

test('every part imports only what the plan allows', () => {
  const breaches = imports.filter(({ from, to }) => !isAllowed(partOf(from), to));
  assert.deepEqual(
    breaches.map(({ from, to }) => `${from} imports ${to}`),
    [],
  );
});

test('a package with one home is imported nowhere else', () => {
  const strays = imports.filter(({ from, to }) => ONLY_IN[to] && !ONLY_IN[to].includes(from));
  assert.deepEqual(
    strays.map(({ from, to }) => `${from} imports ${to}`),
    [],
  );
});

test('no file imports itself by a circle', () => {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) if (to.endsWith('.ts')) next.set(from, [...(next.get(from) ?? []), to]);
  const circles = sources.map(file => findCircle(file, next)).filter(circle => circle !== undefined);
  assert.deepEqual(
    circles.map(circle => circle.join(' -> ')),
    [],
  );
});

test('what runs in a browser reaches nothing of Node', () => {
  const reached = new Set(['server/src/lsp-worker.ts', 'client/src/extension-web.ts']);
  for (const file of reached) for (const { from, to } of imports) if (from === file) reached.add(to);
  const sourcesReached = sources.filter(file => reached.has(file));
  assert.ok(sourcesReached.length > 200);
  assert.deepEqual(
    [...reached].filter(name => /^node:|\/node$/.test(name)),
    [],
  );
  assert.deepEqual(
    sourcesReached.filter(file => /\b(?:process|Buffer|__dirname)\b\.?/.test(withoutComments(read(file)))),
    [],
  );
});

test('the pure parts reach no clock, no randomness and no surroundings', () => {
  const pure = sources.filter(file =>
    /^server\/src\/(calendar|engine|policy|check|audit|workspace|render)\//.test(file),
  );
  const reach =
    /\b(?:Date\.now|new Date\(\)|Math\.random|process\.|globalThis\.|console\.|setTimeout|fetch\()/;
  assert.deepEqual(
    pure.filter(file => reach.test(withoutComments(read(file)))),
    [],
  );
});

test('no module holds state of its own', () => {
  const held = sources.filter(file => file.startsWith('server/') && /^(?:export )?let /m.test(read(file)));
  assert.deepEqual(held, []);
});

function read(file: string): string {
  return readFileSync(join(repositoryRoot, file), 'utf8');
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}

function importsOf(file: string): Import[] {
  const found = withoutComments(read(file)).matchAll(
    /(?:^\s*(?:import|export)\b[^;'"]*?from\s*|^\s*import\s*|\bimport\()\s*['"]([^'"]+)['"]/gm,
  );
  return [...found].map(([, specifier]) => ({
    from: file,
    to: specifier!.startsWith('.') ? normalize(join(dirname(file), specifier!)) : specifier!,
  }));
}

function partOf(path: string): string {
  return Object.keys(MAY_IMPORT).find(part => path === part || path.startsWith(`${part}/`)) ?? path;
}

function isAllowed(part: string, to: string): boolean {
  if (partOf(to) === part) return true;
  return (MAY_IMPORT[part] ?? []).some(allowed =>
    allowed.endsWith('*')
      ? to.startsWith(allowed.slice(0, -1))
      : to === allowed || to.startsWith(`${allowed}/`),
  );
}

function findCircle(start: string, next: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const seen = new Set<string>();
  const walk = (file: string, way: readonly string[]): string[] | undefined => {
    for (const to of next.get(file) ?? []) {
      if (to === start) return [...way, file, to];
      if (seen.has(to)) continue;
      seen.add(to);
      const circle = walk(to, [...way, file]);
      if (circle) return circle;
    }
    return undefined;
  };
  return walk(start, []);
}
