// The defects that can be seeded, one entry each: which rule has to find it, where, and what it does to a review.
// Two defects of one file never touch the same sections, so that none can hide another.
import { bare } from './yaml-text.mjs';

/**
 * `reads` names the sections that the defect changes or that its rule judges by; `at` is where the finding's pointer
 * begins, empty for a defect of the syntax, which has no pointer. `change` edits the data, `rewrite` the text.
 */
export const DEFECTS = [
  {
    name: 'misspelt word',
    rule: 'schema/not-a-word',
    at: '/victim_contact/log',
    reads: ['victim_contact'],
    change: ({ victim_contact }) => Object.assign(bare(victim_contact.log.at(-1)), { mode: 'telephone' }),
  },
  {
    name: 'required field left out',
    rule: 'schema/missing-field',
    at: '/actions',
    reads: ['actions', 'grades'],
    change: ({ actions }) => delete bare(actions[1]).id,
  },
  {
    name: 'misspelt field',
    rule: 'schema/unknown-field',
    at: '/safeguarding',
    reads: ['safeguarding'],
    change: ({ safeguarding }) => Object.assign(safeguarding, { csc_acknowledged_at: safeguarding.csc_ack_at }),
  },
  {
    name: 'a text where a list belongs',
    rule: 'schema/wrong-type',
    at: '/coordination/meetings',
    reads: ['coordination'],
    change: ({ coordination }) => Object.assign(bare(coordination.meetings[0]), { attendees: 'all officers' }),
  },
  {
    name: 'malformed ref',
    rule: 'schema/bad-form',
    at: '/supervision/supervisor',
    reads: ['supervision'],
    change: ({ supervision }) => Object.assign(supervision, { supervisor: 'OFF-123456' }),
  },
  {
    name: 'impossible date',
    rule: 'schema/bad-date',
    at: '/safeguarding/csc_ack_at',
    reads: ['safeguarding'],
    change: ({ safeguarding }) => Object.assign(safeguarding, { csc_ack_at: '2025-02-31' }),
  },
  {
    name: 'code without quotes',
    rule: 'schema/needs-quotes',
    at: '/recording/offences',
    reads: ['recording', 'persons'],
    change: ({ recording }) => Object.assign(bare(recording.offences[0]), { class: 21 }),
  },
  {
    name: 'empty entry',
    rule: 'schema/empty-entry',
    at: '/risk',
    reads: ['risk'],
    change: ({ risk }) => risk.push(null),
  },
  {
    name: 'field written twice',
    rule: 'syntax/duplicate-key',
    at: '',
    reads: ['coordination'],
    rewrite: text => text.replace(/^( {2}lead: .*\n)/m, '$1$1'),
  },
  {
    name: 'wrong indentation',
    rule: 'syntax/bad-indent',
    at: '',
    reads: ['safeguarding'],
    rewrite: text => text.replace(/^ {2}icpc_at: /m, ' icpc_at: '),
  },
  {
    name: 'bracket left open',
    rule: 'syntax/missing-bracket',
    at: '',
    reads: ['audit'],
    rewrite: text => text.replace(/^(audit: .*|.*ACT-900.*)\}$/m, '$1'),
  },
  {
    name: 'tracing step without answer',
    rule: 'suspect-tracing/steps-answered',
    at: '/suspect_strategy/steps',
    reads: ['suspect_strategy', 'review'],
    change: ({ suspect_strategy }) => delete suspect_strategy.steps.cctv,
  },
];

/**
 * Picks `count` defects for a file, starting from the `turn`th, so that a corpus with as many defective files as there
 * are defects holds each at least once.
 */
export function chooseDefects(count, turn, review) {
  const touched = new Set();
  const chosen = [];
  for (let k = 0; k < DEFECTS.length && chosen.length < count; k++) {
    const defect = DEFECTS[(turn + k) % DEFECTS.length];
    if (defect.reads.some(section => touched.has(section)) || defect.applies?.(review) === false) continue;
    chosen.push(defect);
    for (const section of defect.reads) touched.add(section);
  }
  return chosen;
}
