// The sections of a review that say how the suspect was looked for, what else the case hangs together with, and how
// a missing child was found.
import { officersInCase } from './facts.mjs';
import { PHRASES } from './phrases.mjs';
import { wordsOf } from './words.mjs';
import { flow, folded } from './yaml-text.mjs';

export function suspectStrategy(facts) {
  const { at, reportHour, day, supervisor, course, suspects, unknownSuspect, choose, many, entry } = facts;
  const holder = suspects[0] ?? unknownSuspect;
  return {
    first_action_at: at(0, reportHour + 1),
    plan: entry({
      set_at: at(0, reportHour + 4),
      by: supervisor,
      direction: folded(...choose.pick(PHRASES.plan)),
    }),
    steps: answers('TracingStep', step => (step === 'leds' ? undefined : tracingStep(facts))),
    lines_of_enquiry: Array.from({ length: many(2, 3) }, (_, k) => lineOfEnquiry(facts, k)),
    devices: Array.from({ length: many(1, 1) }, (_, k) =>
      flow({
        id: `DEV-${k + 1}`,
        kind: choose.pick(['phone', 'tablet', 'computer']),
        holder,
        decision: choose.pick(['seized', 'data_secured']),
        at: day(3),
      }),
    ),
    disruption: {
      cawn: flow({ decision: 'considered', at: day(4), reason: choose.pick(PHRASES.disruption) }),
    },
    tie: course.name === 'no_suspect' ? tie(facts) : undefined,
  };
}

/** An answer on a line of its own for every word of a vocabulary. */
function answers(vocabulary, answer) {
  const given = wordsOf(vocabulary).map(word => [word, answer(word)]);
  return Object.fromEntries(
    given.filter(([, fields]) => fields).map(([word, fields]) => [word, flow(fields)]),
  );
}

function tracingStep({ isFinal, day, choose }) {
  const state = choose.pick(
    isFinal ? ['done', 'done', 'done', 'not_applicable'] : ['done', 'done', 'not_applicable', 'outstanding'],
  );
  if (state === 'done') return { state, at: day(choose.int(0, 12)) };
  const phrases = state === 'outstanding' ? PHRASES.stepOutstanding : PHRASES.stepNotApplicable;
  return { state, at: day(choose.int(0, 5)), reason: choose.pick(phrases) };
}

function lineOfEnquiry({ isFinal, day, oic, lastDay, choose, entry }, k) {
  const isDone = isFinal || choose.chance(0.6);
  return entry({
    id: `LOE-${k + 1}`,
    text: choose.pick(PHRASES.line),
    points: ['towards', 'away'][k] ?? choose.pick(['towards', 'away', 'neutral']),
    owner: oic,
    due: day(isDone ? choose.int(5, 12) : lastDay + choose.int(2, 20)),
    state: isDone ? 'completed' : 'open',
    ...(isDone && { completed_at: day(5), result: folded(...choose.pick(PHRASES.result)) }),
  });
}

const tie = ({ day, supervisor, entry }) =>
  entry({
    set_at: day(2),
    by: supervisor,
    category: 'adults seen at the place on the day',
    parameters: 'adults there between 20:00 and 23:00',
    criteria: 'alibi, or excluded by a device',
    subjects: 7,
    not_eliminated: 0,
  });

export function links({ partner, episodes, isMissing, oic, day, choose }) {
  const cases = [
    ...(partner ? [flow({ ref: partner.ref, relation: 'other_victim', oic: partner.oic })] : []),
    ...(isMissing ? episodes.map(ref => flow({ ref, relation: 'missing_episode', oic })) : []),
  ];
  return {
    cases: cases.length > 0 ? cases : undefined,
    other_children: flow({
      state: 'done',
      at: day(2),
      found: 'none_known',
      checks: 'household and contacts, with social care',
    }),
    intelligence: flow({
      submitted: answers('IntelSubject', () => ({ state: 'done', at: day(3) })),
      location_code: `LOC-${choose.int(100, 999)}`,
    }),
  };
}

export function coordination(facts) {
  const { supervisor, day, lastDay } = facts;
  const attendees = flow([...officersInCase(facts), supervisor]);
  const meetings = [2, 12, lastDay - 6].map(n =>
    flow({ at: day(n), attendees, decisions: 'one plan, next steps shared' }),
  );
  return { lead: supervisor, meetings };
}

export function missing(facts) {
  if (!facts.isMissing) return undefined;
  return facts.episodes.map((ref, k) => missingEpisode(facts, ref, k));
}

function missingEpisode({ at, day, supervisor, oic, victims, associates, isHigh, choose }, ref, k) {
  const level = isHigh ? 'high' : 'medium';
  const enquiries = new Set(wordsOf('MinimumEnquiry').slice(0, isHigh ? undefined : 13));
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
      items: answers('BasicDetailItem', () => ({ state: 'established', source: 'missing_record' })),
    },
    first_enquiry_at: at(6, 22, 10),
    minimum_enquiries: answers('MinimumEnquiry', enquiry =>
      enquiries.has(enquiry) ? { state: 'done', at: day(6) } : undefined,
    ),
    plan_owner: supervisor,
    plan_set_at: at(6, 22, 40),
    reviews: [
      flow({ at: at(6, 23, 30), by: supervisor, level, direction: 'keep on, call the friends again' }),
    ],
    multi_agency_need: flow({ state: 'done', at: day(6) }),
    returned_at: at(7, 6, 30),
    found_where: choose.pick(['with a friend', 'came back alone', 'in the park']),
    found_with: associates.length > 0 ? flow([associates[0]]) : undefined,
    prevention_interview: flow({ at: at(7, 7, 20), by: oic, face_to_face: true, disclosed: false }),
    rhi: flow({
      offered_at: at(7, 9),
      held_at: at(8, 15),
      declined: false,
      independent: true,
      received_at: day(9),
    }),
    earlier_episodes: 0,
  };
}
