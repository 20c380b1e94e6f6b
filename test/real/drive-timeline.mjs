// Looks at a case on its timeline, by mouse and keyboard in the workbench of a real VS Code.
// Takes screenshots into out/screenshots/. Alone: node test/real/drive-timeline.mjs [package.vsix]
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { assertAccessible } from './accessible.mjs';
import { main } from './main.mjs';
import {
  ATTEMPT,
  attempt,
  chooseCommand,
  drive,
  goTo,
  inThemes,
  openExamples,
  openFile,
  screenshot,
  until,
} from './workbench.mjs';

const FILE = 'CASE-4W9G7N.case-review.yaml';
const LINKED_FILE = 'CASE-5R2X9D.case-review.yaml';
const LATE = 'First seen at';

const STEPS = [
  ['the timeline is opened from the title of the editor, and shows dates and limits', openTimeline],
  ['the cursor in the text is at its event on the timeline', followCursor],
  ['arrow keys go from event to event, and Enter goes to the line', useKeyboard],
  ['a click in the table goes to the line', clickRow],
  ['an edit changes the timeline', editDate],
  ['it can be zoomed', zoom],
  ['everybody can use it, in light, dark and high contrast', useThemes],
  ['in a narrow panel the labels are whole', narrow],
  ['it is there again after a reload of the window', reload],
  ['it is saved as HTML and as SVG', saveFiles],
  ['the linked case stands on the same axis, and can be left out', showLinked],
  ['without a review it says so', closeReview],
];

/** @returns {Promise<import('./main.mjs').Result[]>} */
export function driveTimeline(kit, vsix) {
  return drive(kit, vsix, STEPS, openExamples);
}

async function openTimeline({ page }) {
  await openFile(page, FILE);
  await page.locator('.editor-actions').getByRole('button', { name: 'Show Timeline' }).click();
  const view = timeline(page);
  await view.getByRole('heading', { name: 'CASE-4W9G7N' }).waitFor();
  await view.locator('.over', { hasText: `+118 h 10 min (4 days), limit 72 h: ${LATE}` }).waitFor();
  await screenshot(page, 'timeline-1-open');
}

async function followCursor({ page }) {
  await page.locator('.tab', { hasText: FILE }).click();
  await goTo(page, FILE, '59');
  const view = timeline(page);
  await view.locator('.current', { hasText: LATE }).waitFor();
  await view.locator('tr[aria-current]', { hasText: LATE }).waitFor();
  await view
    .locator('#current', { hasText: /First seen at: Wed 27 Aug 2025 15:20 \(Victim contact\)/ })
    .waitFor();
  await goTo(page, FILE, '1');
  await view.locator('.current').waitFor({ state: 'detached' });
  await goTo(page, FILE, '59');
  await view.locator('.current', { hasText: LATE }).waitFor();
  await screenshot(page, 'timeline-2-cursor');
}

async function useKeyboard({ page }) {
  const view = timeline(page);
  await view.locator('.current').focus();
  const words = () => view.locator('#current').textContent();
  const before = await words();
  await page.keyboard.press('ArrowRight');
  const after = await words();
  assert.equal(numberOf(after), numberOf(before) + 1);
  await page.keyboard.press('Home');
  assert.equal(numberOf(await words()), 1);
  await page.keyboard.press('ArrowDown');
  assert.match(await words(), / · .*/);
  await page.keyboard.press('End');
  assert.match(await words(), /Keep until: Fri 3 Dec 2032 \(Review\)/);
  await page.keyboard.press('Enter');
  await page.locator('.statusbar-item', { hasText: 'Ln 13, Col 3' }).waitFor();
}

async function clickRow({ page }) {
  await timeline(page).getByRole('button', { name: 'Supervisor review', exact: true }).first().click();
  await page.locator('.statusbar-item', { hasText: 'Ln 144, Col 8' }).waitFor();
}

async function editDate({ page }) {
  const view = timeline(page);
  await goTo(page, FILE, '59');
  await page.keyboard.press('Home');
  for (let count = 0; count < 15; count++) await page.keyboard.press('ArrowRight');
  // Once to the end of what is wrapped, then to that of the line.
  await page.keyboard.press('Shift+End');
  await page.keyboard.press('Shift+End');
  await page.keyboard.type('2025-08-23T09:00:00+01:00');
  await view.locator('#current', { hasText: 'Sat 23 Aug 2025 09:00' }).waitFor();
  await view.locator('.within', { hasText: LATE }).waitFor();
  await page.keyboard.press('Control+Z');
  await view.locator('.over', { hasText: LATE }).waitFor();
}

async function zoom({ page }) {
  const view = timeline(page);
  const width = () => view.locator('#drawing svg').getAttribute('width').then(Number);
  const before = await width();
  await view.getByRole('button', { name: 'Zoom In' }).click();
  await view.locator(`#drawing svg:not([width="${before}"])`).waitFor();
  assert.ok((await width()) > before * 1.8);
  await screenshot(page, 'timeline-3-zoom');
  await view.getByRole('button', { name: 'Fit' }).click();
  await view.locator(`#drawing svg[width="${before}"]`).waitFor();
}

async function useThemes({ page }) {
  await inThemes(page, 'timeline-4', async () => assertAccessible(await frameOf(page)));
}

/** As narrow as a panel beside the text of a small screen. */
async function narrow({ page }) {
  await page.setViewportSize({ width: 1100, height: 800 });
  const line = timeline(page).locator('.within text', {
    hasText: 'Key event (Arrest): Victim told on',
  });
  // The drawing is made anew for the new width.
  await attempt('the label', () => line.first().scrollIntoViewIfNeeded({ timeout: ATTEMPT }));
  await screenshot(page, 'timeline-5-narrow');
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** While the panel is what is looked at, so that no editor tells which review it was. */
async function reload({ page }) {
  await page.locator('.tab', { hasText: 'Timeline' }).click();
  await page.reload();
  await timeline(page).getByRole('heading', { name: 'CASE-4W9G7N' }).waitFor();
  await timeline(page).locator('.over', { hasText: LATE }).waitFor();
}

async function saveFiles({ page, workspace }) {
  for (const format of ['html', 'svg']) {
    const name = `CASE-4W9G7N.timeline.${format}`;
    await timeline(page)
      .getByRole('button', { name: new RegExp(`Save as ${format}`, 'i') })
      .click();
    const input = page.locator('.quick-input-widget input').first();
    await until('the name of the file', async () => (await input.inputValue()).endsWith(name));
    await page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    const file = path.join(workspace, name);
    await until(
      name,
      () => existsSync(file) && readFileSync(file, 'utf8').trimEnd().endsWith(`</${format}>`),
    );
    const text = readFileSync(file, 'utf8');
    assert.match(text, /Timeline of CASE-4W9G7N/);
    assert.doesNotMatch(text, /packed her things/);
  }
}

async function showLinked({ page }) {
  // Where the text is, not where the timeline is.
  await page.locator('.tab', { hasText: FILE }).click();
  await openFile(page, LINKED_FILE);
  const view = timeline(page);
  await view.locator('.case', { hasText: 'CASE-3H6T1W' }).waitFor();
  await screenshot(page, 'timeline-6-linked');
  await view.getByLabel('Linked cases').uncheck();
  await view.locator('.case', { hasText: 'CASE-3H6T1W' }).waitFor({ state: 'detached' });
}

async function closeReview({ page }) {
  await chooseCommand(page, 'View: Close All Editor Groups');
  await chooseCommand(page, 'Case Review: Show Timeline');
  await timeline(page).locator('#current', { hasText: 'No case review is open.' }).waitFor();
  await screenshot(page, 'timeline-7-nothing');
}

const timeline = page => page.frameLocator('iframe.webview').frameLocator('#active-frame');

async function frameOf(page) {
  const body = await timeline(page).locator('body').elementHandle();
  return body.ownerFrame();
}

const numberOf = words => Number(/^\d+/.exec(words)?.[0]);

if (process.argv[1] === import.meta.filename) await main(driveTimeline);
