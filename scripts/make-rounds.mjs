// Writes the synthetic reviews behind examples/published-rounds.yaml into a folder: `node scripts/make-rounds.mjs FOLDER`.
// They hold what an audit counts of outcomes and grades, and nothing else: everything in them is invented.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

const TABLE = path.resolve(import.meta.dirname, '../examples/published-rounds.yaml');

/** A folder for each round; returns how many reviews there are. */
export function makeRounds(folder) {
  const { rounds } = parse(readFileSync(TABLE, 'utf8'));
  let made = 0;
  for (const { round, reviewed_at, reviews } of rounds) {
    mkdirSync(path.join(folder, round), { recursive: true });
    for (const { count, ...answers } of reviews)
      for (let i = 0; i < count; i++) {
        const id = pseudonym(made++);
        const text = reviewText({ id, round, reviewedAt: reviewed_at, ...answers });
        writeFileSync(path.join(folder, round, `${id}.case-review.yaml`), text);
      }
  }
  return made;
}

function reviewText({ id, round, reviewedAt, grade, returned, disposition }) {
  const day = reviewedAt.slice(0, 10);
  return [
    'schema: case-review/1',
    'marking: OFFICIAL',
    'review:',
    `  id: ${id}`,
    '  kind: [child_abuse]',
    '  state: complete',
    '  reviewer: OFF-9K2M7R',
    `  reviewed_at: ${reviewedAt}`,
    ...(grade === undefined ? [] : ['grades:', '  scale: ncpi_case', `  overall: ${grade}`]),
    'audit:',
    `  round: ${round}`,
    ...(returned === undefined ? [] : [`  returned: ${returned}`]),
    ...(disposition === undefined ? [] : [`  disposition: ${disposition}`, `  disposition_at: ${day}`]),
    '',
  ].join('\n');
}

/** Digit and letter in turn, as the schema asks. */
function pseudonym(number) {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
  let rest = number;
  let text = '';
  for (let i = 0; i < 3; i++) {
    text = `${rest % 10}${letters[Math.floor(rest / 10) % letters.length]}${text}`;
    rest = Math.floor(rest / (10 * letters.length));
  }
  return `CASE-${text}`;
}

if (process.argv[1] === import.meta.filename) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) {
    console.error('make-rounds: name the folder to write to.');
    process.exit(2);
  }
  console.log(`${makeRounds(folder)} synthetic reviews in ${folder}`);
}
