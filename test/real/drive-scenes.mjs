// What a day of reviewing has: a review typed from its skeleton to complete, and a rename across files.
// Takes screenshots into out/screenshots/. Alone: node test/real/drive-scenes.mjs [package.vsix]
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { main } from './main.mjs';
import { pick, typeReview } from './type-review.mjs';
import { ATTEMPT, attempt, chooseCommand, drive, openFile, screenshot, until } from './workbench.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const FIRST_CASE = 'CASE-4T7Q2M';
const FIRST_FILE = 'tracing.case-review.yaml';
const NEW_CASE = 'CASE-6P6P6P';
const LINKED = ['CASE-1B1B1B', 'CASE-2B2B2B'];

const STEPS = [
  [
    'a review of a crime is typed from its skeleton to complete, by completion and quick fixes but for what a person must say',
    writeReview,
  ],
  ['a case is renamed in three reviews, and the rename is undone', renameCase],
  ['the line above a linked case opens its review', followLink],
  ['a waiver that is begun is gone to, and its reason typed', beginWaiver],
];

/** @returns {Promise<import('./main.mjs').Result[]>} */
export function driveScenes(kit, vsix) {
  return drive(kit, vsix, STEPS, run => {
    for (const id of LINKED)
      writeReviewFile(run.workspace, id, `links:\n  cases:\n    - {ref: ${FIRST_CASE}, relation: sibling}\n`);
    return `?folder=${encodeURIComponent(run.workspace)}`;
  });
}

async function writeReview({ page, workspace }) {
  // The number of problems: then the extension runs.
  await page.locator('[id="status.problems"]', { hasText: /[1-9]/ }).waitFor();
  await chooseCommand(page, 'New Case Review');
  const kind = page.getByText('familial', { exact: true });
  await page.locator('.quick-input-widget .monaco-list-row', { has: kind }).first().click();
  await page.keyboard.press('Enter');
  await page.locator('.codelens-decoration').first().waitFor();
  await page.keyboard.press('Control+Home');
  await typeReview(page);
  await page.keyboard.press('Control+Home');
  await page.locator('.view-line', { hasText: 'state: draft' }).getByText('draft').first().dblclick();
  await page.keyboard.press('ArrowLeft');
  await pick('complete')(page);
  await page.keyboard.press('Control+Shift+M');
  const id = await page
    .locator('.view-line', { hasText: /^\s*id:.CASE-/ })
    .first()
    .textContent();
  const name = fileOf(/CASE-\w+/.exec(id)[0]);
  await page.getByPlaceholder('Filter (e.g.').fill(name);
  await page.locator('.markers-panel', { hasText: 'No results found' }).waitFor();
  // Nothing is open any more, though much was left outstanding in the case.
  await page
    .locator('.statusbar-item-label', { hasText: /(\d+) of \1 answered · \d+ left outstanding/ })
    .waitFor();
  await screenshot(page, 'scenes-1-complete');
  await page.getByPlaceholder('Filter (e.g.').fill('');
  await page.locator('.tab.active').click();
  await page.keyboard.press('Control+S');
  const file = path.join(workspace, name);
  await until(
    'the review on disk',
    () => existsSync(file) && readFileSync(file, 'utf8').includes('state: complete'),
  );
  const program = path.join(root, 'dist/case-review.cjs');
  const { stdout } = spawnSync(process.execPath, [program, 'check', name], {
    cwd: workspace,
    encoding: 'utf8',
  });
  assert.match(stdout, /No findings in 1 complete review/);
}

async function renameCase({ page, workspace }) {
  const files = [FIRST_FILE, ...LINKED.map(fileOf)].map(name => path.join(workspace, name));
  const before = files.map(file => readFileSync(file, 'utf8'));
  await openFile(page, FIRST_FILE);
  await page
    .locator('.view-line', { hasText: `id: ${FIRST_CASE}` })
    .getByText(FIRST_CASE)
    .first()
    .click();
  await attempt('the name', async () => {
    await page.keyboard.press('F2');
    await page.locator('.rename-input').waitFor({ timeout: ATTEMPT });
  });
  await page.locator('.rename-input').fill(NEW_CASE);
  await page.keyboard.press('Enter');
  const read = () => files.map(file => readFileSync(file, 'utf8'));
  const after = before.map(text => text.replaceAll(FIRST_CASE, NEW_CASE));
  await until('the new name on disk', () => read().every((text, at) => text === after[at]));
  await page.locator('.view-line', { hasText: `id: ${NEW_CASE}` }).waitFor();
  await screenshot(page, 'scenes-2-renamed');
  await page.locator('.tab.active').click();
  await page.keyboard.press('Control+Z');
  await page.locator('.view-line', { hasText: `id: ${FIRST_CASE}` }).waitFor();
  // In all three, which are not saved again yet.
  await page.locator('.tab.dirty').nth(2).waitFor();
  await chooseCommand(page, 'File: Save All');
  await until('the old name on disk', () => read().every((text, at) => text === before[at]));
}

async function followLink({ page }) {
  await openFile(page, fileOf(LINKED[0]));
  await page.locator('.codelens-decoration a', { hasText: `${FIRST_CASE}, complete` }).click();
  await page.locator('.tab.active', { hasText: FIRST_FILE }).waitFor();
}

async function beginWaiver({ page }) {
  const waive = page.locator('.action-widget .monaco-list-row', { hasText: 'Waive with a reason' }).first();
  await page.locator('.view-line', { hasText: 'review:' }).first().click();
  await attempt(
    'the waiver',
    async () => {
      await page.keyboard.press('Control+.');
      await waive.waitFor({ timeout: ATTEMPT });
    },
    () => page.keyboard.press('Escape'),
  );
  await waive.click();
  await page.locator('.view-line', { hasText: 'reason:' }).last().waitFor();
  await until('the cursor behind the reason', async () => {
    const line = await page.locator('.line-numbers.active-line-number').first().textContent();
    return Number(line) > 40;
  });
  await page.keyboard.type(' backlog');
  await page.locator('.view-line', { hasText: 'reason: backlog' }).waitFor();
  await screenshot(page, 'scenes-3-waiver');
}

function writeReviewFile(folder, id, more) {
  const head = `schema: case-review/1\nreview:\n  id: ${id}\n  kind: [cse]\n  state: complete\n`;
  writeFileSync(path.join(folder, fileOf(id)), `${head}  reviewed_at: 2026-03-10T10:30:00Z\n${more}`);
}

const fileOf = id => `${id}.case-review.yaml`;

if (process.argv[1] === import.meta.filename) await main(driveScenes);
