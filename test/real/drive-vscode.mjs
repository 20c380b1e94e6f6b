// Uses the packaged extension as a reviewer does, by mouse and keyboard in the workbench of a real VS Code.
// Takes screenshots into out/screenshots/. Alone: node test/real/drive-vscode.mjs [package.vsix]
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { main } from './main.mjs';
import { ATTEMPT, attempt, chooseCommand, drive, screenshot, until } from './workbench.mjs';

const FILE = 'tracing.case-review.yaml';
const STEP_TITLE = 'Police National Database';

const STEPS = [
  ['the review is opened from the explorer and gets a squiggle', openReview],
  ['the Problems panel names the unanswered step', showProblems],
  ['hovering over a field shows what it means', hoverField],
  ['completion offers words', completeWord],
  ['the quick fix answers the step, and the problem goes away', fixStep],
  ['saving writes the fixed review to disk and changes nothing else', saveReview],
  ['New Case Review makes a review of the kinds picked', newReview],
];

/** @returns {Promise<import('./main.mjs').Result[]>} */
export function driveVscode(kit, vsix) {
  return drive(kit, vsix, STEPS, run => `?folder=${encodeURIComponent(run.workspace)}`);
}

async function openReview({ page }) {
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: FILE }).dblclick();
  await page.locator('.monaco-editor .squiggly-error').first().waitFor();
  await screenshot(page, '1-review');
}

async function showProblems({ page }) {
  await page.locator('.tab', { hasText: FILE }).click();
  await page.keyboard.press('Control+Shift+M');
  // The review may have other problems, and the panel draws only the rows in view.
  await attempt('the problem', async () => {
    await page.getByPlaceholder('Filter (e.g.').fill(STEP_TITLE);
    await problem(page).waitFor({ timeout: ATTEMPT });
  });
  await screenshot(page, '2-problems');
}

async function hoverField({ page }) {
  const key = page
    .locator('.view-line', { hasText: 'SUS-2M8X4T, category' })
    .getByText('status', { exact: false })
    .first();
  const hover = page.locator('.monaco-hover:visible .hover-contents').first();
  await attempt('a hover', async () => {
    await page.mouse.move(5, 5);
    await key.hover();
    await hover.waitFor({ timeout: ATTEMPT });
  });
  assert.match(await hover.textContent(), /\w/);
  await screenshot(page, '3-hover');
  await page.mouse.move(5, 5);
  await hover.waitFor({ state: 'hidden' });
}

async function completeWord({ page }) {
  const word = page
    .locator('.view-line', { hasText: 'SUS-2M8X4T, category' })
    .getByText('identified_not_located')
    .first();
  const list = page.locator('.suggest-widget.visible .monaco-list-row').first();
  await word.dblclick();
  await page.keyboard.press('ArrowLeft'); // To the start of the word, where nothing narrows the list.
  await attempt(
    'a list of words',
    async () => {
      await page.keyboard.press('Control+Space');
      await list.waitFor({ timeout: ATTEMPT });
    },
    () => page.keyboard.press('Escape'),
  );
  await screenshot(page, '4-completion');
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'hidden' });
}

async function fixStep({ page }) {
  await problem(page).dblclick(); // Puts the cursor on the problem.
  await page.locator('.monaco-editor.focused').first().waitFor();
  const fix = page
    .locator('.action-widget .monaco-list-row', {
      hasText: new RegExp(`Add .*${STEP_TITLE}.* as outstanding`),
    })
    .first();
  await attempt(
    'the quick fix',
    async () => {
      await page.keyboard.press('Control+.');
      await fix.waitFor({ timeout: ATTEMPT });
    },
    () => page.keyboard.press('Escape'),
  );
  await screenshot(page, '5-quick-fix');
  await fix.click();
  await problem(page).waitFor({ state: 'detached' });
  await screenshot(page, '6-fixed');
}

async function saveReview({ page, workspace }) {
  const before = readFileSync(path.join(import.meta.dirname, 'workspace', FILE), 'utf8');
  const changed = () => readFileSync(path.join(workspace, FILE), 'utf8') !== before;
  await page.locator('.tab.dirty', { hasText: FILE }).click();
  await page.locator('.monaco-editor.focused').first().waitFor();
  await page.keyboard.press('Control+S');
  await page.locator('.tab.dirty').waitFor({ state: 'detached' });
  await until('the file on disk to change', changed);
  const after = readFileSync(path.join(workspace, FILE), 'utf8');
  assert.equal(
    insertionInto(before, after)
      .trim()
      .replace(/\s+/g, ' ')
      .replaceAll(/[{}] ?/g, '')
      .trim(),
    'pnd: state: outstanding',
  );
}

async function newReview({ page }) {
  await chooseCommand(page, 'New Case Review');
  for (const kind of ['cse', 'missing']) {
    const row = page.locator('.quick-input-widget .monaco-list-row', {
      has: page.getByText(kind, { exact: true }),
    });
    await row.first().click();
  }
  await screenshot(page, '7-new-review-kinds');
  await page.keyboard.press('Enter');
  await page.locator('.tab.active.dirty, .tab.active').filter({ hasNotText: FILE }).waitFor();
  await page.locator('.view-line', { hasText: 'case-review/1' }).first().waitFor();
  await page.locator('.statusbar-item', { hasText: 'Case Review' }).first().waitFor();
  await page.getByPlaceholder('Filter (e.g.').fill('');
  await page.locator('.markers-panel').getByText('This file is empty').waitFor({ state: 'detached' });
  await screenshot(page, '8-new-review');
}

const problem = page => page.locator('.markers-panel .monaco-list-row', { hasText: STEP_TITLE });

/** What `after` has that `before` has not, provided that it is one stretch. */
function insertionInto(before, after) {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  const length = after.length - before.length;
  assert.equal(after.slice(start + length), before.slice(start), 'only one stretch was inserted');
  return after.slice(start, start + length);
}

if (process.argv[1] === import.meta.filename) await main(driveVscode);
