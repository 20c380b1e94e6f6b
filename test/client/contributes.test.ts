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
const readJson = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
const manifest = readJson('package.json');
const { languages, grammars, commands, configuration, configurationDefaults, snippets } =
  manifest.contributes;

test('the language is contributed under its name, with its file endings', () => {
  assert.equal(languages.length, 1);
  assert.equal(languages[0].id, LANGUAGE_ID);
  assert.deepEqual(languages[0].aliases, [LANGUAGE_NAME]);
  assert.deepEqual(languages[0].extensions, REVIEW_EXTENSIONS);
  assert.deepEqual(Object.keys(configurationDefaults), [`[${LANGUAGE_ID}]`]);
  assert.equal(snippets[0].language, LANGUAGE_ID);
});

test('the grammar belongs to the language and has the scope named', () => {
  assert.deepEqual(grammars, [{ language: LANGUAGE_ID, scopeName: GRAMMAR_SCOPE, path: grammars[0].path }]);
  assert.equal(readJson(grammars[0].path).scopeName, GRAMMAR_SCOPE);
});

test('each command is contributed once', () => {
  const contributed = commands.map(({ command }: { command: string }) => command);
  assert.deepEqual(contributed.toSorted(), Object.values(COMMANDS).toSorted());
});

test('each setting is contributed with the words and the default that the server knows', () => {
  const { properties } = configuration;
  assert.deepEqual(Object.keys(properties).toSorted(), Object.values(SETTINGS).toSorted());
  assert.deepEqual(properties[SETTINGS.diagnosticsScope].enum, DIAGNOSTICS_SCOPES);
  assert.equal(properties[SETTINGS.diagnosticsScope].default, DEFAULT_SETTINGS.diagnostics.scope);
});

test('a workspace with reviews or a configuration activates the extension', () => {
  const extensions = REVIEW_EXTENSIONS.map(extension => `workspaceContains:**/*${extension}`);
  assert.deepEqual(manifest.activationEvents, [...extensions, `workspaceContains:${CONFIG_GLOB}`]);
});

test('every file that the manifest names exists', () => {
  const named = [...JSON.stringify(manifest.contributes).matchAll(/"(\.\/[^"]+)"/g)].map(match => match[1]!);
  for (const file of [manifest.icon, ...named]) assert.ok(existsSync(path.join(root, file)), file);
});
