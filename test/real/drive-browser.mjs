// The extension on a folder that is on no disk: in the web extension host of a real VS Code, without a process of its own,
// and in the ordinary one. Takes screenshots into out/screenshots/. Alone: node test/real/drive-browser.mjs [package.vsix]
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { build } from 'esbuild';
import { main } from './main.mjs';
import { ATTEMPT, attempt, chooseCommand, drive, goTo, screenshot, until } from './workbench.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const out = path.join(root, 'out/memory-files');
/** The same files on disk, for the command line. */
const disk = path.join(out, 'reviews');
/** Its reviews alone. */
const bare = path.join(out, 'bare');
/** Of all virtual folders, VS Code distrusts only those of this scheme: that of vscode.dev for repositories. */
const ROOT = 'vscode-vfs://memory';
const FOLDER = '/reviews';
const FILE = 'CASE-5R2X9D.case-review.yaml';
const LINKED_FILE = 'CASE-3H6T1W.case-review.yaml';
const OWN_RULE = 'recording/in-time';

/** In what is said of our extension or by its code; of its views, the workbench complains while it starts them anew. */
const OURS = /case-review\.case-review|extension-web|lsp-worker/;

const STEPS = [
  ['the reviews of a virtual folder are judged as the command line judges them', judge],
  ['the server is no process', findNoProcess],
  ['completion offers words', complete],
  ['hovering over a field shows what it means', hover],
  ['a quick fix changes the review, which is judged anew', fix],
  ['an edit of a review is seen in those that link to it', editLinked],
  ['a file of the policy that is saved counts at once', editPolicy],
  ['checklist and timeline are shown', showViews],
  ['a review that was never saved is judged', judgeUntitled],
  ['the server is started again', restart],
  ['nothing was complained of', findNoComplaint],
];

const NODE_STEPS = [
  ['a server that is a process judges the reviews of a virtual folder as well', judge],
  ['a file of the policy that is saved counts there, too', editPolicy],
  ['nothing was complained of', findNoComplaint],
];

const RESTRICTED_STEPS = [
  [
    'a folder that is not trusted is judged by the shipped policy, and that is said beside the review',
    judgeUntrusted,
  ],
  ['its own policy counts once it is trusted', trust],
  ['nothing was complained of', findNoComplaint],
];

/** @returns {Promise<import('./main.mjs').Result[]>} */
export async function driveBrowser(kit, vsix) {
  const others = [await packMemoryFiles()];
  const inBrowser = {
    'case-review.case-review': ['web'],
    'case-review.case-review-test-memory-files': ['web'],
  };
  const settings = { 'remote.extensionKind': inBrowser };
  const start = (steps, options) =>
    drive(kit, vsix, steps, () => `?folder=${encodeURIComponent(`${ROOT}${FOLDER}`)}`, {
      others,
      listen,
      ...options,
    });
  return [
    ...(await start(STEPS, { settings })),
    ...(await start(NODE_STEPS, {
      settings: { 'remote.extensionKind': { ...inBrowser, 'case-review.case-review': ['workspace'] } },
    })),
    ...(await start(RESTRICTED_STEPS, {
      asksForTrust: true,
      settings: {
        ...settings,
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'never',
      },
    })),
  ];
}

/** Notes what VS Code holds to be wrong with files, and what goes wrong. */
function listen(run) {
  run.findings = [];
  run.complaints = [];
  run.page.on('console', message => {
    const text = message.text();
    const found = /FINDINGS (\[.*\])/s.exec(text);
    if (found) run.findings = JSON.parse(found[1]);
    else if (message.type() === 'error' && OURS.test(text)) run.complaints.push(text);
  });
}

/** @returns {Promise<string>} the package of the virtual file system, with the reviews in it */
async function packMemoryFiles() {
  rmSync(out, { recursive: true, force: true });
  writeReviews();
  const source = path.join(import.meta.dirname, 'memory-files');
  const folder = path.join(out, 'extension');
  await build({
    entryPoints: [path.join(source, 'memory-files.cjs')],
    outfile: path.join(folder, 'memory-files.js'),
    define: { FILES: JSON.stringify(textsBelow(disk)) },
  });
  const packagePath = path.join(out, 'memory-files.vsix');
  cpSync(path.join(source, 'package.json'), path.join(folder, 'package.json'));
  writeFileSync(path.join(folder, 'LICENSE'), 'MIT\n');
  await createVSIX({
    cwd: folder,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  return packagePath;
}

/** The examples, the rules of a force, and a review that git leaves out. */
function writeReviews() {
  cpSync(path.join(root, 'examples'), disk, { recursive: true });
  cpSync(path.join(import.meta.dirname, 'workspace/policies'), path.join(disk, 'policies'), {
    recursive: true,
  });
  const change = (name, from, to) => {
    const file = path.join(disk, name);
    const text = readFileSync(file, 'utf8');
    assert.ok(text.includes(from));
    writeFileSync(file, text.replace(from, to));
  };
  change('case-review.config.yaml', '  - england-wales', '  - england-wales\n  - ./policies/ours');
  change('policies/ours/recording/in-time.yaml', 'params.record_hrs', 'params.record_h');
  writeFileSync(path.join(disk, '.gitignore'), 'left-out/\n');
  mkdirSync(path.join(disk, 'left-out'));
  cpSync(path.join(disk, FILE), path.join(disk, 'left-out', FILE));
  cpSync(disk, bare, { recursive: true, filter: file => !/policies|config/.test(path.relative(out, file)) });
}

function textsBelow(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = path.join(parentPath, name);
      return [`${FOLDER}/${path.relative(folder, file)}`, readFileSync(file, 'utf8')];
    }),
  );
}

/** What the command line says of the same files. */
function findingsIn(folder) {
  const command = [path.join(root, 'dist/case-review.cjs'), 'check', '--format', 'json', '.'];
  const { stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  assert.equal(stderr, '');
  return JSON.parse(stdout).reviews.flatMap(review =>
    review.findings.map(({ start, severity, rule, message, waived }) => ({
      path: `${FOLDER}/${review.path}`,
      from: `${start.line}:${start.column}`,
      severity: waived ? 'hint' : severity,
      rule,
      message: waived ? `${message} (waived)` : message,
    })),
  );
}

const written = findings => findings.map(finding => JSON.stringify(finding)).sort();

/** Waits until VS Code shows exactly these. */
async function untilFound(run, expected) {
  const wanted = written(expected);
  await until('the findings', () => `${written(run.findings)}` === `${wanted}`).catch(() => {
    const shown = written(run.findings);
    const lacking = wanted.filter(line => !shown.includes(line));
    const beside = shown.filter(line => !wanted.includes(line));
    assert.deepEqual(
      { lacking: lacking.slice(0, 5), beside: beside.slice(0, 5) },
      { lacking: [], beside: [] },
    );
  });
}

async function judge(run) {
  const expected = findingsIn(disk);
  assert.ok(expected.length > 80 && expected.some(({ rule }) => rule === OWN_RULE));
  await openFile(run.page, FILE);
  await untilFound(run, expected);
  await run.page.locator('.monaco-editor .squiggly-error').first().waitFor();
  await screenshot(run.page, 'browser-1-review');
}

function findNoProcess(run) {
  const servers = readdirSync('/proc').filter(pid => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return command.includes(run.folder) && command.includes('case-review.cjs');
    } catch {
      return false; // No process, or one that has ended meanwhile.
    }
  });
  assert.deepEqual(servers, []);
}

async function complete({ page }) {
  await goTo(page, FILE, '22:13'); // status: identified_not_located
  const list = page.locator('.suggest-widget.visible');
  await attempt(
    'a list of words',
    async () => {
      await page.keyboard.press('Control+Space');
      await list.getByText('nominal_unconfirmed').waitFor({ timeout: ATTEMPT });
    },
    () => page.keyboard.press('Escape'),
  );
  await screenshot(page, 'browser-2-completion');
  await page.keyboard.press('Escape');
}

async function hover({ page }) {
  const box = page.locator('.monaco-hover:visible .hover-contents', { hasText: /\w/ }).first();
  await attempt('a hover', async () => {
    await page.mouse.move(5, 5);
    await page.locator('.view-line').getByText('identified_at').first().hover();
    await box.waitFor({ timeout: ATTEMPT });
  });
  await screenshot(page, 'browser-3-hover');
  await page.mouse.move(5, 5);
}

async function fix(run) {
  const { page } = run;
  const isThere = () => has(run, LINKED_FILE, 'linked/associates-dealt-with');
  assert.ok(isThere());
  await openFile(page, LINKED_FILE);
  await goTo(page, LINKED_FILE, '28:12');
  const action = page.locator('.action-widget .monaco-list-row', {
    hasText: 'Add the disposition of ASC-3V7H6C',
  });
  await attempt(
    'the quick fix',
    async () => {
      await page.keyboard.press('Control+.');
      await action.waitFor({ timeout: ATTEMPT });
    },
    () => page.keyboard.press('Escape'),
  );
  await action.click();
  await page.locator('.tab.dirty', { hasText: LINKED_FILE }).waitFor();
  await until('the finding to go', () => !isThere());
  await screenshot(page, 'browser-4-fixed');
}

async function editLinked(run) {
  const isThere = () => has(run, FILE, 'linked/points-both-ways');
  assert.ok(isThere());
  await goTo(run.page, LINKED_FILE, '126:11'); // Within `cases: []`.
  await run.page.keyboard.insertText('{ref: CASE-5R2X9D, relation: same_suspect}');
  await until('the other review to be linked', () => !isThere());
  await chooseCommand(run.page, 'File: Revert File');
  await until('the link to be missed again', isThere);
}

async function editPolicy(run) {
  const { page } = run;
  assert.ok(has(run, '', OWN_RULE));
  const name = 'case-review.config.yaml';
  await openFile(page, name);
  await goTo(page, name, '5:1'); // - ./policies/ours
  await page.locator('.view-line', { hasText: './policies/ours' }).waitFor();
  await page.keyboard.press('Control+Shift+K');
  await page.keyboard.press('Control+S');
  await until('the rule to be gone', () => !has(run, '', OWN_RULE));
  await page.keyboard.press('Control+Z');
  await page.keyboard.press('Control+S');
  await until('the rule to be back', () => has(run, '', OWN_RULE));
}

async function showViews({ page }) {
  await page.locator('.tab', { hasText: FILE }).click();
  await page.locator('.statusbar-item', { hasText: /\d+ of \d+ answered/ }).click();
  await page.locator('.pane-body .monaco-list-row', { hasText: 'Suspect strategy' }).first().waitFor();
  await page.locator('.editor-actions').getByRole('button', { name: 'Show Timeline' }).click();
  const timeline = page.frameLocator('iframe.webview').frameLocator('#active-frame');
  await timeline.getByRole('heading', { name: 'CASE-5R2X9D' }).waitFor();
  await screenshot(page, 'browser-5-views');
}

async function judgeUntitled(run) {
  const { page } = run;
  await chooseCommand(page, 'New Case Review');
  const kind = page.locator('.quick-input-widget .monaco-list-row', {
    has: page.getByText('cse', { exact: true }),
  });
  await kind.first().click();
  await page.keyboard.press('Enter');
  await page.locator('.view-line', { hasText: 'case-review/1' }).first().waitFor();
  await until('findings', () => run.findings.some(({ path: file }) => file.startsWith('untitled:')));
  await screenshot(page, 'browser-6-untitled');
}

async function restart(run) {
  const before = run.findings;
  run.findings = [];
  await chooseCommand(run.page, 'Case Review: Restart Server');
  await untilFound(run, before);
}

async function judgeUntrusted(run) {
  const { page } = run;
  await openFile(page, FILE);
  await untilFound(run, findingsIn(bare));
  await page.locator('[id="status.languageStatus"]').click();
  await page.getByText('Shipped policy only').first().waitFor();
  await page.getByText('Manage Trust').first().waitFor();
  await screenshot(page, 'browser-7-restricted');
  await page.keyboard.press('Escape');
}

async function trust(run) {
  const { page } = run;
  await chooseCommand(page, 'Workspaces: Manage Workspace Trust');
  await page.getByRole('button', { name: 'Trust', exact: true }).click();
  await untilFound(run, findingsIn(disk));
  await screenshot(page, 'browser-8-trusted');
}

async function findNoComplaint({ page, complaints }) {
  await chooseCommand(page, 'Notifications: Show Notifications');
  const shown = await page.locator('.notifications-center, .notifications-toasts').allTextContents();
  assert.doesNotMatch(shown.join('\n'), /Case Review/);
  assert.deepEqual(complaints, []);
}

const has = ({ findings }, file, rule) =>
  findings.some(finding => finding.path.endsWith(file) && finding.rule === rule);

async function openFile(page, name) {
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first().dblclick();
  await page.locator('.tab.active', { hasText: name }).waitFor();
}

if (process.argv[1] === import.meta.filename) await main(driveBrowser);
