// Takes the pictures in the README: the packaged extension in a real VS Code, an example review open.
// Run it after `npm run package`: node scripts/take-picture.mjs [package.vsix]
// Look at the pictures before you commit them.
import { cpSync, statSync } from 'node:fs';
import path from 'node:path';
import { startCodeServer } from '../test/real/code-server.mjs';
import { defaultVsix } from '../test/real/main.mjs';
import { setUpTestKit } from './setup-test-kit.mjs';

const root = path.resolve(import.meta.dirname, '..');
const pictureOf = name => path.join(root, 'docs/images', `${name}.png`);
const FILES = ['CASE-1J8B5S', 'CASE-2K7M4R', 'CASE-4W9G7N', 'CASE-6D1P8W'].map(
  id => `${id}.case-review.yaml`,
);
const OPEN = FILES[0];
const FINDING = 'suspect-tracing steps have no answer';
const FIX = 'steps without an answer as outstanding';
const QUESTION = 'Lines of enquiry';
const LINE_OF_QUESTION = 98;
const LIMIT = 200_000;
const LINES_UP = 7;
const WAIT = 30_000;
const SETTINGS = {
  'window.autoDetectColorScheme': false,
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.layoutControl.enabled': false,
  'window.commandCenter': false,
  'breadcrumbs.enabled': false,
  'editor.minimap.enabled': false,
  'editor.fontSize': 13,
  'editor.lightbulb.enabled': 'off',
  'editor.stickyScroll.enabled': false,
};

const { node, codeServer, chromium, missing } = setUpTestKit();
if (!node || !codeServer || !chromium) throw new Error(missing.join('; '));
const vsix = path.resolve(process.argv[2] ?? defaultVsix());
const run = await startCodeServer({ node, codeServer, chromium }, { vsix, settings: SETTINGS });
try {
  await takeEditor(run);
  await takeChecklist(run);
} finally {
  await run.stop();
}
for (const name of ['editor', 'checklist']) {
  const { size } = statSync(pictureOf(name));
  console.log(`docs/images/${name}.png: ${Math.ceil(size / 1000)} kB`);
  if (size > LIMIT) throw new Error(`the picture is larger than ${LIMIT / 1000} kB`);
}

async function takeEditor({ page, address, folder }) {
  const reviews = path.join(folder, 'reviews');
  for (const file of FILES) cpSync(path.join(root, 'examples', file), path.join(reviews, file));
  page.setDefaultTimeout(WAIT);
  await page.setViewportSize({ width: 1120, height: 720 });
  await page.goto(`${address}/?folder=${encodeURIComponent(reviews)}`);
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: OPEN }).dblclick();
  await page.locator('.monaco-editor .squiggly-error, .monaco-editor .squiggly-warning').first().waitFor();
  await page.locator('.tab', { hasText: OPEN }).click();
  await page.keyboard.press('Control+Shift+M');
  const row = page.locator('.markers-panel .monaco-list-row', { hasText: FINDING });
  await row.waitFor();
  await row.dblclick();
  await page.locator('.monaco-editor.focused').first().waitFor();
  // The step stands near the top, so that the menu hides nothing of the panel.
  for (let line = 1; line <= LINES_UP; line++) await page.keyboard.press('Control+ArrowDown');
  const fix = page.locator('.action-widget .monaco-list-row', { hasText: FIX }).first();
  for (let attempt = 1; !(await fix.isVisible()); attempt++) {
    if (attempt > 10) throw new Error('the quick fixes did not come');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+.');
    await fix.waitFor({ timeout: 3_000 }).catch(() => {});
  }
  await fix.hover();
  await page.screenshot({ path: pictureOf('editor') });
  await page.keyboard.press('Escape');
}

async function takeChecklist({ page }) {
  await page.setViewportSize({ width: 940, height: 610 });
  await page.keyboard.press('Control+J'); // Closes the panel.
  await page.locator('.statusbar-item', { hasText: 'answered' }).click();
  const question = page.locator('.monaco-list-row', { hasText: QUESTION });
  await question.click();
  await page.locator('.statusbar-item', { hasText: `Ln ${LINE_OF_QUESTION}` }).waitFor();
  await page.screenshot({ path: pictureOf('checklist') });
}
