// Two folders, each with a policy of its own, and what may go wrong beside an open review: a pack that breaks and is
// repaired, a server that is killed, a document that has no file yet.
// Takes screenshots into out/screenshots/. Alone: node test/real/drive-policies.mjs [package.vsix]
import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { main } from './main.mjs';
import { ATTEMPT, attempt, chooseCommand, drive, screenshot, until } from './workbench.mjs';

const FORCE_PACK = path.resolve(import.meta.dirname, '../fixtures/cli/force-pack');
/** Recorded after 30 hours, in each folder. */
const LATE = `schema: case-review/1
review:
  id: CASE-3B3B3B
  kind: [cse]
  state: complete
  reviewed_at: 2026-03-10T10:30:00Z
recording:
  reported_at: 2026-02-02T21:10:00Z
  recorded_at: 2026-02-04T03:10:00Z
`;
const SHIPPED_FILE = 'shipped.case-review.yaml';
const UNKNOWN_FIELD = 'has no field of this name';
const FORCE_FILE = 'force.case-review.yaml';

const STEPS = [
  ['each of two folders has its own policy', compareFolders],
  ['a pack that breaks is told beside the open review, and the policy that worked stays', breakPack],
  ['the pack repaired is in force at once, and nothing is told any more', repairPack],
  ['the examples of a rule are tests, which pass or fail', runExamples],
  ['when the server is killed, the next one judges what is not saved yet, and no window opens', killServer],
  ['a document without a file is judged once it is called a review', judgeUntitled],
];

/** @returns {Promise<import('./main.mjs').Result[]>} */
export function drivePolicies(kit, vsix) {
  return drive(kit, vsix, STEPS, run => {
    run.force = path.join(run.folder, 'force');
    cpSync(FORCE_PACK, run.force, { recursive: true });
    writeFileSync(path.join(run.workspace, SHIPPED_FILE), LATE);
    writeFileSync(path.join(run.force, FORCE_FILE), LATE);
    const file = path.join(run.folder, 'both.code-workspace');
    writeFileSync(file, JSON.stringify({ folders: [{ path: run.workspace }, { path: run.force }] }));
    return `?workspace=${encodeURIComponent(file)}`;
  });
}

async function compareFolders({ page }) {
  await page.locator('[id="status.problems"]', { hasText: /[1-9]/ }).waitFor();
  await chooseCommand(page, 'Problems: Focus on Problems View');
  for (const [rule, judged, other] of [
    ['recording/within-24-hours', SHIPPED_FILE, FORCE_FILE],
    ['recording/recorded-in-time', FORCE_FILE, SHIPPED_FILE],
  ]) {
    await show(page, rule);
    await problem(page, judged).waitFor();
    await problem(page, other).waitFor({ state: 'detached' });
  }
  await screenshot(page, 'policies-1-two-folders');
}

async function breakPack({ page, force }) {
  await problem(page, 'limit 24 h').getByText('Recorded 30 h').dblclick();
  await page.locator('.tab.active', { hasText: FORCE_FILE }).waitFor();
  editPack(force, 'title: Time to', 'titel: Time to');
  await trouble(page).waitFor();
  await show(page, 'pack.yaml');
  await problem(page, 'Did you mean "title"?').waitFor();
  await screenshot(page, 'policies-2-broken');
  await show(page, FORCE_FILE);
  await problem(page, 'limit 24 h').waitFor();
}

async function repairPack({ page, force }) {
  editPack(force, 'titel: Time to record a crime, value: 24', 'title: Time to record a crime, value: 12');
  await problem(page, 'limit 12 h').waitFor();
  await trouble(page).waitFor({ state: 'detached' });
  await show(page, 'pack.yaml');
  await page.locator('.markers-panel', { hasText: 'No results found' }).waitFor();
  await screenshot(page, 'policies-3-repaired');
}

async function runExamples({ page, force }) {
  const file = path.join(force, 'policies/force/recording/recorded-in-time.yaml');
  const written = recordedAt => LATE.replace(/recorded_at: .*/, `recorded_at: ${recordedAt}`);
  const example = (name, recordedAt) =>
    `  - name: ${name}\n    good: |\n${written(recordedAt).replace(/^/gm, '      ').trimEnd()}\n`;
  const examples = `${example('Soon', '2026-02-02T22:10:00Z')}${example('Late', '2026-02-04T03:10:00Z')}`;
  writeFileSync(file, readFileSync(file, 'utf8').replace('examples: []\n', `examples:\n${examples}`));
  const test = name => page.locator('.test-explorer .monaco-list-row', { hasText: name }).first();
  const has = (name, state) => test(name).locator(`.codicon-testing-${state}-icon`).waitFor();
  await chooseCommand(page, 'Testing: Focus on Test Explorer View');
  await test('recording/recorded-in-time').waitFor();
  await chooseCommand(page, 'Test: Run All Tests');
  await has('recording/recorded-in-time', 'failed');
  await attempt(
    'its examples',
    () => test('Soon').waitFor({ timeout: ATTEMPT }),
    () => test('recording/recorded-in-time').click(),
  );
  await has('Soon', 'passed');
  await has('Late', 'failed');
  await screenshot(page, 'policies-4-tests');
  await chooseCommand(page, 'View: Show Explorer');
  await chooseCommand(page, 'Problems: Focus on Problems View');
}

async function killServer({ page, server, force }) {
  await show(page, FORCE_FILE);
  await page.locator('.tab.active', { hasText: FORCE_FILE }).click();
  await page.locator('.monaco-editor .view-line', { hasText: 'recorded_at' }).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('nonsense: 1');
  await problem(page, UNKNOWN_FIELD).waitFor();
  process.kill(languageServer(server.pid), 'SIGKILL');
  await page.keyboard.press('Control+Shift+K'); // The line is gone, which only the next server can judge.
  await problem(page, UNKNOWN_FIELD).waitFor({ state: 'detached' });
  await problem(page, 'limit 12 h').waitFor();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\nmore: 1');
  await problem(page, UNKNOWN_FIELD).waitFor();
  assert.equal(await page.locator('.notification-toast').count(), 0);
  assert.equal(readFileSync(path.join(force, FORCE_FILE), 'utf8'), LATE);
  await screenshot(page, 'policies-5-killed');
}

async function judgeUntitled({ page }) {
  await chooseCommand(page, 'Create: New File...');
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Text File' }).first().click();
  await page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
  await page.keyboard.type('schema: case-review/1\nnonsense: 1\n');
  await chooseCommand(page, 'Change Language Mode');
  await page.locator('.quick-input-widget input').first().fill('case-review');
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Case Review' }).first().waitFor();
  await page.keyboard.press('Enter');
  await show(page, 'Untitled');
  await problem(page, UNKNOWN_FIELD).waitFor();
  await screenshot(page, 'policies-6-untitled');
}

/** Only the problems with these words, or of this file. While it starts, VS Code forgets what was typed. */
async function show(page, words) {
  await until('the filter', async () => {
    const filter = page.getByPlaceholder('Filter (e.g.');
    if ((await filter.inputValue()) !== words) await filter.fill(words);
    return page.getByText(/^Showing \d+ of \d+$/).isVisible();
  });
}

const problem = (page, words) => page.locator('.markers-panel .monaco-list-row', { hasText: words }).first();

const trouble = page => page.locator('.statusbar-item', { hasText: 'Policy has errors' });

function editPack(force, from, to) {
  const file = path.join(force, 'policies/force/pack.yaml');
  const text = readFileSync(file, 'utf8');
  assert.ok(text.includes(from));
  writeFileSync(file, text.replace(from, to));
}

/** The process of the language server among those that code-server started. */
function languageServer(ancestor) {
  const about = (pid, name) => readFileSync(`/proc/${pid}/${name}`, 'utf8');
  const parentOf = pid => Number(/\) \S (\d+)/.exec(about(pid, 'stat'))?.[1]);
  const isBelow = pid => pid === ancestor || (pid > 1 && isBelow(parentOf(pid)));
  const found = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .find(pid => {
      try {
        return about(pid, 'cmdline').includes('--clientProcessId=') && isBelow(Number(pid));
      } catch {
        return false; // It has ended meanwhile.
      }
    });
  assert.ok(found, 'the server runs');
  return Number(found);
}

if (process.argv[1] === import.meta.filename) await main(drivePolicies);
