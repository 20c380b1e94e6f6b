/** Reviews for tests of the command line: one finding of each kind under the pack of test/fixtures/cli/force-pack. */

export interface CliReview {
  readonly id?: string;
  readonly state?: string;
  readonly more?: string;
}

export function cliReview({ id = 'CASE-4T7Q2M', state = 'complete', more = '' }: CliReview = {}): string {
  return `schema: case-review/1
review:
  id: ${id}
  kind: [cse]
  state: ${state}
  reviewer: OFF-9K2M7R
  reviewed_at: 2026-03-10T10:30:00Z
${more}`;
}

/** An error: the crime was recorded too late. */
export const LATE = 'recording:\n  reported_at: 2026-02-02T21:10:00Z\n  recorded_at: 2026-02-05T16:00:00Z\n';
/** A warning: nobody knows the linked case. */
export const LINKED = 'links:\n  cases:\n    - {ref: CASE-8N6B3V, relation: other_victim}\n';
/** An error with a fix: one of three steps has no answer. */
export const STEPS =
  'suspect_strategy:\n  steps:\n    pnc: {state: outstanding}\n    cctv: {state: outstanding}\n';
/** An audit round whose returned cases have no result yet. */
export const RETURNED = 'audit: {round: 2026-Q1, returned: true}\n';
export const WAIVED = `waivers:
  - {rule: recording/recorded-in-time, reason: the system was down, by: OFF-9K2M7R, until: 2026-12-31}
`;

/** The pack, and one review for each thing a format has to show. */
export const EVERYTHING: Readonly<Record<string, string>> = {
  '': 'force-pack',
  'reviews/late.case-review.yaml': cliReview({ more: LATE + LINKED + RETURNED }),
  'reviews/steps.case-review.yaml': cliReview({ id: 'CASE-2C5D7F', more: STEPS + RETURNED }),
  'reviews/draft.case-review.yaml': cliReview({ id: 'CASE-1A2B3C', state: 'draft', more: LATE + STEPS }),
  'reviews/waived.case-review.yaml': cliReview({ id: 'CASE-6H7J8K', more: LATE + WAIVED }),
  'reviews/broken.case-review.yaml': 'review: [\n',
  'a folder/näme #1.case-review.yml': cliReview({ id: 'CASE-3D4F5G', more: LATE }),
};
