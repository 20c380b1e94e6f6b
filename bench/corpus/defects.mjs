// The defects that can be seeded, one entry each: which rule has to find it, where, and what it does to a review.
// Two defects of one file never touch the same sections, so that none can hide another.
import { caseRef } from './facts.mjs';
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
    change: ({ safeguarding }) =>
      Object.assign(safeguarding, { csc_acknowledged_at: safeguarding.csc_ack_at }),
  },
  {
    name: 'a text where a list belongs',
    rule: 'schema/wrong-type',
    at: '/coordination/meetings',
    reads: ['coordination'],
    change: ({ coordination }) =>
      Object.assign(bare(coordination.meetings[0]), { attendees: 'all officers' }),
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
  // Recording.
  {
    name: 'recorded after 30 hours',
    rule: 'recording/within-24-hours',
    at: '/recording/recorded_at',
    reads: ['recording', 'review'],
    change: ({ recording }) =>
      Object.assign(recording, { recorded_at: hoursAfter(recording.reported_at, 30) }),
  },
  {
    name: 'class of another age band',
    rule: 'recording/class-fits-age',
    at: '/recording/offences',
    reads: ['recording', 'persons'],
    change: review =>
      Object.assign(firstOffence(review), { class: ageBand(review) === 'under_13' ? '22B' : '20B' }),
  },
  {
    name: 'rape of a child under 13 recorded as activity',
    rule: 'recording/under-13-is-rape',
    at: '/recording/offences',
    reads: ['recording', 'persons'],
    applies: review => ageBand(review) === 'under_13',
    change: review =>
      Object.assign(firstOffence(review), { class: '21', section: undefined, penetration: 'alleged' }),
  },
  {
    name: 'not recorded because of consent',
    rule: 'recording/consent-is-no-reason',
    at: '/recording/decision/reason',
    reads: ['recording', 'persons', 'victim_contact', 'suspect_strategy'],
    applies: review => ageBand(review) === '13_15',
    change: ({ recording }) =>
      Object.assign(bare(recording.decision), { recorded: false, reason: 'she is consenting' }),
  },
  {
    name: 'no incident reference',
    rule: 'recording/test-applied',
    at: '/recording/incident_ref',
    reads: ['recording', 'review'],
    change: ({ recording }) => delete recording.incident_ref,
  },
  {
    name: 'principal crime without a reason',
    rule: 'recording/every-victim-has-a-crime',
    at: '/recording/offences',
    reads: ['recording', 'persons'],
    change: review => delete firstOffence(review).rationale,
  },
  {
    name: 'recorded after the interview',
    rule: 'recording/not-held-back',
    at: '/recording/recorded_at',
    reads: ['recording', 'review', 'victim_contact'],
    change: ({ recording }) =>
      Object.assign(recording, { recorded_at: hoursAfter(recording.reported_at, 100) }),
  },
  {
    name: 'rape recorded after two days and no N100',
    rule: 'recording/rape-or-n100',
    at: '/recording/n100',
    reads: ['recording', 'review', 'persons'],
    change: review => {
      Object.assign(firstOffence(review), { class: '19D' });
      review.recording.recorded_at = hoursAfter(review.recording.reported_at, 48);
    },
  },
  {
    name: 'victim not told of the cancelled crime',
    rule: 'recording/cancelled-properly',
    at: '/recording/cancel',
    reads: ['recording', 'persons', 'victim_contact', 'suspect_strategy'],
    change: review => {
      review.recording.cancel = {
        code: 'C3',
        crime_ref: firstOffence(review).crime_ref,
        avi_summary: 'the same crime stands under another reference',
        decided_by_role: 'fcr',
      };
    },
  },
  {
    name: 'exploitation without its flag',
    rule: 'recording/cse-flagged',
    at: '/recording/flags',
    reads: ['recording', 'review'],
    applies: ({ review }) => bare(review.kind).includes('cse'),
    change: ({ recording }) => delete recording.flags,
  },
  // Contact with the child.
  {
    name: 'child seen after four days',
    rule: 'victim-contact/child-seen-promptly',
    at: '/victim_contact/first_seen_at',
    reads: ['victim_contact', 'recording', 'risk', 'persons', 'review'],
    change: ({ victim_contact, recording }) =>
      Object.assign(victim_contact, { first_seen_at: hoursAfter(recording.reported_at, 96) }),
  },
  {
    name: 'three weeks without contact',
    rule: 'victim-contact/no-long-gap',
    at: '/victim_contact/log',
    reads: ['victim_contact', 'closure', 'persons', 'recording', 'review'],
    applies: ({ closure }) => closure === undefined,
    change: ({ victim_contact }) => victim_contact.log.splice(1, victim_contact.log.length - 2),
  },
  {
    name: 'parent told of an event a week late',
    rule: 'victim-contact/told-of-key-events',
    at: '/victim_contact/key_events',
    reads: ['victim_contact', 'persons'],
    applies: ({ victim_contact }) => bare(victim_contact.key_events[0]).kind !== 'nfa',
    change: ({ victim_contact }) => {
      const event = bare(victim_contact.key_events[0]);
      event.told_at = daysAfter(event.at, 7);
    },
  },
  {
    name: 'child without enhanced rights',
    rule: 'victim-contact/needs-assessed',
    at: '/victim_contact/needs_assessment/enhanced',
    reads: ['victim_contact', 'persons', 'recording'],
    change: ({ victim_contact }) => Object.assign(bare(victim_contact.needs_assessment), { enhanced: false }),
  },
  {
    name: 'referred to support after two weeks',
    rule: 'victim-contact/report-acknowledged',
    at: '/victim_contact/vs_referral_at',
    reads: ['victim_contact', 'persons', 'recording'],
    change: ({ victim_contact, recording }) =>
      Object.assign(victim_contact, { vs_referral_at: daysAfter(recording.reported_at, 14) }),
  },
  {
    name: 'told of the decision without reasons',
    rule: 'victim-contact/told-of-decision',
    at: '/victim_contact/key_events',
    reads: ['victim_contact', 'persons', 'closure'],
    applies: ({ victim_contact }) => decisionOf(victim_contact) !== undefined,
    change: ({ victim_contact }) => Object.assign(decisionOf(victim_contact), { reasons_given: false }),
  },
  {
    name: 'words that blame the child',
    rule: 'victim-contact/child-heard',
    at: '/victim_contact/voice_of_child/text',
    reads: ['victim_contact', 'review', 'persons', 'recording'],
    change: ({ victim_contact }) =>
      Object.assign(bare(victim_contact.voice_of_child), { text: 'seen as streetwise at school' }),
  },
  {
    name: 'three interviews without a reason',
    rule: 'victim-contact/interview-planned',
    at: '/victim_contact/abe',
    reads: ['victim_contact', 'persons', 'recording'],
    change: ({ victim_contact }) => Object.assign(bare(victim_contact.abe), { interviews_count: 3 }),
  },
  {
    name: 'medical without the time since the last contact',
    rule: 'victim-contact/medical-decided',
    at: '/victim_contact/medical/last_contact',
    reads: ['victim_contact', 'persons', 'recording'],
    change: ({ victim_contact }) => delete bare(victim_contact.medical).last_contact,
  },
  // Tracing the suspect.
  {
    name: 'tracing step without answer',
    rule: 'suspect-tracing/steps-answered',
    at: '/suspect_strategy/steps',
    reads: ['suspect_strategy', 'review', 'recording'],
    change: ({ suspect_strategy }) => delete suspect_strategy.steps.cctv,
  },
  {
    name: 'line of enquiry without direction',
    rule: 'suspect-tracing/lines-both-ways',
    at: '/suspect_strategy/lines_of_enquiry',
    reads: ['suspect_strategy', 'review', 'recording'],
    change: ({ suspect_strategy }) => delete bare(suspect_strategy.lines_of_enquiry[0]).points,
  },
  {
    name: 'suspect without status',
    rule: 'suspect-tracing/status-recorded',
    at: '/persons',
    reads: ['persons', 'recording', 'review'],
    change: ({ persons }) => delete firstSuspect(persons).status,
  },
  {
    name: 'suspect arrested after twelve days',
    rule: 'suspect-tracing/suspect-dealt-with',
    at: '/persons',
    reads: ['persons', 'closure'],
    applies: ({ persons }) => firstSuspect(persons).arrested_at !== undefined,
    change: ({ persons }) => {
      const suspect = firstSuspect(persons);
      suspect.arrested_at = daysAfter(suspect.identified_at, 12);
    },
  },
  {
    name: 'strategy without elimination criteria',
    rule: 'suspect-tracing/tie-strategy-complete',
    at: '/suspect_strategy/tie',
    reads: ['suspect_strategy', 'persons', 'review', 'recording'],
    applies: ({ suspect_strategy }) => suspect_strategy.tie !== undefined,
    change: ({ suspect_strategy }) => delete bare(suspect_strategy.tie).criteria,
  },
  {
    name: 'device left without a reason',
    rule: 'suspect-tracing/devices-dealt-with',
    at: '/suspect_strategy/devices',
    reads: ['suspect_strategy'],
    change: ({ suspect_strategy }) =>
      Object.assign(bare(suspect_strategy.devices[0]), { decision: 'not_seized' }),
  },
  {
    name: 'bail of four months',
    rule: 'suspect-tracing/bail-in-time',
    at: '/persons',
    reads: ['persons', 'victim_contact'],
    applies: ({ persons }) => firstSuspect(persons).bail !== undefined,
    change: ({ persons }) => {
      const { arrested_at, bail } = firstSuspect(persons);
      bare(bail).ends = daysAfter(arrested_at, 124);
    },
  },
  {
    name: 'no measure to keep the suspect away',
    rule: 'suspect-tracing/disruption-considered',
    at: '/suspect_strategy/disruption',
    reads: ['suspect_strategy', 'persons', 'review', 'recording'],
    applies: ({ closure, persons }) =>
      closure?.suspect_identified === true || firstSuspect(persons).status === 'rui',
    change: ({ suspect_strategy }) => delete suspect_strategy.disruption,
  },
  // Linked persons and cases, and the officers in them.
  {
    name: 'associate without disposition',
    rule: 'linked/associates-dealt-with',
    at: '/persons',
    reads: ['persons', 'missing'],
    applies: ({ persons }) => personOf(persons, 'associate') !== undefined,
    change: ({ persons }) => delete personOf(persons, 'associate').disposition,
  },
  {
    name: 'link that is not returned',
    rule: 'linked/points-both-ways',
    at: '/links/cases',
    reads: ['links', 'review', 'missing', 'coordination'],
    // The first review links to none.
    applies: (_, index) => index > 0,
    change: ({ links }, { seed }) => {
      links.cases = [...(links.cases ?? []), { ref: caseRef(seed, 0), relation: 'same_location' }];
    },
  },
  {
    name: 'linked cases without a lead',
    rule: 'communication/one-lead',
    at: '/coordination',
    reads: ['coordination', 'links', 'persons'],
    applies: ({ persons }) => persons.filter(person => bare(person).role === 'oic').length > 1,
    change: ({ coordination }) => delete coordination.lead,
  },
  {
    name: 'event shared with no officer',
    rule: 'communication/events-shared',
    at: '/victim_contact/key_events',
    reads: ['victim_contact', 'persons', 'links', 'coordination', 'missing'],
    applies: ({ persons, victim_contact }) =>
      victim_contact.key_events !== undefined &&
      persons.filter(person => bare(person).role === 'oic').length > 1,
    change: ({ victim_contact }) => delete bare(victim_contact.key_events[0]).shared_with,
  },
  {
    name: 'other children not considered',
    rule: 'linked/other-children-considered',
    at: '/links',
    reads: ['links', 'review', 'recording'],
    change: ({ links }) => delete links.other_children,
  },
  {
    name: 'intelligence on the place without its code',
    rule: 'linked/intelligence-submitted',
    at: '/links/intelligence',
    reads: ['links', 'review', 'recording'],
    change: ({ links }) => delete bare(links.intelligence).location_code,
  },
  {
    name: 'handover that nobody accepted',
    rule: 'communication/handover-recorded',
    at: '/coordination/handovers',
    reads: ['coordination', 'victim_contact', 'persons', 'links', 'actions'],
    change: ({ coordination, recording }) =>
      Object.assign(coordination, { handovers: [{ at: daysAfter(recording.reported_at, 4) }] }),
  },
  // What matters most.
  {
    name: 'most significant aspect without a reason',
    rule: 'priority/one-significant-aspect',
    at: '/significant_aspect',
    reads: ['significant_aspect'],
    change: ({ significant_aspect }) => delete bare(significant_aspect[0]).rationale,
  },
  {
    name: 'overdue action on the most significant aspect',
    rule: 'priority/no-overdue-action',
    at: '/actions',
    reads: ['actions', 'significant_aspect', 'closure', 'review', 'grades'],
    applies: ({ closure }) => closure === undefined,
    change: ({ actions, recording }) =>
      Object.assign(bare(actions[0]), {
        state: 'open',
        due: daysAfter(recording.reported_at, 5),
        completed_at: undefined,
      }),
  },
  {
    name: 'grading of the risk without endorsement',
    rule: 'priority/risk-regraded',
    at: '/risk',
    reads: ['risk'],
    change: ({ risk }) => delete bare(risk[0]).endorsed_by,
  },
  // The missing child.
  {
    name: 'basic detail without answer',
    rule: 'missing/basic-details',
    at: '/missing',
    reads: ['missing'],
    applies: ({ missing }) => missing !== undefined,
    change: ({ missing }) => delete missing[0].basic_details.items.last_seen,
  },
  {
    name: 'low risk without a reason',
    rule: 'missing/risk-level-justified',
    at: '/missing',
    reads: ['missing'],
    applies: ({ missing }) => missing !== undefined,
    change: ({ missing }) => Object.assign(missing[0], { level: 'low', level_reason: undefined }),
  },
  {
    name: 'first enquiry after eight hours',
    rule: 'missing/enquiries-prompt',
    at: '/missing',
    reads: ['missing'],
    applies: ({ missing }) => missing !== undefined,
    change: ({ missing }) =>
      Object.assign(missing[0], {
        first_enquiry_at: hoursAfter(missing[0].reported_at, 8),
        returned_at: hoursAfter(missing[0].reported_at, 9),
      }),
  },
  {
    name: 'plan for the missing child without an owner',
    rule: 'missing/supervisor-owns-plan',
    at: '/missing',
    reads: ['missing', 'persons'],
    applies: ({ missing }) => missing !== undefined,
    change: ({ missing }) => delete missing[0].plan_owner,
  },
  {
    name: 'national unit not told of a child missing for four days',
    rule: 'missing/national-unit-told',
    at: '/missing',
    reads: ['missing'],
    applies: ({ missing }) => missing !== undefined,
    change: ({ missing }) =>
      Object.assign(missing[0], { missing_since: hoursAfter(missing[0].returned_at, -96) }),
  },
  {
    name: 'prevention interview after two days',
    rule: 'missing/prevention-interview-held',
    at: '/missing',
    reads: ['missing'],
    applies: ({ missing }) => missing !== undefined,
    change: ({ missing }) =>
      Object.assign(bare(missing[0].prevention_interview), { at: hoursAfter(missing[0].returned_at, 48) }),
  },
  {
    name: 'return home interview never held',
    rule: 'missing/return-interview-held',
    at: '/missing',
    reads: ['missing', 'policy_pack'],
    applies: ({ missing }) => missing !== undefined,
    change: ({ missing }) =>
      Object.assign(bare(missing[0].rhi), { held_at: undefined, received_at: undefined }),
  },
  {
    name: 'fourth episode within a month without a meeting',
    rule: 'missing/return-followed-up',
    at: '/missing',
    reads: ['missing', 'links', 'persons', 'suspect_strategy'],
    applies: ({ missing }) => missing !== undefined,
    change: ({ missing }) => Object.assign(missing[0], { earlier_episodes: 3 }),
  },
  // Work with other agencies.
  {
    name: 'referral that nobody answered',
    rule: 'safeguarding/referred-and-answered',
    at: '/safeguarding/csc_ack_at',
    reads: ['safeguarding', 'policy_pack', 'missing', 'recording', 'review'],
    change: ({ safeguarding }) => delete safeguarding.csc_ack_at,
  },
  {
    name: 'strategy discussed without health',
    rule: 'safeguarding/strategy-discussed',
    at: '/safeguarding/strategy',
    reads: ['safeguarding', 'policy_pack', 'recording', 'review'],
    change: ({ safeguarding }) =>
      Object.assign(bare(safeguarding.strategy[0]), { attendees: ['csc', 'police'] }),
  },
  {
    name: 'conference after four weeks',
    rule: 'safeguarding/conference-and-assessment-in-time',
    at: '/safeguarding/icpc_at',
    reads: ['safeguarding', 'policy_pack', 'review'],
    change: ({ safeguarding }) =>
      Object.assign(safeguarding, { icpc_at: daysAfter(bare(safeguarding.strategy[0]).at, 28) }),
  },
  {
    name: 'police protection of four days',
    rule: 'safeguarding/police-protection-lawful',
    at: '/safeguarding/police_protection/ended_at',
    reads: ['safeguarding', 'recording'],
    change: ({ safeguarding, recording }) => {
      safeguarding.police_protection = {
        started_at: recording.reported_at,
        ended_at: hoursAfter(recording.reported_at, 96),
      };
    },
  },
  {
    name: 'safety plan that nobody owns',
    rule: 'safeguarding/exploitation-referred-and-child-safe',
    at: '/safeguarding/safety_plan',
    reads: ['safeguarding', 'recording', 'review', 'significant_aspect', 'closure'],
    change: ({ safeguarding }) => delete bare(safeguarding.safety_plan).owner,
  },
  // Supervision and grades.
  {
    name: 'officer in the case without training',
    rule: 'supervision/plan-directed-and-oic-trained',
    at: '/persons',
    reads: ['persons', 'links', 'review'],
    change: ({ persons }) => {
      const officers = persons.map(bare).filter(({ role }) => role === 'oic');
      for (const officer of officers) officer.accreditation = ['pip1'];
    },
  },
  {
    name: 'no supervisor reviewed the case',
    rule: 'supervision/reviewed-regularly',
    at: '/supervision/reviews',
    reads: ['supervision', 'recording', 'closure', 'risk', 'review'],
    applies: ({ risk }) => risk.every(grading => bare(grading).level === 'high'),
    change: ({ supervision }) => delete supervision.reviews,
  },
  {
    name: 'grade of another scale',
    rule: 'supervision/graded-on-evidence',
    at: '/grades/overall',
    reads: ['grades', 'review', 'persons', 'supervision'],
    change: ({ grades }) => Object.assign(grades, { overall: 'adequate' }),
  },
  {
    name: 'grade on evidence that is not there',
    rule: 'supervision/graded-on-evidence',
    at: '/grades/themes/investigation',
    reads: ['grades', 'persons', 'suspect_strategy', 'missing', 'links', 'actions', 'audit'],
    change: ({ grades }) => Object.assign(bare(grades.evidence[1]), { ref: 'LOE-9999' }),
  },
  {
    name: 'good overall with a child still at risk',
    rule: 'supervision/grade-capped',
    at: '/grades/overall',
    reads: ['grades', 'audit'],
    change: ({ grades, audit }) => {
      grades.overall = 'good';
      Object.assign(bare(audit), {
        immediate_risk: true,
        escalated_at: '2025-12-31T12:00:00Z',
        escalated_to: 'OFF-1D4F6G',
      });
    },
  },
  // Closing.
  {
    name: 'closed with 18 while the suspect is known',
    rule: 'closure/no-suspect-outcome-fits',
    at: '/closure',
    reads: ['closure', 'persons', 'suspect_strategy'],
    applies: ({ closure }) => closure?.suspect_identified === true,
    change: ({ closure }) => Object.assign(closure, { proposed_outcome: 18 }),
  },
  {
    name: 'closed by the officer in the case',
    rule: 'closure/independent-review',
    at: '/closure/finalisation',
    reads: ['closure', 'persons'],
    applies: ({ closure }) => closure !== undefined,
    change: ({ closure }) => Object.assign(closure.finalisation, { by: closure.proposed_by }),
  },
  {
    name: 'closed with an open action',
    rule: 'closure/nothing-left-open',
    at: '/actions',
    reads: ['actions', 'closure', 'suspect_strategy', 'persons', 'grades'],
    applies: ({ closure }) => closure !== undefined,
    change: ({ actions }) => Object.assign(bare(actions[0]), { state: 'open', completed_at: undefined }),
  },
  {
    name: 'outcome code for fraud',
    rule: 'closure/outcome-valid',
    at: '/closure/proposed_outcome',
    reads: ['closure', 'recording'],
    applies: ({ closure }) => closure !== undefined,
    change: ({ closure }) => Object.assign(closure, { proposed_outcome: 19 }),
  },
  {
    name: 'outcome 16 though the victim supports',
    rule: 'closure/suspect-and-victim-fit',
    at: '/closure/victim_supports',
    reads: ['closure', 'persons'],
    applies: ({ closure }) => closure?.proposed_outcome === 16,
    change: ({ closure }) => Object.assign(closure, { victim_supports: true }),
  },
  {
    name: 'decision of the victim that nobody recorded',
    rule: 'closure/victim-decision-recorded',
    at: '/closure/victim_decision',
    reads: ['closure'],
    applies: ({ closure }) => closure?.victim_decision !== undefined,
    change: ({ closure }) => delete closure.victim_decision,
  },
  {
    name: 'transferred to nobody',
    rule: 'closure/special-outcome-proven',
    at: '/closure/transfer',
    reads: ['closure', 'persons', 'victim_contact'],
    applies: ({ closure }) => closure !== undefined,
    change: ({ closure }) => Object.assign(closure, { proposed_outcome: 20 }),
  },
  // The audit of the case.
  {
    name: 'returned without saying what became of it',
    rule: 'audit/disposition-given',
    at: '/audit',
    reads: ['audit', 'review'],
    change: review => {
      review.audit = {
        round: 'audit-1',
        returned: true,
        returned_at: review.review.reviewed_at.slice(0, 10),
      };
    },
  },
  {
    name: 'audit action without an owner',
    rule: 'audit/actions-owned',
    at: '/audit/actions',
    reads: ['audit', 'review'],
    applies: ({ audit }) => bare(audit).actions !== undefined,
    change: ({ audit }) => delete bare(audit.actions[0]).owner,
  },
  {
    name: 'continuing risk that nobody was told of',
    rule: 'audit/continuing-risk-referred-back',
    at: '/audit/immediate_risk',
    reads: ['audit', 'grades'],
    change: ({ audit }) => Object.assign(bare(audit), { immediate_risk: true }),
  },
  {
    name: 'no day for looking at the case again',
    rule: 'audit/rereview-kept',
    at: '/audit/rereview_on',
    reads: ['audit'],
    applies: ({ audit }) => bare(audit).rereview_on !== undefined,
    change: ({ audit }) => delete bare(audit).rereview_on,
  },
  {
    name: 'a name in a text',
    rule: 'data-protection/no-direct-identifiers',
    at: '/actions',
    reads: ['actions'],
    change: ({ actions }) => Object.assign(bare(actions[0]), { text: 'find the friend, name: Joe Bloggs' }),
  },
  {
    name: 'a school in a text',
    rule: 'data-protection/no-jigsaw-identifiers',
    at: '/actions',
    reads: ['actions', 'review'],
    applies: ({ review }) => bare(review.kind).some(kind => kind !== 'missing'),
    change: ({ actions }) => Object.assign(bare(actions[0]), { text: 'ask at Greenacre School' }),
  },
  {
    name: 'a collar number in place of a pseudonym',
    rule: 'data-protection/pseudonyms-only',
    at: '/actions',
    reads: ['actions'],
    change: ({ actions }) => Object.assign(bare(actions[0]), { text: 'ask OFF-4321 for the log' }),
  },
  {
    name: 'no marking',
    rule: 'data-protection/marked',
    at: '/marking',
    reads: ['marking'],
    change: review => delete review.marking,
  },
  {
    name: 'no purpose',
    rule: 'data-protection/accountable',
    at: '/review/purpose',
    reads: ['review'],
    change: ({ review }) => delete review.purpose,
  },
];

/**
 * Picks `count` defects that this review can have, starting from the `turn`th, so that a corpus with enough defective
 * files holds each of them.
 */
export function chooseDefects(count, turn, review, index) {
  const possible = DEFECTS.filter(({ applies }) => applies === undefined || applies(review, index));
  const touched = new Set();
  const chosen = [];
  for (let k = 0; k < possible.length && chosen.length < count; k++) {
    const defect = possible[(turn + k) % possible.length];
    if (defect.reads.some(section => touched.has(section))) continue;
    chosen.push(defect);
    for (const section of defect.reads) touched.add(section);
  }
  return chosen;
}

const personOf = (persons, category) => persons.map(bare).find(person => person.category === category);
const firstSuspect = persons => personOf(persons, 'suspect');
const ageBand = ({ persons }) => personOf(persons, 'victim').age_band_at_offence;
const decisionOf = ({ key_events = [] }) => key_events.map(bare).find(({ kind }) => kind === 'nfa');
const firstOffence = ({ recording }) => bare(recording.offences[0]);

const HOUR_MS = 3_600_000;
const hoursAfter = (instant, hours) =>
  new Date(Date.parse(instant) + hours * HOUR_MS).toISOString().replace('.000', '');
const daysAfter = (moment, days) =>
  new Date(Date.parse(moment) + 24 * days * HOUR_MS).toISOString().slice(0, 10);
