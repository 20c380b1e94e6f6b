/** Reviews as an audit counts them, made by hand for tests: no file and no rule stands behind them. */
import fc from 'fast-check';
import type { CountedReview, CountedRule, Verdict } from '../../server/src/audit/counted-review.ts';
import { VERDICTS } from '../../server/src/audit/counted-review.ts';

export const RULES: readonly CountedRule[] = [
  {
    id: 'victim-contact/child-seen-promptly',
    ref: 'VIC-01',
    title: 'The child is seen promptly',
    catches: ['F3'],
  },
  { id: 'suspect-tracing/steps-answered', ref: 'SUS-02', title: 'Every step is answered', catches: ['F5'] },
  {
    id: 'suspect-tracing/suspect-dealt-with',
    ref: 'SUS-05',
    title: 'Suspects are dealt with',
    catches: ['F5', 'F7'],
  },
];

export interface Sketch extends Partial<Omit<CountedReview, 'verdicts'>> {
  readonly verdicts?: readonly Verdict[];
}

export function countedReview({ verdicts = [], ...rest }: Sketch = {}): CountedReview {
  return {
    uri: 'file:///r/one.case-review.yaml',
    id: undefined,
    isDraft: false,
    round: '2026-Q1',
    outcome: 'not_returned',
    grade: 'good',
    themes: {},
    areThemesRead: true,
    rules: RULES,
    verdicts: Uint8Array.from(RULES, (_, at) => VERDICTS.indexOf(verdicts[at] ?? 'not_asked')),
    ...rest,
  };
}

export function several(count: number, sketch: Sketch): CountedReview[] {
  return Array.from({ length: count }, () => countedReview(sketch));
}

/** Of any round, with any answer and any verdicts. */
export const anyReview: fc.Arbitrary<CountedReview> = fc
  .record({
    isDraft: fc.boolean(),
    round: fc.constantFrom('2025-Q4', '2026-Q1', undefined),
    outcome: fc.constantFrom(
      'no_matter',
      'reopened',
      'no_result',
      'not_returned',
      'not_said',
      'unread',
      'of_a_pack',
    ),
    grade: fc.constantFrom('good', 'requires_improvement', 'inadequate', 'not_graded', 'unread'),
    themes: fc.constantFrom<CountedReview['themes']>(
      {},
      { investigation: 'good' },
      { leadership: 'inadequate' },
    ),
    verdicts: fc.array(fc.constantFrom(...VERDICTS), { minLength: RULES.length, maxLength: RULES.length }),
  })
  .map(countedReview);
