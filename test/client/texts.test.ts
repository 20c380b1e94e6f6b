/** What the extension says can be said in another language: nothing is written into manifest or code as it is shown. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { LANGUAGE_NAME } from '../../server/src/protocol.ts';
import { repositoryRoot } from '../support/shipped-pack.ts';

const readText = (file: string) => readFileSync(path.join(repositoryRoot, file), 'utf8');
const nls: Record<string, string> = JSON.parse(readText('package.nls.json'));

/** The properties of a manifest that VS Code shows. */
const SHOWN =
  /^(?:title|name|contextualTitle|category|description|markdownDescription|contents|altText|label|(?:markdown)?[eE]numDescriptions)$/;

/** The texts at such properties, wherever they stand. */
function* shownTexts(value: unknown, isShown = false): Generator<string> {
  if (typeof value === 'string') {
    if (isShown) yield value;
  } else if (Array.isArray(value)) {
    for (const item of value) yield* shownTexts(item, isShown);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* shownTexts(inner, SHOWN.test(key));
  }
}

test('every text of the manifest that VS Code shows is a key of package.nls.json', () => {
  const { capabilities, contributes } = JSON.parse(readText('package.json'));
  const texts = [...shownTexts({ capabilities, contributes })];
  assert.ok(texts.length > 20);
  assert.deepEqual(
    texts.filter(text => text !== LANGUAGE_NAME && !(text.replace(/^%(.+)%$/, '$1') in nls)),
    [],
  );
});

test('package.nls.json holds no text that nothing uses', () => {
  const used = new Set([...readText('package.json').matchAll(/"%(.+?)%"/g)].map(match => match[1]!));
  assert.deepEqual([...used].toSorted(), Object.keys(nls).toSorted());
});

test('the list of texts for translators is fresh', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/generate-texts.mjs', '--check'], {
    cwd: repositoryRoot,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
});

test('no sentence stands in the code of the extension outside of l10n.t', () => {
  const found = ['client/src', 'client/web']
    .flatMap(folder => readdirSync(path.join(repositoryRoot, folder)).map(file => `${folder}/${file}`))
    .filter(file => file.endsWith('.ts'))
    .flatMap(file => {
      const code = readText(file)
        .replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
        .replaceAll(/\bl10n\.t\(\s*(?:'(?:[^'\\]|\\.)*'|"[^"]*")/g, '');
      const words = [...code.matchAll(/(['"`])((?:(?!\1)[^\\\n]|\\.)*)\1/g)].map(match => match[2]!);
      return words.filter(text => text !== LANGUAGE_NAME && /[A-Za-z]{2} [a-zA-Z]{2}/.test(text));
    });
  assert.deepEqual(found, []);
});
