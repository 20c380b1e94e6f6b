// Runs `neovim/client.lua` in a Neovim without anybody's settings. Alone: node test/real/run-neovim.mjs
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { main } from './main.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const FILE = 'tracing.case-review.yaml';
const LIMIT = 60_000;
const PREFIX = 'Case Review in Neovim: ';

/** @returns {Promise<import('./main.mjs').Result[]>} */
export async function runNeovim(kit) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'case-review-neovim-'));
  try {
    copyFileSync(path.join(import.meta.dirname, 'workspace', FILE), path.join(folder, FILE));
    const resultsFile = path.join(folder, 'results');
    const script = path.join(import.meta.dirname, 'neovim/client.lua');
    const { status, signal, stdout, stderr } = spawnSync(
      kit.neovim,
      ['--headless', '--clean', '-n', '-i', 'NONE', FILE, '-c', `luafile ${script}`],
      {
        cwd: folder,
        encoding: 'utf8',
        timeout: LIMIT,
        killSignal: 'SIGKILL',
        env: {
          ...process.env,
          HOME: folder,
          CASE_REVIEW_NODE: process.execPath,
          CASE_REVIEW_SERVER: path.join(root, 'dist/case-review.cjs'),
          CASE_REVIEW_RESULTS: resultsFile,
        },
      },
    );
    const results = existsSync(resultsFile) ? readResults(readFileSync(resultsFile, 'utf8')) : [];
    if (status !== 0 && !results.some(({ state }) => state === 'fail')) {
      results.push({
        title: `${PREFIX}Neovim ends well`,
        state: 'fail',
        error: `${status ?? signal}\n${stdout}${stderr}`,
      });
    }
    results.push(judgeFile(readFileSync(path.join(folder, FILE), 'utf8')));
    return results;
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
      return { title: PREFIX + title, state, ...(error && { error }) };
    });
}

function judgeFile(text) {
  const title = `${PREFIX}the file on disk has the step`;
  const hasStep = /^ {4}pnd:\s*(\{ ?state: outstanding ?\}|\n {6}state: outstanding)$/m.test(text);
  return hasStep ? { title, state: 'pass' } : { title, state: 'fail', error: 'the step is not in the file' };
}

if (process.argv[1] === import.meta.filename) await main(runNeovim);
