/** `contributes` of package.json against the names that editor and server agree on. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { validateConfig } from '../../server/src/generated/validators.js';
import {
  AUDIT_PANEL,
  CHECKLIST_VIEW,
  COMMANDS,
  CONFIG_GLOB,
  DEFAULT_SETTINGS,
  DIAGNOSTICS_SCOPES,
  GRAMMAR_SCOPE,
  LANGUAGE_ID,
  LANGUAGE_NAME,
  REVIEW_EXTENSIONS,
  SETTINGS,
  SHOW_CHECKLIST_COMMAND,
  TIMELINE_PANEL,
} from '../../server/src/protocol.ts';
import { reviewText } from '../support/reviews.ts';
import { judged } from '../support/timelines.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** What of package.json is held against the protocol. */
interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly languages: readonly { id: string; aliases: string[]; extensions: string[] }[];
    readonly grammars: readonly { language: string; scopeName: string; path: string }[];
    readonly commands: readonly { command: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly configurationDefaults: Readonly<Record<string, unknown>>;
    readonly views: Readonly<Record<string, readonly { id: string }[]>>;
    readonly viewsWelcome: readonly { view: string; contents: string }[];
    readonly walkthroughs: readonly { id: string; steps: readonly WalkthroughStep[] }[];
  };
}

interface WalkthroughStep {
  readonly description: string;
  readonly media: { readonly markdown?: string; readonly altText?: string };
  readonly completionEvents: readonly string[];
}

interface Setting {
  readonly enum?: readonly string[];
  readonly default?: unknown;
}

const readText = (file: string) => readFileSync(path.join(root, file), 'utf8');
const nls: Record<string, string> = JSON.parse(readText('package.nls.json'));
/** As VS Code reads it in English. */
const manifest: Manifest = JSON.parse(readText('package.json'), (_key, value) =>
  typeof value === 'string' ? value.replace(/^%(.+)%$/, (name, key) => nls[key] ?? name) : value,
);
const {
  languages,
  grammars,
  commands,
  configuration,
  configurationDefaults,
  views,
  viewsWelcome,
  walkthroughs,
} = manifest.contributes;
const steps = walkthroughs.flatMap(walkthrough => walkthrough.steps);

test('the language is contributed under its name, with its file endings', () => {
  assert.deepEqual(
    languages.map(({ id, aliases, extensions }) => ({ id, aliases, extensions })),
    [{ id: LANGUAGE_ID, aliases: [LANGUAGE_NAME], extensions: REVIEW_EXTENSIONS }],
  );
  assert.deepEqual(Object.keys(configurationDefaults), [`[${LANGUAGE_ID}]`]);
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

test('each view is contributed once, with words for when it is empty', () => {
  const contributed = Object.values(views).flatMap(list => list.map(({ id }) => id));
  assert.deepEqual(contributed, [CHECKLIST_VIEW]);
  assert.deepEqual(
    viewsWelcome.map(({ view }) => view),
    contributed,
  );
});

test('every command behind a link of the walkthrough and of an empty view exists', () => {
  const texts = [...steps.map(({ description }) => description), ...viewsWelcome.map(one => one.contents)];
  const linked = texts.flatMap(text => [...text.matchAll(/\(command:([^?)]+)/g)].map(match => match[1]!));
  const events = steps.flatMap(step => step.completionEvents).filter(event => event.startsWith('onCommand:'));
  const named = [...linked, ...events.map(event => event.replace('onCommand:', ''))];
  const known: string[] = [
    ...Object.values(COMMANDS),
    SHOW_CHECKLIST_COMMAND,
    'workbench.action.openWalkthrough',
  ];
  assert.ok(named.length > 5);
  assert.deepEqual(
    named.filter(command => !known.includes(command)),
    [],
  );
  const walkthrough = JSON.stringify(`${manifest.publisher}.${manifest.name}#${walkthroughs[0]?.id}`);
  assert.ok(texts.some(text => text.includes(`openWalkthrough?${encodeURIComponent(walkthrough)}`)));
});

test('every picture of the walkthrough is told in words, and its configuration fits the schema', () => {
  const pages = steps.flatMap(({ media }) => (media.markdown === undefined ? [] : [media.markdown]));
  for (const { media } of steps) assert.ok(media.markdown ?? media.altText);
  const blocks = pages.flatMap(page => [...readText(page).matchAll(/```yaml\n([^`]*)```/g)]);
  assert.equal(blocks.length, 1);
  for (const [, config = ''] of blocks)
    assert.ok(validateConfig(parse(config)), JSON.stringify(validateConfig.errors));
});

test('the picture of a fix shows what is offered for the review in it', () => {
  const words = [...readText('client/walkthrough/write.svg').matchAll(/<text x="(\d+)"[^>]*>([^<]*)</g)];
  const [review, fixes] = [words.slice(0, 3), words.slice(3).map(([, , text]) => text)];
  const more = review.map(([, x, text]) => `${' '.repeat((Number(x) - 20) / 8)}${text}\n`).join('');
  const findings = judged(reviewText({ more })).report.findings;
  const titles = findings.flatMap(finding => finding.fixes.map(({ title }) => title));
  assert.ok(titles.includes(fixes[0]!), `${fixes[0]} is among ${titles.join(', ')}`);
});

test('each setting is contributed with the words and the default that the server knows', () => {
  const { properties } = configuration;
  assert.deepEqual(Object.keys(properties).toSorted(), Object.values(SETTINGS).toSorted());
  assert.deepEqual(properties[SETTINGS.diagnosticsScope]?.enum, DIAGNOSTICS_SCOPES);
  assert.equal(properties[SETTINGS.diagnosticsScope]?.default, DEFAULT_SETTINGS.diagnostics.scope);
});

test('a workspace with reviews or a configuration activates the extension', () => {
  const extensions = REVIEW_EXTENSIONS.map(extension => `workspaceContains:**/*${extension}`);
  assert.deepEqual(manifest.activationEvents, [
    ...extensions,
    `workspaceContains:${CONFIG_GLOB}`,
    `onWebviewPanel:${TIMELINE_PANEL}`,
    `onWebviewPanel:${AUDIT_PANEL}`,
  ]);
});

test('every file that the manifest names exists', () => {
  const named = [...JSON.stringify(manifest.contributes).matchAll(/"(\.\/[^"]+)"/g)].map(match => match[1]!);
  for (const file of [manifest.icon, ...named]) assert.ok(existsSync(path.join(root, file)), file);
});
