/** Reviews with an unmistakable word wherever a person may write one, so that a test sees whether it gets out. */
import { createSchemaGuide, type GuideEntry } from '../../server/src/engine/schema-guide.ts';
import { readReviewSchema } from '../../server/src/generated/schemas.js';
import { cliReview, LATE } from './cli-reviews.ts';

/** No word of any language, schema or policy begins so. */
export const CANARY = 'Quisquiliae';
const NAME = `${CANARY} Fimus`;
/** A telephone number that nobody has, by Ofcom. YAML reads it as a number. */
const NUMBER = '07700900123';
/** What must not get out, whatever becomes of its first digit and its case. */
export const ANY_CANARY = new RegExp(`${CANARY}|${NUMBER.slice(1)}`, 'i');

const complete = everyText(createSchemaGuide(readReviewSchema).root) as { review: object };

const everyTextReview = JSON.stringify(
  {
    ...complete,
    review: { ...complete.review, id: 'CASE-4T7Q2M', kind: ['cse', 'missing'], state: 'complete' },
  },
  null,
  2,
);

/** By file name; no file name has the word. */
export const CANARY_REVIEWS: Readonly<Record<string, string>> = {
  'every-text.case-review.yaml': everyTextReview,
  'numbers-for-texts.case-review.yaml': everyTextReview.replaceAll(`"${CANARY} was here"`, NUMBER),
  'numbers-for-dates.case-review.yaml': cliReview({
    more: `risk:\n  - {at: ${NUMBER}, level: ${CANARY}}\n  - {at: "${NUMBER}", level: ${CANARY}}\npersons:\n  - {ref: ${NUMBER}, category: ${CANARY}}\nactions:\n  - {id: ${NUMBER}, by: ${CANARY}}\n`,
  }),
  'comments.case-review.yaml': cliReview({ more: `# ${NAME}\n${LATE}# ${NAME}, born 2011-02-03\n` }),
  'wrong-places.case-review.yaml': cliReview({
    more: `recording:\n  reported_at: ${CANARY}\n  decision: ${CANARY}\nrisk: ${CANARY}\naudit: {round: ${CANARY}, returned: ${NAME}}\nwaivers:\n  - {rule: ${CANARY}, reason: ${NAME}, by: ${NAME}, until: ${CANARY}}\n`,
  }),
  'broken.case-review.yaml': cliReview({ more: `recording: {decision: "${CANARY}\n  ${CANARY}: [\n` }),
  'cut.case-review.yaml': cliReview({ more: `actions:\n  - {note: seen by ${CANARY}, ${NAME} at home}\n` }),
  'wrong-state.case-review.yaml': cliReview({ id: CANARY, state: CANARY }),
  'wrong-as-of-date.case-review.yaml': cliReview().replace(/reviewed_at: .*/, `reviewed_at: ${CANARY}`),
  'wrong-refs.case-review.yaml': cliReview({
    more: `persons: [{ref: ${CANARY}}]\nlinks: {cases: [{ref: ${CANARY}}, {ref: ${CANARY}, relation: x}]}\nmissing: [{ref: ${NAME}, child: ${NAME}, level: x}]\n`,
  }),
  'spaces.case-review.yaml': cliReview({
    more: `persons: [{ref: SUS-7N4P1K, category: suspect, ethnicity: ${NAME}, nationality: ${NAME}}]\nrecording: {incident_ref: ${NAME}}\nlinks: {intelligence: {location_code: ${NAME} 14}}\naudit: {round: ${NAME}}\n`,
  }),
  'unknown-key.case-review.yaml': cliReview({
    more: `${CANARY} said: so\n${CANARY}: so\nsuspect_strategy: {steps: {${CANARY}: {state: done}}}\n`,
  }),
  'yaml-names.case-review.yaml': cliReview({
    more: `recording: &${CANARY}\n  decision: !${CANARY} x\n  decision: *${CANARY}x\n%${CANARY}\n`,
  }),
  'no-review.case-review.yaml': `- ${NAME}\n- ${CANARY}: 1\n`,
  'one-text.case-review.yaml': `${NAME}\n`,
  'two-documents.case-review.yaml': `${cliReview()}---\n${CANARY}: ${NAME}\n`,
  'tab.case-review.yaml': `review:\n\tid: ${CANARY}\n`,
};

/** Every field that takes free text, each holding the word, and every rule given something to say. */
function everyText(entry: GuideEntry): unknown {
  if (entry.name === 'Text') return `${CANARY} was here`;
  switch (entry.type) {
    case 'fields':
      return Object.fromEntries(entry.properties.map(({ key, entry: field }) => [key, everyText(field)]));
    case 'list':
      return entry.items && [everyText(entry.items)];
    case 'words': {
      const [first] = entry.properties;
      return first && { [first.key]: everyText(first.entry) };
    }
    case 'integer':
    case 'number':
      return entry.words?.[0]?.value ?? 1;
    case 'boolean':
      return true;
    default:
      return entry.words?.[0]?.value ?? (entry.dateForm === undefined ? 'X-1' : '2026-02-01T10:00:00Z');
  }
}
