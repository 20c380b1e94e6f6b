// The recipes of docs/editors.md, each run as printed in its editor: a folder with a review and `case-review` on the
// path, the editor with the recipe as its only settings, and a script that drives it and writes what it saw.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const LIMIT = 60_000;

export const REVIEW = 'tracing.case-review.yaml';

/** The recipes for an editor, in the order of the document. @returns {string[]} */
export function recipesIn(language) {
  const text = readFileSync(path.join(root, 'docs/editors.md'), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    match => match[1],
  );
}

/**
 * The script writes lines of "pass|fail<tab>title<tab>error" to the file named in CASE_REVIEW_RESULTS.
 * @param {{ title: string, program: string, args: string[], recipe: string, settings: string }} run
 * @returns {import('./main.mjs').Result[]}
 */
export function runRecipe({ title, program, args, recipe, settings }) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'case-review-editor-'));
  try {
    const review = path.join(folder, REVIEW);
    copyFileSync(path.join(import.meta.dirname, 'workspace', REVIEW), review);
    writeFileSync(path.join(folder, settings), recipe);
    const bin = path.join(folder, 'bin');
    mkdirSync(bin);
    const server = path.join(root, 'dist/case-review.cjs');
    const command = `#!/bin/sh\nexec "${process.execPath}" "${server}" "$@"\n`;
    writeFileSync(path.join(bin, 'case-review'), command, { mode: 0o755 });
    const resultsFile = path.join(folder, 'results');
    const { status, signal, stdout, stderr } = spawnSync(program, args, {
      cwd: folder,
      encoding: 'utf8',
      timeout: LIMIT,
      killSignal: 'SIGKILL',
      env: {
        ...process.env,
        HOME: folder,
        PATH: `${bin}${path.delimiter}${process.env.PATH}`,
        CASE_REVIEW_RESULTS: resultsFile,
      },
    });
    const results = existsSync(resultsFile) ? readResults(readFileSync(resultsFile, 'utf8')) : [];
    if (status !== 0 && !results.some(({ state }) => state === 'fail')) {
      const error = `${status ?? signal}\n${stdout}${stderr}`;
      results.push({ title: 'the editor ends well', state: 'fail', error });
    }
    results.push(judgeFile(readFileSync(review, 'utf8')));
    return results.map(result => ({ ...result, title: `${title}: ${result.title}` }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readResults(text) {
  return text
    .split('\n')
    .filter(Boolean)
    .map(line => {
      const [state, title, error] = line.split('\t');
      return { title, state, ...(error && { error }) };
    });
}

function judgeFile(text) {
  const title = 'the file on disk has the step';
  const hasStep = /^ {4}pnd:\s*(\{ ?state: outstanding ?\}|\n {6}state: outstanding)$/m.test(text);
  return hasStep ? { title, state: 'pass' } : { title, state: 'fail', error: 'the step is not in the file' };
}
