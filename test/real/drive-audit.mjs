// Looks at the audit of a folder, by mouse and keyboard in the workbench of a real VS Code.
// Takes screenshots into out/screenshots/. Alone: node test/real/drive-audit.mjs [package.vsix]
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeRounds } from '../../scripts/make-rounds.mjs';
import { assertAccessible } from './accessible.mjs';
import { main } from './main.mjs';
import { chooseCommand, drive, inThemes, openExamples, screenshot } from './workbench.mjs';

const program = path.resolve(import.meta.dirname, '../../dist/case-review.cjs');
const FILE = 'CASE-4W9G7N.case-review.yaml';

const STEPS = [
  ['the audit shows outcomes, grades, failings and rules of the folder', openAudit],
  ['a failing leads to its reviews, and a review to the line', followFailing],
  ['a bar leads to the reviews, and a round to those of the round', followBar],
  ['an edit changes the figures, and what was open stays open', editReview],
  ['it works by keyboard', useKeyboard],
  ['everybody can use it, in light, dark and high contrast', useThemes],
  ['everybody can use the pages that report and compare write, in light, dark and on paper', openPages],
  ['without a complete review it says so', removeReviews],
];

/** @returns {Promise<import('./main.mjs').Result[]>} */
export function driveAudit(kit, vsix) {
  return drive(kit, vsix, STEPS, openExamples);
}

async function openAudit({ page }) {
  // When there are findings, there are the commands too.
  await page.locator('#status\\.problems', { hasText: /[1-9]/ }).waitFor();
  await chooseCommand(page, 'Case Review: Show Audit');
  const view = audit(page);
  await view.getByText('Complete reviews: 15. Drafts, which are not counted: 1.').waitFor();
  for (const name of ['Outcome of the audit', 'Overall grade', 'Failings', 'Rules'])
    await view.getByRole('heading', { name, exact: true }).waitFor();
  await screenshot(page, 'audit-1-open');
}

async function followFailing({ page }) {
  await row(page, 'F3 Late visit').getByRole('button').click();
  const review = audit(page).getByRole('button', { name: /^CASE-4W9G7N: The child was first seen/ });
  await review.waitFor();
  await screenshot(page, 'audit-2-failing');
  await review.click();
  await page.locator('.tab.active', { hasText: FILE }).waitFor();
  await page.locator('.statusbar-item', { hasText: 'Ln 59, Col 18' }).waitFor();
}

async function followBar({ page }) {
  await showAudit(page);
  await row(page, 'Inadequate').first().locator('svg').first().click();
  await audit(page).locator('.reviews', { hasText: 'CASE-' }).nth(1).waitFor();
  await audit(page).getByText('Overall grade, by round').click();
  const round = audit(page).locator('button[data-table="grades"][data-round]').first();
  await round.click();
  await audit(page).locator('button[data-round][aria-expanded="true"]').waitFor();
  await screenshot(page, 'audit-3-round');
}

async function editReview({ page, workspace }) {
  const file = path.join(workspace, FILE);
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, before.replace('state: complete', 'state: draft'));
  await audit(page).getByText('Complete reviews: 14. Drafts, which are not counted: 2.').waitFor();
  await audit(page).locator('button[data-round][aria-expanded="true"]').waitFor();
  writeFileSync(file, before);
  await audit(page).getByText('Complete reviews: 15. Drafts, which are not counted: 1.').waitFor();
}

async function useKeyboard({ page }) {
  const button = row(page, 'F8 ').getByRole('button');
  await button.focus();
  await page.keyboard.press('Enter');
  const review = audit(page).getByRole('button', { name: /^CASE-7C5Y3K: / });
  await review.first().waitFor();
  await review.first().focus();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: 'CASE-7C5Y3K' }).waitFor();
}

async function useThemes({ page }) {
  await showAudit(page);
  await inThemes(page, 'audit-4', async () => {
    const body = await audit(page).locator('body').elementHandle();
    await assertAccessible(await body.ownerFrame());
  });
}

/** Of the published rounds, which have enough reviews for figures. */
async function openPages({ page }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'case-review-pages-'));
  makeRounds(folder);
  const write = (...words) => {
    const file = path.join(folder, `${words[0]}.html`);
    const { status, stderr } = spawnSync(process.execPath, [program, ...words, '--format', `html:${file}`], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    return readFileSync(file, 'utf8');
  };
  const other = await page.context().browser().newPage();
  for (const [name, text] of [
    ['report', write('report')],
    ['compare', write('compare', '2016-1', '2017-4')],
  ])
    for (const look of [
      { media: 'screen', colorScheme: 'light' },
      { media: 'screen', colorScheme: 'dark' },
      { media: 'print', colorScheme: 'light' },
    ]) {
      await other.emulateMedia(look);
      await other.setContent(text);
      await screenshot(other, `audit-5-${name}-${look.media}-${look.colorScheme}`);
      await assertAccessible(other.mainFrame());
    }
  await other.close();
  rmSync(folder, { recursive: true });
}

async function removeReviews({ page, workspace }) {
  for (const name of readdirSync(workspace).filter(name => name.endsWith('.case-review.yaml'))) {
    const file = path.join(workspace, name);
    writeFileSync(file, readFileSync(file, 'utf8').replace('state: complete', 'state: draft'));
  }
  await audit(page).locator('[role=status]', { hasText: 'There is no complete review' }).waitFor();
  await screenshot(page, 'audit-6-nothing');
}

const audit = page => page.frameLocator('iframe.webview').frameLocator('#active-frame');
const row = (page, name) =>
  audit(page)
    .getByRole('row', { name })
    .filter({ has: page.locator('svg') });

async function showAudit(page) {
  await page.locator('.tab', { hasText: 'Audit' }).click();
  await audit(page).getByRole('heading', { name: 'Audit', exact: true }).waitFor();
}

if (process.argv[1] === import.meta.filename) await main(driveAudit);
