// Gets started as a new user does: from the empty view to the sample reviews, and through one by its checklist.
// Takes screenshots into out/screenshots/. Alone: node test/real/drive-checklist.mjs [package.vsix]
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { main } from './main.mjs';
import { chooseCommand, drive, screenshot } from './workbench.mjs';

const FILE = 'CASE-4W9G7N.case-review.yaml';
const CLEAN_FILE = 'CASE-2K7M4R.case-review.yaml';
const SECTION = 'Victim contact';
const QUESTION = 'First seen at';

const STEPS = [
  ['the empty view offers the sample reviews, which are copied where the user wants them', openSamples],
  ['the status bar says how far a sample is answered, and opens its checklist', openChecklist],
  ['the checklist says in words what is in breach, and a click goes there', followQuestion],
  ['an edit changes checklist and status bar, after a restart of the server too', editAnswer],
  ['the checklist follows the review looked at, and is gone with it', lookElsewhere],
  ['the empty view leads to the walkthrough', openWalkthrough],
];

/** @returns {Promise<import('./main.mjs').Result[]>} */
export function driveChecklist(kit, vsix) {
  return drive(kit, vsix, STEPS, () => '?ew=true');
}

async function openSamples({ page, folder }) {
  await page.getByRole('tab', { name: 'Case Review' }).first().click();
  await page.getByRole('button', { name: 'Open the Sample Reviews' }).click();
  await screenshot(page, 'checklist-1-empty');
  const place = path.join(folder, 'home');
  // Before it lists a folder, the dialog fills in the path itself.
  await page.locator('.quick-input-widget .monaco-list-row').first().waitFor();
  await page.locator('.quick-input-widget input').first().fill(`${place}/`);
  await page.getByRole('button', { name: 'Copy the Samples Here' }).click();
  await page
    .getByRole('tab', { name: /^Explorer/ })
    .first()
    .click();
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: FILE }).dblclick();
  const samples = path.join(place, 'case-review-samples');
  assert.ok(existsSync(path.join(samples, 'case-review.config.yaml')));
  const reviewsOf = at => readdirSync(at).filter(name => name.endsWith('.case-review.yaml'));
  assert.deepEqual(reviewsOf(samples), reviewsOf(path.resolve(import.meta.dirname, '../../examples')));
}

async function openChecklist({ page }) {
  await progress(page, /\d+ of \d+ answered · 1 in breach\s*$/).click();
  await entry(page, SECTION, '1 in breach').waitFor();
  await screenshot(page, 'checklist-2-view');
}

async function followQuestion({ page }) {
  const question = entry(page, QUESTION, 'in breach');
  await question.waitFor();
  const label = await question.getAttribute('aria-label');
  assert.match(label, /^First seen at, in breach\. The child was first seen/);
  await question.click();
  await page.locator('.statusbar-item', { hasText: 'Ln 59, Col 18' }).waitFor();
  await screenshot(page, 'checklist-3-question');
  await chooseCommand(page, 'Preferences: Toggle between Light/Dark Themes');
  await page.locator('.monaco-workbench.vs-dark').waitFor();
  await screenshot(page, 'checklist-4-dark');
}

async function editAnswer({ page }) {
  await entry(page, QUESTION, 'in breach').dblclick(); // Puts the cursor into the editor.
  await page.locator('.monaco-editor.focused').first().waitFor();
  await page.keyboard.press('Shift+End');
  await page.keyboard.type('2025-08-23T09:00:00+01:00');
  await entry(page, QUESTION, 'answered').waitFor();
  await progress(page, /\d+ of \d+ answered\s*$/).waitFor();
  await chooseCommand(page, 'Case Review: Restart Server');
  await page.locator('.tab.active', { hasText: FILE }).click();
  await page.keyboard.press('Control+Z');
  await entry(page, QUESTION, 'in breach').waitFor();
}

async function lookElsewhere({ page }) {
  await page.keyboard.press('Control+P');
  await page.locator('.quick-input-widget input').first().fill(CLEAN_FILE);
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: CLEAN_FILE }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.pane-body .message', { hasText: 'CASE-2K7M4R: ' }).waitFor();
  await chooseCommand(page, 'View: Revert and Close Editor');
  await page.locator('.pane-body .message', { hasText: 'CASE-4W9G7N: ' }).waitFor();
  await chooseCommand(page, 'View: Revert and Close Editor');
  await page.getByRole('button', { name: 'Get Started' }).waitFor();
  await progress(page, / of /).waitFor({ state: 'detached' });
}

async function openWalkthrough({ page }) {
  await page.getByRole('button', { name: 'Get Started' }).click();
  await page.locator('.getting-started-step', { hasText: 'Look at invented reviews' }).waitFor();
  await screenshot(page, 'checklist-5-walkthrough');
}

const entry = (page, title, words) =>
  page.locator(`.monaco-list-row[aria-label^="${title}, ${words}"]`).first();

const progress = (page, words) => page.locator('.statusbar-item-label').filter({ hasText: words }).first();

if (process.argv[1] === import.meta.filename) await main(driveChecklist);
