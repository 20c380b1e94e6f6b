// Gets started as a new user does: from the empty view to the sample reviews, and through one by its checklist.
// Takes screenshots into out/screenshots/. Alone: node test/real/drive-checklist.mjs [package.vsix]
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { assertAccessible } from './accessible.mjs';
import { main } from './main.mjs';
import { ATTEMPT, attempt, chooseCommand, drive, inThemes, openFile, screenshot } from './workbench.mjs';

const FILE = 'CASE-4W9G7N.case-review.yaml';
const CLEAN_FILE = 'CASE-2K7M4R.case-review.yaml';
const SECTION = 'Victim contact';
const QUESTION = 'First seen at';
const RULE = 'victim-contact/child-seen-promptly';

const STEPS = [
  ['the empty view offers the sample reviews, which are copied where the user wants them', openSamples],
  ['the status bar says how far a sample is answered, and opens its checklist', openChecklist],
  ['the checklist says in words what is in breach, and a click goes there', followQuestion],
  ['everybody can use the checklist, in light, dark and high contrast', useChecklistInThemes],
  ['the checklist is reached and used by keyboard alone', useChecklistByKeyboard],
  ['the keyboard leads from a problem to the page of its rule, which everybody can use', readRulePage],
  ['an edit changes checklist and status bar, after a restart of the server too', editAnswer],
  ['the checklist follows the review looked at, and is gone with it', lookElsewhere],
  ['the empty view leads to the walkthrough, which everybody can use', openWalkthrough],
  [
    'everybody can answer the question for a new review, by keyboard alone, but not with nothing',
    answerQuestions,
  ],
];

/** @returns {Promise<import('./main.mjs').Result[]>} */
export function driveChecklist(kit, vsix) {
  return drive(kit, vsix, STEPS, () => '?ew=true');
}

async function openSamples({ page, folder }) {
  await page.getByRole('tab', { name: 'Case Review' }).first().click();
  const samples = page.getByRole('button', { name: 'Open the Sample Reviews' });
  await samples.waitFor();
  await inThemes(page, 'checklist-1-empty', () => assertAccessible(page, '.pane-body .welcome-view-content'));
  await samples.click();
  const place = path.join(folder, 'home');
  // Before it lists a folder, the dialog fills in the path itself.
  await page.locator('.quick-input-widget .monaco-list-row').first().waitFor();
  await page.locator('.quick-input-widget input').first().fill(`${place}/`);
  await page.getByRole('button', { name: 'Copy the Samples Here' }).click();
  // The number of problems: then the folder is open and the extension runs.
  await page.locator('[id="status.problems"]', { hasText: /[1-9]/ }).waitFor();
  await openFile(page, FILE);
  const folderOfSamples = path.join(place, 'case-review-samples');
  assert.ok(existsSync(path.join(folderOfSamples, 'case-review.config.yaml')));
  const reviewsOf = at => readdirSync(at).filter(name => name.endsWith('.case-review.yaml'));
  assert.deepEqual(
    reviewsOf(folderOfSamples),
    reviewsOf(path.resolve(import.meta.dirname, '../../examples')),
  );
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
}

/** Of the frame, what is ours: the rows of the tree, the words above them, and the item in the status bar. */
async function useChecklistInThemes({ page }) {
  await inThemes(page, 'checklist-3-question', async () => {
    // VS Code sets title and words of a row side by side without a space, so no label can hold what is seen.
    await assertAccessible(page, '.pane-body .monaco-list', ['label-content-name-mismatch']);
    await assertAccessible(page, '.pane-body .message');
    await assertAccessible(page, '[id="case-review.case-review.progress"]');
  });
}

async function useChecklistByKeyboard({ page }) {
  await page.locator('.tab.active', { hasText: FILE }).click();
  await chooseCommand(page, 'Case Review: Focus on Checklist View');
  const focused = (title, options) =>
    page.locator(`.monaco-list-row.focused[aria-label^="${title}"]`).waitFor(options);
  await page.locator('.pane-body .monaco-list:focus').waitFor();
  // The tree drops keys while it is drawn anew.
  await attempt('the second section', async () => {
    await page.keyboard.press('Home');
    await focused('Review', { timeout: ATTEMPT });
    await page.keyboard.press('ArrowDown');
    await focused('Persons', { timeout: ATTEMPT });
  });
  await page.keyboard.press('ArrowRight');
  await entry(page, 'VIC-7P2D5Y', 'answered').waitFor();
  await page.keyboard.press('ArrowDown');
  await focused('VIC-7P2D5Y');
  await page.keyboard.press('Enter');
  await page.locator('.statusbar-item', { hasText: 'Ln 16, Col 11' }).waitFor();
  await page.locator('.monaco-editor.focused').first().waitFor();
  // And back, where the focus was.
  await chooseCommand(page, 'Case Review: Focus on Checklist View');
  await focused('VIC-7P2D5Y');
  await chooseCommand(page, 'Case Review: Go to Next Open Question');
  await page.locator('.statusbar-item', { hasText: 'Ln 26, Col ' }).waitFor();
  await chooseCommand(page, 'Case Review: Go to Next Open Question');
  await page.locator('.statusbar-item', { hasText: 'Ln 59, Col 18' }).waitFor();
}

/** Of the page, VS Code makes the frame and the preview of Markdown; the text is ours. */
async function readRulePage({ page }) {
  await page.keyboard.press('F8');
  await page.locator('.marker-widget', { hasText: RULE }).waitFor();
  await screenshot(page, 'checklist-4-problem');
  await page.keyboard.press('Escape');
  await chooseCommand(page, 'Case Review: Show the Page of a Rule');
  const rulePage = page.frameLocator('iframe.webview').frameLocator('#active-frame').locator('body');
  await rulePage.getByRole('heading', { name: /^VIC-\d\d: / }).waitFor();
  await rulePage.evaluate(body => {
    // VS Code draws the ground behind the frame, where axe-core does not see it.
    body.style.background = 'var(--vscode-editor-background)';
  });
  await inThemes(page, 'checklist-5-rule', async () => {
    const body = await rulePage.elementHandle();
    await assertAccessible(await body.ownerFrame(), '.markdown-body');
  });
  await page.keyboard.press('Control+W');
  await page.locator('.tab.active', { hasText: FILE }).waitFor();
}

async function editAnswer({ page }) {
  await entry(page, QUESTION, 'in breach').dblclick(); // Puts the cursor into the editor.
  await page.locator('.monaco-editor.focused').first().waitFor();
  // Once to the end of what is wrapped, then to that of the line.
  await page.keyboard.press('Shift+End');
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
  await openFile(page, CLEAN_FILE);
  await page.locator('.pane-body .message', { hasText: 'CASE-2K7M4R: ' }).waitFor();
  await chooseCommand(page, 'View: Revert and Close Editor');
  await page.locator('.pane-body .message', { hasText: 'CASE-4W9G7N: ' }).waitFor();
  await chooseCommand(page, 'View: Revert and Close Editor');
  await page.getByRole('button', { name: 'Get Started' }).waitFor();
  await progress(page, / of /).waitFor({ state: 'detached' });
}

/** Of a step, its words are ours; the button around them, in which nothing else may be used, is VS Code's. */
async function openWalkthrough({ page }) {
  await page.getByRole('button', { name: 'Get Started' }).click();
  const steps = page.locator('.getting-started-step');
  await steps.filter({ hasText: 'Look at invented reviews' }).waitFor();
  // Beside the view there is no room for the pictures.
  await page.keyboard.press('Control+B');
  for (const [at, step] of (await steps.all()).entries()) {
    await attempt('the step', async () => {
      await step.focus();
      await page.keyboard.press('Enter');
      await page.locator(`.getting-started-step:nth-child(${at + 1}).expanded`).waitFor({ timeout: ATTEMPT });
    });
    await inThemes(page, `checklist-6-walkthrough-${at + 1}`, () =>
      assertAccessible(page, '.getting-started-step.expanded .step-description-container'),
    );
  }
}

/** Of a question, the words are ours. VS Code makes the list around them, in which it keeps rows with keys of the palette. */
async function answerQuestions({ page }) {
  // The walkthrough takes the focus when the theme changes, which closes the questions.
  await chooseCommand(page, 'View: Close All Editors');
  await page.locator('.getting-started-step').first().waitFor({ state: 'detached' });
  await chooseCommand(page, 'New Case Review');
  const questions = page.locator('.quick-input-widget');
  await questions.getByText('cse', { exact: true }).waitFor();
  await inThemes(page, 'checklist-7-questions', () =>
    assertAccessible(page, '.quick-input-widget .quick-input-list-rows', ['aria-prohibited-attr']),
  );
  await page.keyboard.press('Enter');
  await questions.getByText('New Case Review: tick at least one kind').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await questions.getByText('1 Selected').waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.view-line', { hasText: 'case-review/1' }).first().waitFor();
  await page.locator('.monaco-editor.focused').first().waitFor();
  await page.locator('.codelens-decoration').first().waitFor();
}

const entry = (page, title, words) =>
  page.locator(`.monaco-list-row[aria-label^="${title}, ${words}"]`).first();

const progress = (page, words) => page.locator('.statusbar-item-label').filter({ hasText: words }).first();

if (process.argv[1] === import.meta.filename) await main(driveChecklist);
