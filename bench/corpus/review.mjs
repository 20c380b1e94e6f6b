// One valid, complete review in the real format, as plain data. What it says is made up; its dates keep every limit
// of the shipped pack, so that a rule which fires was given a reason by a defect.
import { actions, audit, closure, grades, safeguarding, supervision } from './closing.mjs';
import { victimContact } from './contact.mjs';
import { coordination, links, missing, suspectStrategy } from './enquiry.mjs';
import { findFacts } from './facts.mjs';
import { persons, recording, review, risk, significantAspect } from './people.mjs';
import { flow } from './yaml-text.mjs';

/**
 * `scale` multiplies what there is much of in a long case: contacts, gradings, lines, devices, actions and
 * supervisors' reviews grow with it, persons and missing episodes with its root.
 */
export function makeReview(index, { seed = 42, scale = 1, isLinked = true } = {}) {
  const facts = findFacts(index, { seed, scale, isLinked });
  return {
    schema: 'case-review/1',
    marking: 'OFFICIAL-SENSITIVE',
    policy_pack: flow({ id: 'england-wales', version: '2026.1', jurisdiction: 'england' }),
    review: review(facts),
    persons: persons(facts),
    recording: recording(facts),
    risk: risk(facts),
    significant_aspect: significantAspect(facts),
    victim_contact: victimContact(facts),
    suspect_strategy: suspectStrategy(facts),
    links: links(facts),
    coordination: coordination(facts),
    missing: missing(facts),
    safeguarding: safeguarding(facts),
    supervision: supervision(facts),
    actions: actions(facts),
    closure: closure(facts),
    grades: grades(facts),
    audit: audit(facts),
  };
}
