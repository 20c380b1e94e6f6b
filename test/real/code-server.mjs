// A VS Code of one's own for one test run: code-server from the kit with the packaged extension installed, in a
// temporary folder, and Chromium to look at it. Nothing outside 127.0.0.1 is reached.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

const START_LIMIT = 60_000;
const SETTINGS = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  // In a browser VS Code saves by itself, which would hide a save that does not work.
  'files.autoSave': 'off',
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  // The colours that the browser asks for: so a test can change them whatever is open.
  'window.autoDetectColorScheme': true,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/**
 * Starts all of it. `stop` ends every process started and removes the folder; call it whatever happened.
 * @param {{node: string, codeServer: string, chromium: string}} kit
 * @param {{vsix: string, others?: string[], asksForTrust?: boolean, env?: Record<string, string>, options?: string[], settings?: object}} run
 *   `others`: packages of other extensions
 */
export async function startCodeServer(
  kit,
  { vsix, others = [], asksForTrust = false, env = {}, options = [], settings = {} },
) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'case-review-vscode-'));
  const at = name => path.join(folder, name);
  const workspace = at('workspace');
  cpSync(path.join(import.meta.dirname, 'workspace'), workspace, { recursive: true });
  for (const name of ['data/User', 'extensions', 'home']) mkdirSync(at(name), { recursive: true });
  writeFileSync(at('config.yaml'), 'auth: none\n');
  writeFileSync(at('data/User/settings.json'), JSON.stringify({ ...SETTINGS, ...settings }));
  const common = [
    kit.codeServer,
    '--config',
    at('config.yaml'),
    '--user-data-dir',
    at('data'),
    '--extensions-dir',
    at('extensions'),
  ];
  // Without a gallery VS Code asks nobody for extensions.
  const environment = { ...process.env, HOME: at('home'), EXTENSIONS_GALLERY: '{}', ...env };
  delete environment.PORT;

  const started = [];
  const stop = async () => {
    for (const end of started.reverse()) await end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const packages = [vsix, ...others].flatMap(file => ['--install-extension', file]);
    const install = spawnSync(kit.node, [...common, ...packages], {
      env: environment,
      encoding: 'utf8',
    });
    if (install.status !== 0)
      throw new Error(`the package could not be installed: ${install.stdout}${install.stderr}`);

    const server = spawn(
      kit.node,
      [
        ...common,
        '--auth',
        'none',
        '--bind-addr',
        '127.0.0.1:0',
        '--disable-telemetry',
        '--disable-update-check',
        ...(asksForTrust ? [] : ['--disable-workspace-trust']),
        '--disable-getting-started-override',
        ...options,
      ],
      { env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
    );
    const killServer = () => killGroup(server.pid);
    process.once('exit', killServer);
    started.push(async () => {
      killServer();
      process.off('exit', killServer);
      if (server.exitCode === null && server.signalCode === null)
        await new Promise(done => server.once('exit', done));
    });
    const address = await addressOf(server);

    const browser = await chromium.launch({
      executablePath: kit.chromium,
      headless: true,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    started.push(() => browser.close().catch(() => {}));
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.route('**/*', route => {
      const { hostname, protocol } = new URL(route.request().url());
      return hostname === '127.0.0.1' || !protocol.startsWith('http') ? route.continue() : route.abort();
    });
    return { address, folder, workspace, server, page, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It has ended already.
  }
}

function addressOf(server) {
  return new Promise((resolve, reject) => {
    let log = '';
    const timer = setTimeout(
      () => reject(new Error(`code-server did not start in time\n${log}`)),
      START_LIMIT,
    );
    const read = chunk => {
      log += chunk;
      const found = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(log);
      if (!found) return;
      clearTimeout(timer);
      resolve(found[1]);
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.once('exit', code => {
      clearTimeout(timer);
      reject(new Error(`code-server ended with ${code}\n${log}`));
    });
  });
}
