// Writes `l10n/bundle.l10n.json`: every text that the extension and the server say to a person, for translators.
// With `--check` nothing is written and a stale list is a failure.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const FILE = 'l10n/bundle.l10n.json';
/** The rooms that speak to the user of an editor. */
const FOLDERS = ['client/src', 'server/src/lsp', 'server/src/check', 'server/src/render'];
/** The calls whose first argument is such a text, with the text where it is written out. */
const SAYING = /(?:\bvscode\.l10n\.t|\bsay)\((?:\s*('(?:[^'\\\n]|\\')*'|"[^"\\\n]*")\s*[,)])?/g;

/** @returns {string[]} */
export function findTexts() {
  const texts = FOLDERS.flatMap(folder =>
    readdirSync(path.join(root, folder), { recursive: true })
      .map(file => path.join(folder, file))
      .filter(file => file.endsWith('.ts'))
      .flatMap(textsIn),
  );
  return [...new Set(texts)].sort();
}

function textsIn(file) {
  const source = readFileSync(path.join(root, file), 'utf8');
  const code = source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(SAYING)].map(({ 1: text, index }) => {
    // Whoever translates must find the whole sentence, so it cannot be put together from parts.
    if (text === undefined)
      throw new Error(`${file}: not a text written out: ${code.slice(index, index + 60)}`);
    return text.slice(1, -1).replaceAll("\\'", "'");
  });
}

if (process.argv[1] === import.meta.filename) {
  const fresh = `${JSON.stringify(Object.fromEntries(findTexts().map(text => [text, text])), undefined, 2)}\n`;
  const file = path.join(root, FILE);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, fresh);
  } else if (readFileSync(file, 'utf8') !== fresh) {
    console.error(`${FILE} is stale; run: node scripts/generate-texts.mjs`);
    process.exitCode = 1;
  }
}
