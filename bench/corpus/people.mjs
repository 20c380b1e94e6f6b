// The sections of a review that say who is in the case, what was recorded and how the risk was graded.
import { officersInCase } from './facts.mjs';
import { PHRASES } from './phrases.mjs';
import { flow, folded, remark } from './yaml-text.mjs';

export function review({ caseRef, kinds, at, lastDay, reviewer, day, choose }) {
  return {
    id: caseRef,
    kind: flow(kinds),
    state: 'complete',
    reviewer: remark(reviewer, 'took no part in the investigation'),
    reviewed_at: at(lastDay, 16),
    purpose: choose.pick(['audit', 'audit', 'inspection']),
    sources: flow(['crime_record', 'incident_log', 'victim_contact_log', 'minutes']),
    retain_until: day(lastDay + 7 * 365),
  };
}

export function persons(facts) {
  const { victims, suspects, associates, sex, ageBand, isFinal } = facts;
  const officer = (ref, role, accreditation) => flow({ ref, category: 'officer', role, accreditation });
  return [
    ...victims.map(ref => flow({ ref, category: 'victim', sex, age_band_at_offence: ageBand })),
    ...suspects.map(ref => suspect(facts, ref)),
    ...(suspects.length > 0 ? [] : [unknownSuspect(facts)]),
    ...associates.map(ref => associate(facts, ref)),
    ...officersInCase(facts).map(ref => officer(ref, 'oic', ['pip2', 'scaidp'])),
    officer(facts.supervisor, 'supervisor', ['pip2']),
    ...(isFinal ? [officer(facts.manager, 'ddm')] : []),
    officer(facts.reviewer, 'auditor'),
  ];
}

const STATUS = {
  charged: 'charged',
  open: 'rui',
  supported: 'va_interviewed',
  not_supported: 'va_interviewed',
};

function suspect({ course, day, choose, entry }, ref) {
  const status = STATUS[course.name];
  const isInterviewed = status === 'va_interviewed';
  const bail = {
    start: day(4),
    ends: day(90),
    victim_view_sought_at: day(3),
    ended_at: day(10),
  };
  return entry({
    ref,
    category: 'suspect',
    age_band: '18_plus',
    ethnicity: choose.pick(['W1', 'A2', 'unknown', 'refused']),
    nationality: choose.pick(['GBR', 'unknown']),
    status,
    identified_at: day(1),
    located_at: day(2),
    ...(isInterviewed ? { va_interview_at: day(3) } : { arrested_at: day(3), bail: flow(bail) }),
  });
}

function unknownSuspect({ unknownSuspect: ref }) {
  const unknown = { age_band: 'unknown', ethnicity: 'unknown', nationality: 'unknown', status: 'unknown' };
  return flow({
    ref,
    category: 'suspect',
    ...unknown,
    tracing_reason: 'every line led nowhere, see the results',
  });
}

function associate({ isFinal, day, choose, entry }, ref) {
  const disposition = choose.pick(isFinal ? ['traced', 'interviewed', 'eliminated'] : ['traced', 'referred']);
  return entry({
    ref,
    category: 'associate',
    disposition,
    disposition_at: day(choose.int(4, 9)),
    disposition_reason: choose.pick(PHRASES.associate),
  });
}

export function recording(facts) {
  const { at, reportHour, day, oic, kinds, index, choose } = facts;
  const flags = ['cse', 'child_abuse', 'online'].filter(flag => kinds.includes(flag));
  const delay = choose.int(3, 20);
  return {
    incident_ref: `CAD-${day(0).replaceAll('-', '')}-${String((index * 37) % 10_000).padStart(4, '0')}`,
    reported_at: at(0, reportHour, 10),
    recorded_at: remark(at(0, reportHour + delay), `${delay} hours after the report`),
    decision: flow({ recorded: true, basis: 'balance_of_probabilities', by: oic, at: at(0, reportHour + 2) }),
    offences: facts.victims.map((victim, k) => offence(facts, victim, k)),
    flags: flow(flags),
  };
}

/** Class, section and penetration that go with the age band of the child. */
const OFFENCES = {
  under_13: { female: ['20B', 'SOA2003-s7', 'not_alleged'], male: ['17B', 'SOA2003-s7', 'not_alleged'] },
  '13_15': { female: ['22B', 'SOA2003-s9', 'alleged'], male: ['22B', 'SOA2003-s9', 'alleged'] },
  '16_17': { female: ['20A', 'SOA2003-s3', 'not_alleged'], male: ['17A', 'SOA2003-s3', 'not_alleged'] },
};

function offence({ ageBand, sex, index, day, at, reportHour, suspects, choose, entry }, victim, k) {
  const [code, section, penetration] = OFFENCES[ageBand][sex];
  return entry({
    crime_ref: `CR-25-${String(((index * 53) % 900_000) + k).padStart(6, '0')}`,
    class: code,
    section,
    victim,
    suspects: suspects.length > 0 ? flow([suspects[k % suspects.length]]) : undefined,
    committed_on: day(-choose.int(1, 6)),
    recorded_at: at(0, reportHour + 2),
    offender_age: '18_plus',
    penetration,
    ...(k === 0 && {
      principal: true,
      rationale: 'the gravest offence of the report, see the counting rules',
    }),
  });
}

export function risk({ at, reportHour, isHigh, oic, supervisor, isMissing, choose, many, lastDay, entry }) {
  const level = isHigh ? 'high' : 'medium';
  const grading = (n, hour, trigger) =>
    entry({
      at: at(n, hour),
      level,
      trigger,
      by: oic,
      endorsed_by: supervisor,
      rationale: folded(...choose.pick(PHRASES.risk)),
    });
  const count = many(1, 1);
  const routine = Array.from({ length: count }, (_, k) =>
    grading(9 + Math.floor((k * (lastDay - 10)) / count), 10, 'routine'),
  );
  return [
    grading(0, reportHour + 1, 'first_report'),
    ...(isMissing ? [grading(7, 2, 'missing_episode')] : []),
    ...routine,
  ];
}

export function significantAspect({ at, reportHour, supervisor, aspect, entry }) {
  return [
    entry({
      aspect,
      set_at: at(0, reportHour + 3),
      set_by: supervisor,
      rationale: 'comes before every other line',
    }),
  ];
}
