// The sections of a review that say how the child was protected, who supervised, and how the case and its audit ended.
import { PHRASES } from './phrases.mjs';
import { wordsOf } from './words.mjs';
import { flow, folded } from './yaml-text.mjs';

export function safeguarding({ day, supervisor, lastDay }) {
  return {
    csc_referral_at: day(0),
    csc_ack_at: day(1),
    strategy: [
      flow({ at: day(1), attendees: ['csc', 'police', 'health', 'school_dsl'], decision: 's47_joint' }),
    ],
    icpc_at: day(16),
    assessment_done_at: day(21),
    nrm: flow({ reason: 'no sign of exploitation for gain' }),
    safety_plan: flow({
      set_at: day(1),
      owner: supervisor,
      review_on: day(lastDay + 14),
      text: 'no contact with the suspect',
    }),
  };
}

export function supervision({ isHigh, day, supervisor, lastDay, many, choose, entry }) {
  const count = many(1, 1) * (isHigh ? 6 : 3);
  const days = Array.from({ length: count }, (_, k) => 1 + Math.floor((k * (lastDay - 2)) / (count - 1)));
  return {
    supervisor,
    reviews: days.map(n => entry({ at: day(n), by: supervisor, direction: choose.pick(PHRASES.direction) })),
  };
}

/** The first action serves the most significant aspect. */
export function actions({ many, day, oic, aspect, isFinal, lastDay, choose, entry }) {
  return Array.from({ length: many(2, 3) }, (_, k) => {
    const isDone = isFinal || choose.chance(0.5);
    return entry({
      id: `ACT-${k + 1}`,
      text: choose.pick(PHRASES.action),
      aspect: k === 0 ? aspect : undefined,
      owner: oic,
      due: day(isDone ? choose.int(6, 14) : lastDay + choose.int(3, 21)),
      state: isDone ? 'completed' : 'open',
      completed_at: isDone ? day(choose.int(2, 6)) : undefined,
    });
  });
}

export function closure(facts) {
  const { course, isFinal, oic, manager, day, suspects, choose } = facts;
  if (!isFinal) return undefined;
  const checklist = wordsOf('FinalisationCheck').map(check => [check, flow({ state: 'done', at: day(15) })]);
  return {
    proposed_outcome: course.outcome,
    proposed_by: oic,
    rationale: folded(...choose.pick(PHRASES.closure)),
    suspect_identified: suspects.length > 0,
    victim_supports: course.name !== 'not_supported',
    victim_decision: course.name === 'not_supported' ? victimDecision(facts) : undefined,
    ...(course.name === 'charged' && { charged_at: day(10), cps_ref: `CPS-${choose.int(1000, 9999)}` }),
    finalised_at: day(15),
    finalisation: { by: manager, role: 'ddm', at: day(15), checklist: Object.fromEntries(checklist) },
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

export function grades({ choose, entry }) {
  const themes = ['initial_contact', 'investigation', 'decision_making'];
  const graded = themes.map(theme => [theme, choose.pick(['good', 'good', 'requires_improvement'])]);
  const evidence = themes.map((theme, k) =>
    entry({
      theme,
      ref: k === 0 ? 'ACT-1' : 'LOE-1',
      basis: 'assessment',
      note: choose.pick(PHRASES.evidence),
    }),
  );
  return {
    scale: 'ncpi_case',
    themes: Object.fromEntries(graded),
    overall: 'requires_improvement',
    evidence,
  };
}

export function audit({ day, lastDay, oic, isFinal, choose }) {
  const round = choose.pick(['audit-1', 'audit-2', 'audit-3']);
  if (isFinal || choose.chance(0.5)) return flow({ round, returned: false, immediate_risk: false });
  return {
    round,
    returned: true,
    returned_at: day(lastDay),
    returned_reason: 'lines still open, see the actions',
    immediate_risk: false,
    actions: [
      flow({
        id: 'ACT-900',
        text: 'finish the open lines',
        owner: oic,
        due: day(lastDay + 7),
        state: 'open',
      }),
    ],
    disposition: 'outstanding_matter',
    disposition_at: day(lastDay),
    rereview_on: day(lastDay + 28),
  };
}
