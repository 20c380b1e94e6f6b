// The section of a review that says how the child was seen, told, supported and heard.
import { officersInCase } from './facts.mjs';
import { PHRASES } from './phrases.mjs';
import { flow, folded, remark } from './yaml-text.mjs';

export function victimContact(facts) {
  const { at, reportHour, day, oic, choose, entry } = facts;
  const medical = {
    decision: 'referred',
    decided_at: day(0),
    last_contact: 'within_3_days',
    sarc_referred_at: day(0),
  };
  return {
    first_seen_at: remark(at(0, reportHour + choose.int(3, 7)), 'same day'),
    first_seen_by: oic,
    needs_assessment: flow({ at: day(0), by: oic, enhanced: true, ground: 'under_18' }),
    ack_sent_at: day(1),
    ack_mode: choose.pick(['email', 'via_professional']),
    vs_referral_at: day(1),
    plan: flow({ frequency_days: 14, method: 'phone_via_parent', agreed_with: 'parent', agreed_at: day(0) }),
    log: log(facts),
    key_events: keyEvents(facts),
    voice_of_child: entry({
      text: folded(...choose.pick(PHRASES.voice)),
      basis: 'fact',
      recorded_by: oic,
      recorded_at: day(1),
    }),
    abe: abe(facts),
    medical: flow({ ...medical, reason: 'within the window' }),
  };
}

function log({ victims, day, oic, lastDay, many, choose, entry }) {
  const further = Math.max(2, many(1, 3));
  const between = Array.from({ length: further }, (_, k) =>
    Math.round(((k + 1) * (lastDay - 1)) / (further + 1)),
  );
  return [0, ...between, lastDay - 1].map((n, k) =>
    entry({
      at: day(n),
      with: flow([k % 2 === 0 ? victims[k % victims.length] : 'parent']),
      mode: k === 0 ? 'in_person' : choose.pick(['phone', 'in_person', 'text_message']),
      topic: k === 0 ? 'first_visit' : 'update',
      by: oic,
      note: choose.chance(0.3) ? choose.pick(PHRASES.contact) : undefined,
    }),
  );
}

/** Key events of each suspect and their telling, all on the day itself: a Thursday or the next one. */
function keyEvents(facts) {
  const { course, suspects } = facts;
  if (course.name === 'no_suspect') return [keyEvent(facts, undefined, 'nfa', 10, { reasons_given: true })];
  return suspects.flatMap(suspect => {
    const event = (kind, n, more) => keyEvent(facts, suspect, kind, n, more);
    switch (course.name) {
      case 'charged':
        return [event('arrest', 3), event('bail', 3), event('charge', 10)];
      case 'open':
        return [event('arrest', 3), event('bail', 3), event('rui', 10)];
      default: {
        const reasons = { reasons_given: true, vrr: flow({ offered: true }) };
        return [event('interview_under_caution', 3), event('nfa', 10, reasons)];
      }
    }
  });
}

function keyEvent(facts, suspect, kind, n, more) {
  const { at, day, entry } = facts;
  return entry({
    kind,
    at: at(n, 11),
    suspect,
    told_at: day(n),
    told: flow(['parent']),
    ...more,
    shared_with: flow(officersInCase(facts)),
    shared_at: day(n),
  });
}

function abe({ day, oic, choose, entry }) {
  const isUsed = choose.chance(0.3);
  return entry({
    planned_at: day(1),
    held_at: day(3),
    interviewer: oic,
    interviews_count: 1,
    same_interviewer: true,
    intermediary: isUsed ? 'used' : 'considered',
    intermediary_reason: isUsed ? 'asked for by the social worker' : 'not needed, the child spoke freely',
  });
}
