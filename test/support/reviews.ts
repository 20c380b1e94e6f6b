/** Small reviews and a force's own pack for tests of the fronts; the shipped pack may grow without touching them. */

export interface ReviewParts {
  readonly id?: string;
  readonly state?: 'draft' | 'complete';
  /** Further lines of YAML. */
  readonly more?: string;
}

export function reviewText({ id = 'CASE-4T7Q2M', state = 'complete', more = '' }: ReviewParts = {}): string {
  return `schema: case-review/1
review:
  id: ${id}
  kind: [cse]
  state: ${state}
  reviewed_at: 2026-03-10T10:30:00Z
${more}`;
}

/**
 * A pack with a calendar of its own, so that the shipped pack stays out, and two rules: a crime is recorded within
 * a day, and every linked case has a review.
 */
export const FORCE_PACK: Readonly<Record<string, string>> = {
  'case-review.config.yaml': 'packs: [./policies/force]\n',
  'policies/force/pack.yaml': `id: force
title: Rules of a force
version: "1"
jurisdiction: [england]
calendar: calendar.yaml
sources: sources.yaml
parameters:
  record_h: {title: Hours to record a crime, value: 24, unit: hours, confidence: local}
`,
  'policies/force/calendar.yaml': `id: force
title: Working days of a force
jurisdiction: England
covers: {from: 2020-01-01, to: 2029-12-31}
sources: []
holidays: {}
`,
  'policies/force/sources.yaml': `ORDER: {title: Force order 7, publisher: Anyshire Police, year: 2024, url: orders.example/7}
`,
  'policies/force/links/linked-known.yaml': `id: links/linked-known
ref: FRC-01
title: Every linked case has a review
severity: warning
confidence: local
why: A link that leads nowhere helps nobody.
sources: []
versions:
  - from: 2016-01-01
    checks:
      - id: unknown
        each: links.cases
        as: link
        require: linked(link.ref).found
        outcome: not-recorded
        at: link.ref
        message: No review of this linked case is known.
examples: []
`,
  'policies/force/recording/recorded-in-time.yaml': `id: recording/recorded-in-time
ref: FRC-02
title: A crime is recorded in time
severity: error
confidence: local
why: What is not recorded cannot be investigated.
sources: [ORDER]
versions:
  - from: 2016-01-01
    checks:
      - id: late
        clock: {from: recording.reported_at, to: recording.recorded_at, limit: params.record_h, unit: hours}
        at: recording.recorded_at
        message: 'Recorded \${elapsed} after the report, limit \${limit}.'
        related:
          - {at: recording.reported_at, message: reported here}
examples: []
`,
};

/** Breaks the rule on recording: 72 hours. */
export const LATE = `recording:
  reported_at: 2026-02-02T21:10:00Z
  recorded_at: 2026-02-05T21:10:00Z
`;
