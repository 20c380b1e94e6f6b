// `npm run new-rule -- <theme>/<what-holds-in-a-good-file> [pack folder]`: begins a rule in the next free row of its
// theme, with one check and two examples that behave, so that the first test is green.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const SHIPPED = path.join(path.resolve(import.meta.dirname, '..'), 'policies/england-wales');
const ID = /^[a-z][a-z0-9-]*\/[a-z0-9][a-z0-9-]*$/;

/** The ref that follows the last one of the theme; a new theme begins its own. */
function nextRef(folder, theme) {
  const files = existsSync(folder) ? readdirSync(folder).filter(file => file.endsWith('.yaml')) : [];
  const refs = files
    .flatMap(file => readFileSync(path.join(folder, file), 'utf8').match(/(?<=^ref: )[A-Z]{3}-\d\d$/m) ?? [])
    .sort();
  const [prefix, number] = (refs.at(-1) ?? `${theme.replaceAll('-', '').slice(0, 3).toUpperCase()}-00`).split(
    '-',
  );
  return `${prefix}-${String(Number(number) + 1).padStart(2, '0')}`;
}

const ruleText = (id, ref) => `id: ${id}
ref: ${ref}
title: Say in one short sentence what holds in a good file
severity: error
confidence: local
catches: []
why: >-
  Say why the rule is there, in words for the officer in the case.
sources: []
event: recording.reported_at
versions:
  - from: 2016-01-01
    checks:
      - id: not-recorded
        when: has(recording.reported_at)
        require: has(recording.recorded_at)
        outcome: not-recorded
        at: recording.recorded_at
        message: Say what is wrong, and where, in one sentence.
examples:
  - name: It is not written down
    bad: |
      recording:
      #^^^^^^^^ ${id} "Say what is wrong, and where, in one sentence."
        reported_at: 2026-02-02T21:10:00Z
  - name: It is written down
    good: |
      recording:
        reported_at: 2026-02-02T21:10:00Z
        recorded_at: 2026-02-03T16:00:00Z
`;

function fail(message) {
  console.error(`new-rule: ${message}`);
  process.exit(2);
}

const [id, pack = SHIPPED] = process.argv.slice(2);
if (!id || !ID.test(id))
  fail('Name the rule as theme/what-holds-in-a-good-file, in small letters with hyphens.');
if (!existsSync(path.join(pack, 'pack.yaml'))) fail(`There is no pack.yaml in ${pack}.`);
const theme = id.split('/')[0];
const file = path.join(pack, `${id}.yaml`);
if (existsSync(file)) fail(`${file} is there already.`);
const text = ruleText(id, nextRef(path.dirname(file), theme));
mkdirSync(path.dirname(file), { recursive: true });
writeFileSync(file, text);
console.log(`Wrote ${path.relative(process.cwd(), file)}. Write its examples first, then its checks.`);
console.log(`Judge it with: case-review policy test ${path.relative(process.cwd(), pack)}`);
