/** `contributes` of package.json against the names that editor and server agree on. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import {
  COMMANDS,
  CONFIG_GLOB,
  DEFAULT_SETTINGS,
  DIAGNOSTICS_SCOPES,
  GRAMMAR_SCOPE,
  LANGUAGE_ID,
  LANGUAGE_NAME,
  REVIEW_EXTENSIONS,
  SETTINGS,
} from '../../server/src/protocol.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** What of package.json is held against the protocol. */
interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly languages: readonly { id: string; aliases: string[]; extensions: string[] }[];
    readonly grammars: readonly { language: string; scopeName: string; path: string }[];
    readonly commands: readonly { command: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly configurationDefaults: Readonly<Record<string, unknown>>;
    readonly snippets: readonly { language: string }[];
  };
}

interface Setting {
  readonly enum?: readonly string[];
  readonly default?: unknown;
}

const readText = (file: string) => readFileSync(path.join(root, file), 'utf8');
const manifest: Manifest = JSON.parse(readText('package.json'));
const { languages, grammars, commands, configuration, configurationDefaults, snippets } =
  manifest.contributes;

test('the language is contributed under its name, with its file endings', () => {
  assert.deepEqual(
    languages.map(({ id, aliases, extensions }) => ({ id, aliases, extensions })),
    [{ id: LANGUAGE_ID, aliases: [LANGUAGE_NAME], extensions: REVIEW_EXTENSIONS }],
  );
  assert.deepEqual(Object.keys(configurationDefaults), [`[${LANGUAGE_ID}]`]);
  assert.deepEqual([...new Set(snippets.map(({ language }) => language))], [LANGUAGE_ID]);
});

test('the grammar belongs to the language and has the scope named', () => {
  assert.deepEqual(
    grammars.map(({ language, scopeName }) => ({ language, scopeName })),
    [{ language: LANGUAGE_ID, scopeName: GRAMMAR_SCOPE }],
  );
  for (const grammar of grammars) {
    const { scopeName }: { scopeName: string } = JSON.parse(readText(grammar.path));
    assert.equal(scopeName, GRAMMAR_SCOPE);
  }
});

test('each command is contributed once', () => {
  const contributed = commands.map(({ command }) => command);
  assert.deepEqual(contributed.toSorted(), Object.values(COMMANDS).toSorted());
});

test('each setting is contributed with the words and the default that the server knows', () => {
  const { properties } = configuration;
  assert.deepEqual(Object.keys(properties).toSorted(), Object.values(SETTINGS).toSorted());
  assert.deepEqual(properties[SETTINGS.diagnosticsScope]?.enum, DIAGNOSTICS_SCOPES);
  assert.equal(properties[SETTINGS.diagnosticsScope]?.default, DEFAULT_SETTINGS.diagnostics.scope);
});

test('a workspace with reviews or a configuration activates the extension', () => {
  const extensions = REVIEW_EXTENSIONS.map(extension => `workspaceContains:**/*${extension}`);
  assert.deepEqual(manifest.activationEvents, [...extensions, `workspaceContains:${CONFIG_GLOB}`]);
});

test('every file that the manifest names exists', () => {
  const named = [...JSON.stringify(manifest.contributes).matchAll(/"(\.\/[^"]+)"/g)].map(match => match[1]!);
  for (const file of [manifest.icon, ...named]) assert.ok(existsSync(path.join(root, file)), file);
});
