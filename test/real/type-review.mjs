// A review of a crime typed in the workbench from its skeleton on: places are reached by "Go to Next Open Question" or by
// search, and everything is completion or a quick fix but for what only a person can know.
import { ATTEMPT, attempt, until } from './workbench.mjs';

const MOST_QUESTIONS = 60;
const SUPERVISOR = 'OFF-2K7M4R';
const VICTIM = 'VIC-';
const SUSPECT = 'SUS-';
/** In the case of another review of the folder. */
const OFFICER = 'OFF-1D4F6G';

/**
 * In the order of the text: the place, and what is done there. A word is the key at which an open question stands, and
 * `behind` finds words of the text. `pick` takes a suggestion by its label, `first` the first one, `type` is typed, `tab`
 * goes to the next place of a snippet, `below` begins a line below, `field` is a key by completion, `entry`, `another` and
 * `also` are made of these, and `fix` is a quick fix.
 */
const ANSWERS = [
  ['marking', pick('OFFICIAL-SENSITIVE')],
  ['jurisdiction', pick('wales')],
  ['reviewer', type(SUPERVISOR)],
  ['purpose', pick('audit')],
  ['retain_until', pick('YYYY-MM-DD'), ...['2094', '11', '26'].flatMap(part => [type(part), tab])],
  [
    behind('persons:'),
    below,
    ...entry('- Person', pick(VICTIM), pick('victim')),
    ...also('age_band_at_offence', pick('13_15')),
    ...another('- Person', pick(SUSPECT), pick('suspect')),
    ...also('status', pick('described')),
    ...another('- Person', pick(OFFICER), pick('officer')),
    ...also('role', pick('oic')),
    ...also('accreditation', pick('pip2'), line, pick('- scaidp')),
  ],
  [
    'recording',
    field('decision'),
    field('recorded'),
    pick('true'),
    ...also('basis', pick('victim_belief')),
    ...also('by', pick(OFFICER)),
    ...also('at', first),
    line,
    outdent,
    field('offences'),
    field('crime_ref'),
    type('CR-1'),
    ...also('class', type('22'), pick('22B')),
    ...also('victim', pick(VICTIM)),
    ...also('offender_age', pick('18_plus')),
    ...also('penetration', pick('not_alleged')),
    ...also('rationale', type('The only one.')),
  ],
  ['incident_ref', type('INC-1')],
  ['reported_at', type(' '), first],
  ['recorded_at', type(' '), first],
  [
    'risk',
    below,
    ...entry('- Risk grading', first),
    ...also('level', pick('high')),
    ...also('by', pick(OFFICER)),
    ...also('endorsed_by', pick(SUPERVISOR)),
    ...also('rationale', type('He lives there.')),
  ],
  [
    'significant_aspect',
    ...entry(
      '- Most significant aspect, every field',
      pick('familial_risk'),
      first,
      pick(OFFICER),
      type('He lives there.'),
    ),
  ],
  ['first_seen_at', type(' '), first],
  [behind('first_seen_by:'), pick(OFFICER)],
  ['ack_sent_at', first],
  [behind('ack_mode:'), pick('letter')],
  [
    'vs_referral_at',
    first,
    below,
    field('needs_assessment'),
    field('at'),
    first,
    ...also('enhanced', pick('true')),
    ...also('ground', pick('under_18')),
    line,
    outdent,
    field('plan'),
    field('frequency_days'),
    type('21'),
    ...also('method', pick('letter')),
    ...also('agreed_with', pick(VICTIM)),
    line,
    outdent,
    field('log'),
    field('at'),
    first,
    ...also('with', pick(VICTIM)),
    line,
    outdent,
    outdent,
    outdent,
    field('voice_of_child'),
    field('text'),
    type('Wants to stay with her sister.'),
    ...also('basis', pick('fact')),
    ...also('recorded_by', pick(OFFICER)),
    line,
    outdent,
    field('abe'),
    field('delay_reason'),
    type('She has asked for a day of rest.'),
    line,
    outdent,
    field('medical'),
    field('decision'),
    pick('not_indicated'),
    ...also('last_contact', pick('within_7_days')),
    ...also('reason', type('Touched over clothes.')),
  ],
  [
    'first_action_at',
    type(' '),
    first,
    below,
    field('plan'),
    field('set_at'),
    first,
    ...also('direction', type('The phone first.')),
    line,
    outdent,
    field('lines_of_enquiry'),
    field('id'),
    pick('LOE-1'),
    ...also('points', pick('towards')),
    ...also('owner', pick(OFFICER)),
    ...also('state', pick('open')),
    ...another('- Line of enquiry', pick('LOE-2')),
    ...also('points', pick('away')),
    ...also('owner', pick(OFFICER)),
    ...also('state', pick('open')),
  ],
  // What is typed takes the place of the word that says that nothing is answered.
  ['prison_probation_check', type('done, at: '), first],
  // As in a review that somebody began without a skeleton.
  [behind('victim_account'), clear(10), fix('Add the 10 steps without an answer as outstanding')],
  [behind('links:'), fix('Add what is missing as outstanding')],
  [
    'safeguarding',
    field('safety_plan'),
    field('owner'),
    pick(OFFICER),
    ...also('review_on', pick('2094-11-26')),
  ],
  [
    behind('supervision:'),
    below,
    field('reviews'),
    field('at'),
    first,
    ...also('direction', type('Go on with the phone.')),
  ],
  [
    behind('actions:'),
    ...entry(
      '- Action, every field',
      first,
      type('Ask where she may stay.'),
      pick('familial_risk'),
      pick(OFFICER),
      pick('2094-11-26'),
      pick('open'),
    ),
  ],
  ['overall', pick('good')],
  [behind('scale:'), pick('ncpi_case')],
  [behind('grades:'), below, field('themes'), field('investigation'), pick('good')],
  [
    behind('investigation:'),
    below,
    outdent,
    field('evidence'),
    field('theme'),
    pick('investigation'),
    ...also('ref', pick('LOE-2')),
  ],
];

/** An entry of a list, whose places `steps` fill. */
function entry(label, ...steps) {
  return [pick(label), ...steps.flatMap(step => [step, tab])];
}

/** The next entry of the list that the cursor is in. */
function another(label, ...steps) {
  return [line, outdent, ...entry(label, ...steps)];
}

/** One more field, below. */
function also(key, ...steps) {
  return [line, field(key), ...steps];
}

export async function typeReview(page, answers = ANSWERS) {
  for (const [place, ...steps] of answers) {
    if (typeof place === 'string') await goTo(page, place);
    else await place(page);
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
    // Behind a key the list of its values may be there already.
    await row.waitFor({ state: 'hidden' });
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
  return pick(`${key}, `);
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

/** By the search in the text. The status bar says what is selected: the search box still shows what it found before. */
function behind(words) {
  return async page => {
    const selection = page.locator('[id="status.editor.selection"]');
    await page.keyboard.press('Control+F');
    await page.locator('.find-widget.visible').waitFor();
    await page.keyboard.type(words);
    await selection.filter({ hasText: `(${words.length} selected)` }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.find-widget.visible').waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowRight');
    await selection.filter({ hasNotText: 'selected' }).waitFor();
  };
}

/** So many lines, from that of the cursor on; it stands in the line above then. */
function clear(lines) {
  return async page => {
    await page.keyboard.press('Home');
    for (let line = 0; line < lines; line++) await page.keyboard.press('Shift+ArrowDown');
    for (const key of ['Delete', 'ArrowUp']) await page.keyboard.press(key);
  };
}

/** By keyboard alone. */
function fix(title) {
  return async page => {
    const list = page.locator('.action-widget');
    const row = list.locator('.monaco-list-row', { hasText: title }).first();
    await attempt(
      title,
      async () => {
        await page.keyboard.press('Control+.');
        await row.waitFor({ timeout: ATTEMPT });
      },
      () => page.keyboard.press('Escape'),
    );
    const chosen = list.locator('.monaco-list-row.focused', { hasText: title });
    for (let count = 0; (await chosen.count()) === 0; count++) {
      if (count === MOST_QUESTIONS) throw new Error(`no way to "${title}" by the arrow keys`);
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
    await row.waitFor({ state: 'hidden' });
  };
}
