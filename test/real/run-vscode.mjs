// Runs the test module `vscode/` inside the extension host of a real VS Code, against the packaged extension.
// Alone: node test/real/run-vscode.mjs [package.vsix]
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { startCodeServer } from './code-server.mjs';
import { main } from './main.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const LIMIT = 120_000;

/** @returns {Promise<import('./main.mjs').Result[]>} */
export function runVscode(kit, vsix) {
  return runInHost(kit, vsix, 'vscode', { development: path.join(import.meta.dirname, 'harness') });
}

/**
 * The tests of a folder beside this file, in an extension host that has the extension of `development` too.
 * @param {string} folder
 * @param {{development: string, env?: Record<string, string>, settings?: object, prepare?: (run: object) => void,
 *   inspect?: (run: object) => Promise<import('./main.mjs').Result[]>}} options `prepare` is done before the workbench
 *   is opened, `inspect` after the tests
 * @returns {Promise<import('./main.mjs').Result[]>}
 */
export async function runInHost(kit, vsix, folder, { development, env, settings, prepare, inspect }) {
  const tests = await bundleTests(folder);
  // In the project, not in the run's own folder: what the host wrote must survive its end.
  const resultsFile = path.join(path.dirname(tests), `results-${process.pid}.json`);
  const run = await startCodeServer(kit, {
    vsix,
    settings,
    env: { ...env, CASE_REVIEW_TEST_RESULTS: resultsFile },
    // Without this the workbench does not take the test module from the address.
    options: ['--vscode-option', 'enable-smoke-test-driver'],
  });
  prepare?.(run);
  try {
    const ended = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`no end after ${LIMIT / 1000} s`)), LIMIT).unref();
      run.server.once('exit', code => reject(new Error(`code-server ended with ${code}`)));
      run.page.once('crash', () => reject(new Error('the page crashed')));
      // Exposed before the page loads, so that a fast end is not missed.
      run.page.exposeFunction('codeAutomationExit', resolve).catch(reject);
      run.page.exposeFunction('codeAutomationLog', () => {}).catch(reject);
    });
    ended.catch(() => {});
    const remote = file => `vscode-remote://${new URL(run.address).host}${file}`;
    const payload = [
      ['extensionDevelopmentPath', remote(development)],
      ['extensionTestsPath', remote(tests)],
      ['skipWelcome', 'true'],
    ];
    await run.page.goto(
      `${run.address}/?folder=${encodeURIComponent(run.workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
    );
    const code = await ended;
    return [...judge(code, resultsFile), ...((await inspect?.(run)) ?? [])];
  } catch (error) {
    await run.page.screenshot({ path: screenshotOf(folder) }).catch(() => {});
    throw error;
  } finally {
    await run.stop();
  }
}

/** The module as CommonJS, which every extension host can load. @returns {Promise<string>} its path */
export async function bundleTests(folder = 'vscode') {
  const outdir = path.join(root, `out/real-${folder}`);
  mkdirSync(outdir, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: ['test/real/vscode/index.ts', ...testsIn(folder)],
    outdir,
    entryNames: '[name]',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return path.join(outdir, 'index.cjs');
}

/** The workbench reports exit 0 even when the extension host has crashed: only the results written count. */
function judge(code, resultsFile) {
  if (!existsSync(resultsFile)) throw new Error(`the extension host ended (${code}) without writing results`);
  const results = JSON.parse(readFileSync(resultsFile, 'utf8'));
  rmSync(resultsFile);
  if (!results.some(({ state }) => state === 'pass') && !results.some(({ state }) => state === 'fail')) {
    throw new Error('the extension host ran no test');
  }
  if (code !== 0 && !results.some(({ state }) => state === 'fail')) {
    results.push({ title: 'the extension host ends well', state: 'fail', error: `it ended with ${code}` });
  }
  return results;
}

function testsIn(folder) {
  const tests = path.join(import.meta.dirname, folder);
  return readdirSync(tests)
    .filter(name => name.endsWith('.test.ts'))
    .map(name => path.join(tests, name));
}

const screenshotOf = folder => path.join(root, `out/screenshots/run-${folder}-failed.png`);

if (process.argv[1] === import.meta.filename) await main(runVscode);
