// The test module of `vscode/` in the desktop VS Code that @vscode/test-electron downloads, where it can be downloaded.
// Alone: node test/real/electron.mjs
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { fetchStableVersions } from '@vscode/test-electron/out/download.js';
import { findProgram } from '../../scripts/setup-test-kit.mjs';
import { main } from './main.mjs';
import { bundleTests } from './run-vscode.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const TITLE = 'the tests in the desktop VS Code';
const PROBE_LIMIT = 4_000;
const RUN_LIMIT = 300_000;

/** A VS Code that cannot be downloaded here is a skip with its reason, whatever the surroundings. */
export async function runElectron() {
  const versions = await withDeadline(fetchStableVersions(true, PROBE_LIMIT), PROBE_LIMIT).catch(
    () => undefined,
  );
  if (!versions) {
    return [
      {
        title: TITLE,
        state: 'skip',
        error: 'VS Code cannot be downloaded from here; the tests ran in code-server instead',
      },
    ];
  }
  const needsDisplay = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  return needsDisplay ? runUnderXvfb() : runHere(versions[0]);
}

async function runHere(version) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'case-review-electron-'));
  try {
    const workspace = path.join(folder, 'workspace');
    cpSync(path.join(import.meta.dirname, 'workspace'), workspace, { recursive: true });
    const resultsFile = path.join(folder, 'results.json');
    const vscodeExecutablePath = await downloadAndUnzipVSCode({
      version,
      cachePath: path.join(root, '.kit/vscode'),
    });
    const exit = await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: root,
      extensionTestsPath: await bundleTests(),
      extensionTestsEnv: { CASE_REVIEW_TEST_RESULTS: resultsFile },
      launchArgs: [
        workspace,
        '--disable-workspace-trust',
        '--no-sandbox',
        `--user-data-dir=${path.join(folder, 'data')}`,
        `--extensions-dir=${path.join(folder, 'extensions')}`,
      ],
    }).catch(error => error);
    if (!existsSync(resultsFile)) throw new Error(`the extension host wrote no results (${exit})`);
    const results = JSON.parse(readFileSync(resultsFile, 'utf8'));
    return results.map(result => ({ ...result, title: `${result.title} (desktop)` }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The desktop VS Code wants a screen: this program again, on one made up. */
function runUnderXvfb() {
  const xvfb = findProgram('xvfb-run');
  if (!xvfb) {
    return [
      {
        title: TITLE,
        state: 'skip',
        error: 'VS Code needs a screen: set DISPLAY, or install xvfb (apt-get install xvfb)',
      },
    ];
  }
  const { status, stdout, stderr } = spawnSync(xvfb, ['-a', process.execPath, import.meta.filename], {
    encoding: 'utf8',
    timeout: RUN_LIMIT,
  });
  return [
    status === 0
      ? { title: TITLE, state: 'pass' }
      : { title: TITLE, state: 'fail', error: `${stdout}${stderr}` },
  ];
}

function withDeadline(promise, limit) {
  const deadline = new Promise((_, reject) => setTimeout(() => reject(new Error('too late')), limit).unref());
  return Promise.race([promise, deadline]);
}

if (process.argv[1] === import.meta.filename) await main(runElectron);
