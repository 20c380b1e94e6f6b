// A review typed in the workbench from its skeleton on: every place is reached by "Go to Next Open Question", and
// everything is completion but for what only a person can know.
import { ATTEMPT, attempt, until } from './workbench.mjs';

const MOST_QUESTIONS = 60;
const OFFICER = 'OFF-2K7M4R';

/**
 * In the order of the text: the key at which an open question stands, and how it is answered. `pick` takes a
 * suggestion by its label, `first` the first one, `type` is typed, `tab` goes to the next place of a snippet,
 * `below` begins a line below the key, and `field` is a key by completion.
 */
const ANSWERS = [
  ['marking', [pick('OFFICIAL-SENSITIVE')]],
  ['jurisdiction', [pick('england')]],
  ['reviewer', [type(OFFICER)]],
  ['purpose', [pick('audit')]],
  ['retain_until', [pick('YYYY-MM-DD'), type('2094'), tab, type('11'), tab, type('26')]],
  [
    'recording',
    [
      below,
      field('decision'),
      field('recorded'),
      pick('false'),
      line,
      field('basis'),
      pick('contrary_evidence'),
      line,
      field('contrary_evidence'),
      type('The teacher withdrew the report.'),
      line,
      field('reason'),
      type('Somebody else was meant.'),
      line,
      field('by'),
      pick(OFFICER),
      line,
      field('at'),
      first,
    ],
  ],
  ['incident_ref', [type('INC-1')]],
  ['reported_at', [type(' '), first]],
  [
    'significant_aspect',
    [
      pick('- Most significant aspect, every field'),
      ...[pick('familial_risk'), first, pick(OFFICER), type('He lives there.')].flatMap(step => [step, tab]),
      behind('actions:'),
      pick('- Action, every field'),
      ...[
        first,
        type('See where she may stay.'),
        pick('familial_risk'),
        pick(OFFICER),
        pick('2094-11-26'),
        pick('open'),
      ].flatMap(step => [step, tab]),
    ],
  ],
  ['overall', [pick('good')]],
  ['scale', [pick('ncpi_case')]],
  ['grades', [below, field('themes'), field('investigation'), pick('good')]],
  [
    'investigation',
    [
      below,
      outdent,
      field('evidence'),
      field('theme'),
      pick('investigation'),
      line,
      field('ref'),
      pick('ACT-1'),
      line,
      field('source'),
      pick('crime_record'),
      line,
      field('basis'),
      pick('fact'),
      line,
      field('note'),
      type('Asked for on the first day.'),
    ],
  ],
];

export async function typeReview(page, answers = ANSWERS) {
  for (const [key, steps] of answers) {
    await goTo(page, key);
    for (const step of steps) await step(page);
  }
}

/** By "Go to Next Open Question", as often as it takes. */
export async function goTo(page, key) {
  const passed = [];
  for (let count = 0; count < MOST_QUESTIONS; count++) {
    const from = await page.evaluate(readCursor);
    await page.keyboard.press('Alt+n');
    let to = from;
    await until('the next question', async () => {
      to = await page.evaluate(readCursor);
      return to.place !== from.place;
    });
    if (to.key === key) return;
    passed.push(to.key);
  }
  throw new Error(`no open question "${key}" but ${passed.join(', ')}`);
}

/** In the page, once nothing moves any more: where the cursor is, and the key of its line. */
async function readCursor() {
  const read = () => {
    const editor = document.querySelector('.monaco-editor.focused');
    const number = editor?.querySelector('.line-numbers.active-line-number');
    const top = number?.parentElement.style.top;
    const line = [...(editor?.querySelectorAll('.view-line') ?? [])].find(one => one.style.top === top);
    const text = line?.textContent.replaceAll('\u00a0', ' ') ?? '';
    const place = `${number?.textContent}:${editor?.querySelector('.cursor')?.style.left}`;
    return { place, key: /^[\s-]*(\w+):/.exec(text)?.[1] };
  };
  let now = read();
  for (let still = 0; still < 6; ) {
    await new Promise(requestAnimationFrame);
    const next = read();
    still = next.place === now.place && next.key === now.key ? still + 1 : 0;
    now = next;
  }
  return now;
}

export function pick(label) {
  return async page => {
    const row = page.locator(`.suggest-widget.visible .monaco-list-row[aria-label^="${label}"]`).first();
    await offer(page, row, label);
    await row.click();
    await page.locator('.suggest-widget.visible').waitFor({ state: 'hidden' });
  };
}

async function first(page) {
  await offer(page, page.locator('.suggest-widget.visible .monaco-list-row').first(), 'a suggestion');
  await page.keyboard.press('Enter');
  await page.locator('.suggest-widget.visible').waitFor({ state: 'hidden' });
}

function offer(page, row, what) {
  return attempt(
    what,
    async () => {
      await page.keyboard.press('Control+Space');
      await row.waitFor({ timeout: ATTEMPT });
    },
    () => page.keyboard.press('Escape'),
  );
}

/** A key, with what opens its value. */
function field(key) {
  return pick(`${key}, Property`);
}

function type(text) {
  return page => page.keyboard.type(text);
}

async function tab(page) {
  await page.keyboard.press('Tab');
}

async function line(page) {
  await page.keyboard.press('Enter');
}

async function below(page) {
  // Once to the end of what is wrapped, then to that of the line.
  for (const key of ['End', 'End', 'Enter']) await page.keyboard.press(key);
}

async function outdent(page) {
  await page.keyboard.press('Shift+Tab');
}

/** By the search in the text. */
function behind(words) {
  return async page => {
    await page.keyboard.press('Control+F');
    await page.keyboard.type(words);
    await page.locator('.find-widget .matchesCount', { hasText: '1 of 1' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowRight');
  };
}
