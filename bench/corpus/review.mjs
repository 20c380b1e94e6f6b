// The shape of one review: the facts of a case as plain data in the real format. What it says is made up; the dates
// keep every limit of the shipped pack, so that a rule which fires was given a reason by a defect.
import { pseudonym, randomOf } from './random.mjs';
import { flow, folded, remark } from './yaml-text.mjs';
import { wordsOf } from './words.mjs';

const KINDS = [
  ['cse', 'missing'],
  ['cse'],
  ['child_abuse'],
  ['online', 'child_abuse'],
  ['familial', 'child_abuse'],
  ['cse', 'online'],
  ['child_abuse', 'missing'],
];
/** How the investigation went: most are finished, with the outcome code given. */
const COURSES = [
  { name: 'charged', outcome: 1 },
  { name: 'open' },
  { name: 'open' },
  { name: 'no_suspect', outcome: 18 },
  { name: 'supported', outcome: 15 },
  { name: 'not_supported', outcome: 16 },
];
/** Mondays behind which three weeks hold no bank holiday of England and Wales. */
const FIRST_MONDAYS = ['2025-01-06', '2025-06-02', '2025-09-01'];
const DAY_MS = 86_400_000;

/** Case `index` of the corpus: what its own file says and what a linked file must say too. */
export const caseRef = (seed, index) => pseudonym('CASE', seed * 10_000 + index);
const oicRef = (seed, index) => pseudonym('OFF', (seed * 7 + index * 3) % 1000);

/** Of every ten files, two link to one another. */
export function partnerOf(index) {
  if (index % 10 === 3) return index + 1;
  if (index % 10 === 4) return index - 1;
  return undefined;
}

/**
 * One valid, complete review. `scale` multiplies what there is much of in a long case: contacts, lines, devices,
 * actions and supervisors' reviews grow with it, persons and missing episodes with its root.
 */
export function makeReview(index, { seed = 42, scale = 1, isLinked = true } = {}) {
  const facts = findFacts(index, seed, scale, isLinked);
  return {
    schema: 'case-review/1',
    marking: 'OFFICIAL-SENSITIVE',
    policy_pack: flow({ id: 'england-wales', version: '2026.1', jurisdiction: 'england' }),
    review: review(facts),
    persons: persons(facts),
    recording: recording(facts),
    risk: risk(facts),
    significant_aspect: aspects(facts),
    victim_contact: victimContact(facts),
    suspect_strategy: suspectStrategy(facts),
    links: links(facts),
    coordination: coordination(facts),
    missing: facts.isMissing ? facts.episodes.map((ref, k) => missingEpisode(facts, ref, k)) : undefined,
    safeguarding: safeguarding(facts),
    supervision: supervision(facts),
    actions: actions(facts),
    closure: facts.isFinal ? closure(facts) : undefined,
    grades: grades(facts),
    audit: audit(facts),
  };
}

function findFacts(index, seed, scale, isLinked) {
  const choose = randomOf(seed, index);
  const kinds = choose.pick(KINDS);
  const course = choose.pick(COURSES);
  const start = Date.parse(choose.pick(FIRST_MONDAYS)) + 7 * DAY_MS * choose.int(0, 8);
  const hour = choose.int(8, 14);
  const day = n => new Date(start + n * DAY_MS).toISOString().slice(0, 10);
  const at = (n, hours, minutes = choose.int(10, 59)) =>
    `${day(n + Math.floor(hours / 24))}T${String(Math.floor(hours % 24)).padStart(2, '0')}:${minutes}:00Z`;
  const root = Math.max(1, Math.round(Math.sqrt(scale)));
  const refs = (prefix, count, from) =>
    Array.from({ length: count }, (_, k) => pseudonym(prefix, (seed * 31 + index) * 400 + from + k));
  const partner = isLinked ? partnerOf(index) : undefined;
  const isFinal = course.outcome !== undefined;
  return {
    index,
    seed,
    choose,
    kinds,
    course,
    day,
    at,
    hour,
    isFinal,
    isMissing: kinds.includes('missing'),
    isHigh: choose.chance(0.25),
    lastDay: choose.int(26, 30),
    many: (lowest, highest) => Math.max(1, Math.round(choose.int(lowest, highest) * scale)),
    victims: refs('VIC', root * choose.int(1, 2), 0),
    suspects: course.name === 'no_suspect' ? [] : refs('SUS', root, 100),
    unknownSuspect: refs('SUS', 1, 199)[0],
    associates: refs('ASC', root * choose.int(0, 2), 200),
    episodes: refs('MIS', root, 300),
    ageBand: choose.pick(['under_13', '13_15', '13_15', '13_15', '16_17']),
    sex: choose.pick(['female', 'female', 'male']),
    oic: oicRef(seed, index),
    supervisor: pseudonym('OFF', 1000 + ((seed + index) % 300)),
    manager: pseudonym('OFF', 1400 + ((seed + index) % 90)),
    reviewer: pseudonym('OFF', 1600 + ((seed + index) % 40)),
    partner: partner === undefined ? undefined : { ref: caseRef(seed, partner), oic: oicRef(seed, partner) },
  };
}

const officersInCase = ({ oic, partner }) => (partner ? [oic, partner.oic] : [oic]);

function review({ index, seed, kinds, at, lastDay, reviewer, day, choose }) {
  return {
    id: caseRef(seed, index),
    kind: flow(kinds),
    state: 'complete',
    reviewer: remark(reviewer, 'took no part in the investigation'),
    reviewed_at: at(lastDay, 16),
    purpose: choose.pick(['audit', 'audit', 'inspection']),
    sources: flow(['crime_record', 'incident_log', 'victim_contact_log', 'minutes']),
    retain_until: day(lastDay + 7 * 365),
  };
}

function persons(facts) {
  const { victims, suspects, associates, sex, ageBand, course, isFinal, day, choose } = facts;
  const officer = (ref, role, more) => flow({ ref, category: 'officer', role, ...more });
  return [
    ...victims.map(ref => flow({ ref, category: 'victim', sex, age_band_at_offence: ageBand })),
    ...suspects.map(ref => suspect(facts, ref)),
    ...(suspects.length > 0 ? [] : [unknownSuspect(facts)]),
    ...associates.map(ref => {
      const disposition = isFinal ? choose.pick(['traced', 'interviewed', 'eliminated']) : choose.pick(['traced', 'referred']);
      return {
        ref,
        category: 'associate',
        disposition,
        disposition_at: day(choose.int(4, 9)),
        disposition_reason: choose.pick(ASSOCIATE_REASONS),
      };
    }),
    ...officersInCase(facts).map(ref => officer(ref, 'oic', { accreditation: ['pip2', 'scaidp'] })),
    officer(facts.supervisor, 'supervisor', { accreditation: ['pip2'] }),
    ...(course.outcome === undefined ? [] : [officer(facts.manager, 'ddm')]),
    officer(facts.reviewer, 'auditor'),
  ];
}

function suspect({ course, day, choose }, ref) {
  const status = { charged: 'charged', open: 'on_bail', supported: 'va_interviewed', not_supported: 'va_interviewed' }[course.name];
  const isArrested = status === 'charged' || status === 'on_bail';
  return {
    ref,
    category: 'suspect',
    age_band: '18_plus',
    ethnicity: choose.pick(['W1', 'A2', 'unknown', 'refused']),
    nationality: choose.pick(['GBR', 'unknown']),
    status,
    identified_at: day(1),
    located_at: day(2),
    ...(isArrested ? { arrested_at: day(3) } : { va_interview_at: day(3) }),
    ...(isArrested && { bail: flow(bail({ course, day })) }),
  };
}

function bail({ course, day }) {
  const isOver = course.name === 'charged';
  return { start: day(4), ends: day(90), victim_view_sought_at: day(3), ...(isOver && { ended_at: day(10) }) };
}

function unknownSuspect({ unknownSuspect: ref }) {
  return flow({
    ref,
    category: 'suspect',
    age_band: 'unknown',
    ethnicity: 'unknown',
    nationality: 'unknown',
    status: 'unknown',
    tracing_reason: 'every line led nowhere, see the result of each',
  });
}

function recording(facts) {
  const { at, hour, day, oic, kinds, index, choose } = facts;
  const flags = ['cse', 'child_abuse', 'online'].filter(flag => kinds.includes(flag));
  const delay = choose.int(3, 20);
  return {
    incident_ref: `CAD-${day(0).replaceAll('-', '')}-${String((index * 37) % 10_000).padStart(4, '0')}`,
    reported_at: at(0, hour, 10),
    recorded_at: remark(at(0, hour + delay), `${delay} hours after the report`),
    decision: { recorded: true, basis: 'balance_of_probabilities', by: oic, at: at(0, hour + 2) },
    offences: facts.victims.map((victim, k) => offence(facts, victim, k)),
    flags: flow(flags.length > 0 ? flags : ['child_abuse']),
  };
}

const OFFENCES = {
  under_13: { female: ['20B', 'SOA2003-s7', 'not_alleged'], male: ['17B', 'SOA2003-s7', 'not_alleged'] },
  '13_15': { female: ['22B', 'SOA2003-s9', 'alleged'], male: ['22B', 'SOA2003-s9', 'alleged'] },
  '16_17': { female: ['20A', 'SOA2003-s3', 'not_alleged'], male: ['17A', 'SOA2003-s3', 'not_alleged'] },
};

function offence({ ageBand, sex, index, day, at, hour, suspects, choose }, victim, k) {
  const [code, section, penetration] = OFFENCES[ageBand][sex];
  return {
    crime_ref: `CR-25-${String(((index * 53) % 900_000) + k).padStart(6, '0')}`,
    class: code,
    section,
    victim,
    ...(suspects.length > 0 && { suspects: flow([suspects[k % suspects.length]]) }),
    committed_on: day(-choose.int(1, 6)),
    recorded_at: at(0, hour + 2),
    offender_age: '18_plus',
    penetration,
    ...(k === 0 && { principal: true, rationale: 'the gravest offence of the report, see the counting rules' }),
  };
}

function risk(facts) {
  const { at, hour, isHigh, oic, supervisor, isMissing, choose, many, lastDay } = facts;
  const grading = (n, hours, level, trigger) => ({
    at: at(n, hours),
    level,
    trigger,
    by: oic,
    endorsed_by: supervisor,
    rationale: folded(...choose.pick(RISK_REASONS)),
  });
  const first = isHigh ? 'high' : 'medium';
  const routine = Array.from({ length: many(1, 1) - 1 }, (_, k) => grading(8 + (k % (lastDay - 9)), 10, first, 'routine'));
  return [
    grading(0, hour + 1, first, 'first_report'),
    ...(isMissing ? [grading(7, 2, first, 'missing_episode')] : []),
    ...routine.sort((a, b) => (a.at < b.at ? -1 : 1)),
    grading(lastDay - 2, 11, isHigh ? 'high' : 'medium', 'routine'),
  ];
}

function aspects({ at, hour, supervisor, kinds }) {
  const aspect = kinds.includes('online') ? 'online_abuse' : kinds.includes('familial') ? 'familial_risk' : 'sexual_offence_recent';
  return [{ aspect, set_at: at(0, hour + 3), set_by: supervisor, rationale: 'comes before every other line, see the plan' }];
}

function victimContact(facts) {
  const { at, hour, day, oic, victims, choose } = facts;
  return {
    first_seen_at: remark(at(0, hour + choose.int(3, 7)), 'same day'),
    first_seen_by: oic,
    needs_assessment: flow({ at: day(0), by: oic, enhanced: true, ground: 'under_18' }),
    ack_sent_at: day(1),
    ack_mode: choose.pick(['email', 'via_professional']),
    vs_referral_at: day(1),
    plan: flow({ frequency_days: 14, method: choose.pick(['phone_via_parent', 'in_person']), agreed_with: 'parent', agreed_at: day(0) }),
    log: contacts(facts),
    key_events: keyEvents(facts),
    voice_of_child: {
      text: folded(...choose.pick(VOICES)),
      basis: 'fact',
      recorded_by: oic,
      recorded_at: day(1),
    },
    abe: abe(facts),
    medical: flow({ decision: 'referred', decided_at: day(0), last_contact: 'within_3_days', sarc_referred_at: day(0), reason: 'within the window' }),
    ...(victims.length === 0 && { log: [] }),
  };
}

function contacts({ victims, day, oic, lastDay, many, choose }) {
  const further = many(2, 4);
  const days = [0, ...Array.from({ length: further }, (_, k) => 1 + Math.floor((k * (lastDay - 2)) / further)), lastDay - 1];
  return days.map((n, k) => ({
    at: day(n),
    with: flow(k % 2 === 0 ? [victims[k % victims.length]] : ['parent']),
    mode: k === 0 ? 'in_person' : choose.pick(['phone', 'in_person', 'text_message']),
    topic: k === 0 ? 'first_visit' : 'update',
    by: oic,
    ...(choose.chance(0.3) && { note: choose.pick(CONTACT_NOTES) }),
  }));
}

/** Key events and their telling: all on the day, which is a Thursday or, for the decision, the next Thursday. */
function keyEvents(facts) {
  const { course, at, day, suspects } = facts;
  const event = (kind, n, more) => ({
    kind,
    at: at(n, 11),
    suspect: suspects[0],
    told_at: day(n),
    told: flow(['parent']),
    ...more,
    shared_with: flow(officersInCase(facts)),
    shared_at: day(n),
  });
  const decision = { reasons_given: true, vrr: flow({ offered: true }) };
  if (course.name === 'no_suspect') return undefined;
  if (course.name === 'charged') return [event('arrest', 3), event('bail', 3), event('charge', 10)];
  if (course.name === 'open') return [event('arrest', 3), event('bail', 3)];
  return [event('interview_under_caution', 3), event('nfa', 10, decision)];
}

function abe({ day, oic, choose }) {
  const isUsed = choose.chance(0.3);
  return {
    planned_at: day(1),
    held_at: day(3),
    interviewer: oic,
    interviews_count: 1,
    same_interviewer: true,
    intermediary: isUsed ? 'used' : 'considered',
    intermediary_reason: isUsed ? 'asked for by the social worker' : 'not needed, the child spoke freely',
  };
}

function suspectStrategy(facts) {
  const { at, hour, day, supervisor, course, suspects, unknownSuspect, choose, many } = facts;
  return {
    first_action_at: at(0, hour + 1),
    plan: {
      set_at: at(0, hour + 4),
      by: supervisor,
      direction: folded('Trace and identify, secure the devices and the footage first,', 'then speak to everyone who was there.'),
    },
    steps: Object.fromEntries(wordsOf('TracingStep').filter(step => step !== 'leds').map(step => [step, stepAnswer(facts, step)])),
    lines_of_enquiry: Array.from({ length: many(2, 3) }, (_, k) => line(facts, k)),
    devices: Array.from({ length: many(1, 2) }, (_, k) =>
      flow({ id: `DEV-${k + 1}`, kind: choose.pick(['phone', 'tablet', 'computer']), holder: suspects[0] ?? unknownSuspect, decision: choose.pick(['seized', 'data_secured']), at: day(3) }),
    ),
    disruption: Object.fromEntries(
      wordsOf('DisruptionMeasure').map(measure => [measure, flow({ decision: 'considered', at: day(4), reason: choose.pick(DISRUPTION_REASONS) })]),
    ),
    ...(course.name === 'no_suspect' && { tie: tie(facts) }),
  };
}

function stepAnswer({ isFinal, day, choose }, step) {
  const state = choose.pick(isFinal ? ['done', 'done', 'done', 'not_applicable'] : ['done', 'done', 'not_applicable', 'outstanding']);
  if (state === 'done') return flow({ state, at: day(choose.int(0, 12)) });
  if (state === 'outstanding') return flow({ state, at: day(choose.int(1, 12)), reason: choose.pick(OUTSTANDING_REASONS) });
  return flow({ state, at: day(choose.int(0, 5)), reason: step === 'media_appeal' ? 'would put the child at risk' : choose.pick(STEP_REASONS) });
}

function line(facts, k) {
  const { isFinal, day, oic, lastDay, choose } = facts;
  const isDone = isFinal || choose.chance(0.6);
  return {
    id: `LOE-${k + 1}`,
    text: choose.pick(LINES),
    points: choose.pick(['towards', 'away', 'neutral']),
    owner: oic,
    due: day(isDone ? choose.int(5, 12) : lastDay + choose.int(2, 20)),
    ...(isDone ? { state: 'completed', completed_at: day(5), result: folded(...choose.pick(RESULTS)) } : { state: 'open' }),
  };
}

const tie = ({ day, supervisor }) => ({
  set_at: day(2),
  by: supervisor,
  category: 'adults seen at the place on the day',
  parameters: 'adults there between 20:00 and 23:00',
  criteria: 'alibi, or excluded by a device',
  subjects: 7,
  not_eliminated: 0,
});

function links(facts) {
  const { partner, episodes, isMissing, oic, day, choose } = facts;
  const cases = [
    ...(partner ? [{ ref: partner.ref, relation: 'other_victim', oic: partner.oic }] : []),
    ...(isMissing ? episodes.map(ref => ({ ref, relation: 'missing_episode', oic })) : []),
  ];
  const answer = flow({ state: 'done', at: day(choose.int(1, 4)) });
  return {
    ...(cases.length > 0 && { cases: cases.map(flow) }),
    other_children: { state: 'done', at: day(2), found: 'none_known', checks: 'household and contacts checked with social care' },
    intelligence: { submitted: { victim: answer, offender: answer, location: answer }, location_code: `LOC-${choose.int(100, 999)}` },
  };
}

function coordination(facts) {
  const { supervisor, day, lastDay } = facts;
  const attendees = [...officersInCase(facts), supervisor];
  return {
    lead: supervisor,
    meetings: [2, 12, lastDay - 6].map(n => ({ at: day(n), attendees: flow(attendees), decisions: 'one plan, next steps shared out' })),
  };
}

function missingEpisode(facts, ref, k) {
  const { at, day, supervisor, oic, victims, isHigh, choose } = facts;
  const level = isHigh ? 'high' : 'medium';
  const enquiries = wordsOf('MinimumEnquiry').slice(0, isHigh ? undefined : 13);
  return {
    ref,
    child: victims[k % victims.length],
    missing_since: at(6, 20, 10),
    reported_at: at(6, 22, 10),
    level,
    level_reason: 'age, and what was disclosed the week before',
    level_set_by: oic,
    level_set_at: at(6, 22, 15),
    endorsed_by: supervisor,
    basic_details: {
      completed_at: at(6, 22, 55),
      items: Object.fromEntries(wordsOf('BasicDetailItem').map(item => [item, flow({ state: 'established', source: 'missing_record' })])),
    },
    first_enquiry_at: at(6, 22, 10),
    minimum_enquiries: Object.fromEntries(enquiries.map(enquiry => [enquiry, flow({ state: 'done', at: day(6) })])),
    plan_owner: supervisor,
    plan_set_at: at(6, 22, 40),
    reviews: [{ at: at(6, 23, 30), by: supervisor, level, direction: 'keep on, call the friends again' }],
    multi_agency_need: flow({ state: 'done', at: day(6) }),
    returned_at: at(7, 6, 30),
    found_where: choose.pick(['at the home of a friend', 'came back alone', 'in the park near home']),
    found_with: facts.associates.length > 0 ? flow([facts.associates[0]]) : undefined,
    prevention_interview: flow({ at: at(7, 7), by: oic, face_to_face: true, disclosed: false }),
    rhi: flow({ offered_at: at(7, 9), held_at: at(8, 15), declined: false, independent: true, received_at: day(9) }),
    earlier_episodes: 0,
  };
}

function safeguarding({ day, supervisor, lastDay }) {
  return {
    csc_referral_at: day(0),
    csc_ack_at: day(1),
    strategy: [flow({ at: day(1), attendees: ['csc', 'police', 'health', 'school_dsl'], decision: 's47_joint' })],
    icpc_at: day(16),
    assessment_done_at: day(21),
    nrm: { reason: 'no sign of exploitation for gain' },
    safety_plan: { set_at: day(1), owner: supervisor, review_on: day(lastDay + 14), text: 'no contact with the suspect, school told' },
  };
}

function supervision({ isHigh, day, supervisor, lastDay, many, choose }) {
  const every = isHigh ? 6 : 10;
  const count = Math.ceil(lastDay / every);
  const times = Math.max(1, many(1, 1));
  const days = Array.from({ length: count * times }, (_, k) => 1 + Math.floor((k * (lastDay - 2)) / (count * times - 1 || 1)));
  return { supervisor, reviews: days.map(n => ({ at: day(n), by: supervisor, direction: choose.pick(DIRECTIONS) })) };
}

function actions({ many, day, oic, isFinal, lastDay, choose }) {
  return Array.from({ length: many(2, 4) }, (_, k) => {
    const isDone = isFinal || choose.chance(0.5);
    return {
      id: `ACT-${k + 1}`,
      text: choose.pick(ACTIONS),
      owner: oic,
      due: day(isDone ? choose.int(6, 14) : lastDay + choose.int(3, 21)),
      state: isDone ? 'completed' : 'open',
      ...(isDone && { completed_at: day(choose.int(2, 6)) }),
    };
  });
}

function closure(facts) {
  const { course, oic, manager, day, suspects, choose } = facts;
  const supports = { charged: true, supported: true, not_supported: false, no_suspect: true }[course.name];
  return {
    proposed_outcome: course.outcome,
    proposed_by: oic,
    rationale: folded(...choose.pick(CLOSURE_REASONS)),
    suspect_identified: suspects.length > 0,
    victim_supports: supports,
    ...(course.name === 'not_supported' && { victim_decision: victimDecision(facts) }),
    ...(course.name === 'charged' && { charged_at: day(10), cps_ref: `CPS-${choose.int(1000, 9999)}` }),
    finalised_at: day(15),
    finalisation: {
      by: manager,
      role: 'ddm',
      at: day(15),
      checklist: Object.fromEntries(wordsOf('FinalisationCheck').map(check => [check, flow({ state: 'done', at: day(15) })])),
    },
  };
}

const victimDecision = ({ day }) => ({
  at: day(8),
  by: 'parent',
  recorded_in: 'statement',
  support_offered: true,
  evidence_led_considered: true,
  other_evidence: 'footage and messages do not show the offence',
});

function grades({ choose, isMissing }) {
  const grade = () => choose.pick(['good', 'good', 'requires_improvement']);
  const themes = ['initial_contact', 'investigation', 'decision_making', ...(isMissing ? ['managing_risk'] : [])];
  return {
    scale: 'ncpi_case',
    themes: Object.fromEntries(themes.map(theme => [theme, grade()])),
    overall: 'requires_improvement',
    evidence: themes.map((theme, k) => ({ theme, ref: k % 2 === 0 ? 'LOE-1' : 'ACT-1', basis: 'assessment', note: choose.pick(EVIDENCE_NOTES) })),
  };
}

function audit({ day, lastDay, oic, isFinal, choose }) {
  const round = choose.pick(['2025-Q1', '2025-Q2', '2025-Q3']);
  if (isFinal || choose.chance(0.5)) return flow({ round, returned: false, immediate_risk: false });
  return {
    round,
    returned: true,
    returned_at: day(lastDay),
    returned_reason: 'lines still open, see the actions',
    immediate_risk: false,
    actions: [{ id: 'ACT-900', text: 'finish the open lines and tell the parent', owner: oic, due: day(lastDay + 7), state: 'open' }],
    disposition: 'outstanding_matter',
    disposition_at: day(lastDay),
    rereview_on: day(lastDay + 28),
  };
}

const ASSOCIATE_REASONS = ['named in the disclosure, spoken to', 'seen with the child, now known', 'in the phone of the child, spoken to'];
const RISK_REASONS = [
  ['The child lives with both parents and is not in contact', 'with the suspect; the plan is kept by the family.'],
  ['The suspect knows the school and the way home, so that', 'the risk is not lower than at the report.'],
  ['New messages were found; they add nothing to what was', 'known, the grade stays.'],
];
const VOICES = [
  ['Wants to be told by text and not at school.', 'Is afraid that friends will hear of it.'],
  ['Would like it to be over soon. Trusts the social worker', 'and wants her to be there.'],
  ['Said that nobody had asked before. Wants to know what', 'happens next, each time.'],
];
const CONTACT_NOTES = ['seen alone, wishes written down', 'no change since the last call: see the log', 'agreed the next visit'];
const DISRUPTION_REASONS = ['bail conditions do the same', 'not met, legal advice taken', 'no address known yet'];
const OUTSTANDING_REASONS = ['request sent, answer awaited', 'with the digital unit', 'next on the plan'];
const STEP_REASONS = ['nothing at the place', 'not that kind of case', 'nobody there at the time', 'ruled out by the account'];
const LINES = ['messages between child and suspect', 'who was at the place on the day', 'lift home after the meeting, by whom', 'account used to write to the child'];
const RESULTS = [
  ['Seen in full by two officers; shows the child alone', 'and nobody else for the whole hour.'],
  ['Answered by the provider. The account was opened', 'from an address that was already known.'],
  ['Spoken to twice; remembers nothing of the day', 'and was elsewhere, which was checked.'],
];
const DIRECTIONS = ['locate the suspect by Friday', 'devices first, then the witnesses', 'tell the parent about the next step', 'answer what is outstanding'];
const ACTIONS = ['obtain the footage and have it seen', 'speak to the friend of the child again', 'ask the provider for the log of the account', 'write up the meeting and send it round'];
const CLOSURE_REASONS = [
  ['Every line is finished and none is left that could', 'reasonably be followed.'],
  ['All material was seen, the answers are in the steps,', 'and nothing new is to be expected.'],
];
const EVIDENCE_NOTES = ['followed up at once', 'result recorded late', 'reason is given in full'];
