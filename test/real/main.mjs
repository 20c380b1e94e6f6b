// What the real-editor tests share as programs: kit, package, results on stdout, exit code.
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setUpTestKit } from '../../scripts/setup-test-kit.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * @typedef {object} Result
 * @property {string} title
 * @property {'pass' | 'fail' | 'skip'} state
 * @property {string} [error]
 */

export function defaultVsix() {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return path.join(root, `case-review-${version}.vsix`);
}

/** A run that breaks off is one failure; a run without a result is one too. @returns {Promise<Result[]>} */
export async function runSafely(title, run) {
  mkdirSync(path.join(root, 'out/screenshots'), { recursive: true });
  try {
    const results = await run();
    return results.length > 0 ? results : [{ title, state: 'fail', error: 'no test ran' }];
  } catch (error) {
    return [{ title, state: 'fail', error: error.stack ?? String(error) }];
  }
}

export function print(results) {
  const signs = { pass: '✔', fail: '✖', skip: '﹣' };
  for (const { title, state, error } of results) {
    console.log(`${signs[state]} ${title}`);
    if (error) console.log(error.replace(/^/gm, '    '));
  }
}

/** The whole of a real-editor test as a program: `node test/real/X.mjs [package.vsix]`. */
export async function main(run) {
  const kit = setUpTestKit();
  for (const item of kit.missing) console.log(`missing: ${item}`);
  const results = await runSafely(run.name, () => run(kit, path.resolve(process.argv[2] ?? defaultVsix())));
  print(results);
  process.exit(results.some(({ state }) => state === 'fail') ? 1 : 0);
}
