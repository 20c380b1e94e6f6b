// The workbench of a real VS Code, used by mouse and keyboard: what the tests through the user interface share.
import { cpSync } from 'node:fs';
import path from 'node:path';
import { startCodeServer } from './code-server.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const WAIT = 30_000;
/** How long one attempt at something that VS Code may cancel or clear while it starts is given. */
export const ATTEMPT = 3_000;
const ATTEMPTS = 10;

/**
 * Takes one step after the other, each of which starts where the one before it ended.
 * @param {readonly [string, (run: object) => Promise<void>][]} steps
 * @param {(run: object) => string} query what to open, as the query of the workbench's address
 * @param {{listen?: (run: object) => void}} [options] what is done before the workbench is opened, and the options of
 *   `startCodeServer`
 * @returns {Promise<import('./main.mjs').Result[]>}
 */
export async function drive(kit, vsix, steps, query, { listen, ...options } = {}) {
  const run = await startCodeServer(kit, { vsix, ...options });
  listen?.(run);
  const results = [];
  try {
    run.page.setDefaultTimeout(WAIT);
    await run.page.goto(`${run.address}/${query(run)}`);
    for (const [title, step] of steps) {
      try {
        await step(run);
        results.push({ title, state: 'pass' });
      } catch (error) {
        await screenshot(run.page, `${step.name}-failed`);
        results.push({ title, state: 'fail', error: error.stack ?? String(error) });
        break;
      }
    }
  } finally {
    await run.stop();
  }
  return results;
}

/** What to open for `drive`: the workspace, with the example reviews in it. */
export function openExamples({ workspace }) {
  cpSync(path.join(root, 'examples'), workspace, { recursive: true });
  return `?folder=${encodeURIComponent(workspace)}`;
}

/** Light, dark and both high contrasts, as VS Code marks its workbench, and what the browser asks for to get them. */
const THEMES = [
  ['vs-dark', { colorScheme: 'dark', forcedColors: 'none' }],
  ['hc-black', { colorScheme: 'dark', forcedColors: 'active' }],
  ['hc-light', { colorScheme: 'light', forcedColors: 'active' }],
  ['vs', { colorScheme: 'light', forcedColors: 'none' }],
];

/** Checks what is open in each theme and photographs it; ends in light, in which a workbench begins. */
export async function inThemes(page, name, check) {
  for (const [theme, media] of THEMES) {
    await page.emulateMedia(media);
    await page.locator(`.monaco-workbench.${theme}`).waitFor();
    await check();
    await screenshot(page, `${name}-${theme}`);
  }
}

const asked = page => page.locator('.quick-input-widget input').first();

/** Presses keys that make VS Code ask something, and answers; whoever takes the focus meanwhile closes the question. */
async function answer(page, keys, text, row) {
  await attempt(`the answer ${text}`, async () => {
    await page.keyboard.press(keys);
    await asked(page).fill(text, { timeout: ATTEMPT });
    const rows = page.locator('.quick-input-widget .monaco-list-row', { hasText: row });
    if (row !== undefined) await rows.first().waitFor({ timeout: ATTEMPT });
    await page.keyboard.press('Enter');
  });
}

/** A file of the workspace, by the keyboard. */
export async function openFile(page, name) {
  await answer(page, 'Control+P', name, name);
  await page.locator('.tab.active', { hasText: name }).waitFor();
  await page.locator('.monaco-editor.focused').first().waitFor();
}

/** A line of a file that is open, with a column or without: `12`, `12:5`. */
export async function goTo(page, name, place) {
  const [line, column = '1'] = place.split(':');
  await attempt(`line ${place}`, async () => {
    await page.locator('.tab', { hasText: name }).click();
    await answer(page, 'Control+G', `:${place}`);
    const position = page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` });
    await position.waitFor({ timeout: ATTEMPT });
  });
}

/** By its title in the command palette. */
export async function chooseCommand(page, title) {
  await answer(page, 'F1', `>${title}`, title);
}

/** VS Code drops requests and input while it starts; a user would try again too. */
export async function attempt(what, action, reset = async () => {}) {
  for (let count = 1; ; count++) {
    try {
      return await action();
    } catch (error) {
      if (count === ATTEMPTS)
        throw new Error(`${what} did not come in ${ATTEMPTS} attempts`, { cause: error });
      await reset();
    }
  }
}

export async function until(what, condition) {
  for (const end = Date.now() + WAIT; !(await condition()); ) {
    if (Date.now() > end) throw new Error(`timed out waiting for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

export async function screenshot(page, name) {
  await page.screenshot({ path: path.join(root, 'out/screenshots', `${name}.png`) });
}
