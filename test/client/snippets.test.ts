/** Every snippet, with every word it offers, makes a review that the schema accepts. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { validateReview } from '../../server/src/generated/validators.js';

const root = path.resolve(import.meta.dirname, '../../..');

interface Snippet {
  readonly prefix: readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

/** The first prefix of each snippet and the section of a review it is written in. */
const SECTIONS: Readonly<Record<string, string>> = {
  'person-victim': 'persons:',
  'person-suspect': 'persons:',
  'person-associate': 'persons:',
  'person-witness': 'persons:',
  'person-officer': 'persons:',
  contact: 'victim_contact:\n  log:',
  'line-of-enquiry': 'suspect_strategy:\n  lines_of_enquiry:',
  'step-outstanding': 'suspect_strategy:\n  steps:',
  'step-not-applicable': 'suspect_strategy:\n  steps:',
  'step-done': 'suspect_strategy:\n  steps:',
  'missing-episode': 'missing:',
  meeting: 'coordination:\n  meetings:',
  action: 'audit:\n  actions:',
};

const MINIMAL_REVIEW = `schema: case-review/1
review:
  id: CASE-4T7Q2M
  kind: [cse]
  state: draft
  reviewed_at: 2026-03-10T10:30:00Z
`;

const snippets: Readonly<Record<string, Snippet>> = JSON.parse(
  readFileSync(path.join(root, 'client/snippets/case-review.json'), 'utf8'),
);

/** The text after the user has pressed Tab to the end, having taken the choice of this number (or the last) everywhere. */
function expand(body: readonly string[], choice: number): string {
  return body
    .join('\n')
    .replace('${CURRENT_YEAR}-${CURRENT_MONTH}-${CURRENT_DATE}', '2026-02-03')
    .replace(
      /\$\{\d+\|([^|]*)\|\}/g,
      (_, words: string) => words.split(',').at(choice) ?? words.split(',').at(-1)!,
    )
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\d+/g, '');
}

function numberOfChoices({ body }: Snippet): number {
  return Math.max(
    1,
    ...[...body.join('\n').matchAll(/\|([^|]*)\|/g)].map(match => match[1]!.split(',').length),
  );
}

test('every snippet has a section in this test', () => {
  const prefixes = Object.values(snippets).map(({ prefix }) => prefix[0]);
  assert.deepEqual(prefixes.toSorted(), Object.keys(SECTIONS).toSorted());
});

for (const [name, snippet] of Object.entries(snippets)) {
  test(`the snippet "${name}" fits the schema`, () => {
    const section = SECTIONS[snippet.prefix[0] ?? ''] ?? '';
    const indent = ' '.repeat(2 * section.split('\n').length);
    for (let choice = 0; choice < numberOfChoices(snippet); choice++) {
      const text = expand(snippet.body, choice);
      assert.doesNotMatch(text, /\$/);
      const review = `${MINIMAL_REVIEW}${section}\n${text.replace(/^/gm, indent)}\n`;
      assert.ok(validateReview(parse(review)), `${review}\n${JSON.stringify(validateReview.errors)}`);
    }
  });
}
