/** What a review says of its audit and its grades, for the figures of a round. */
import { type Entry, Unreadable } from '../engine/facts.ts';
import type { AuditFacts, CountedFacts } from '../engine/report.ts';
import type { RuleResult } from '../policy/run-rules.ts';

/** A short code with a number in it, such as 2026-Q1 or audit-3. Totals print it, and a name or a phone number is none. */
const ROUND = /^(?=.*\d)(?!.*\d{5})[A-Za-z0-9][A-Za-z0-9._/-]{0,19}$/;

export function auditFacts(sections: Entry): AuditFacts | undefined {
  try {
    const { round, returned, disposition } = sections.audit as {
      readonly [field in keyof AuditFacts]: unknown;
    };
    if (round === undefined && returned === undefined && disposition === undefined) return undefined;
    // They outlive the review in which they stand, and a part of a text would hold the whole of it: these are copies.
    return structuredClone({
      ...(typeof round === 'string' && ROUND.test(round) && { round }),
      ...(typeof returned === 'boolean' && { returned }),
      ...(typeof disposition === 'string' && { disposition }),
    });
  } catch (error) {
    if (error instanceof Unreadable) return { unread: true };
    throw error;
  }
}

export function countedFacts(sections: Entry, { judged, unread }: RuleResult): CountedFacts {
  const grades = readGrades(sections);
  return { ...(grades && { grades }), judged, unread };
}

function readGrades(sections: Entry): CountedFacts['grades'] {
  try {
    const { overall, themes } = sections.grades as {
      readonly overall?: string;
      readonly themes?: Readonly<Record<string, string>>;
    };
    return { ...(overall !== undefined && { overall }), themes: { ...themes } };
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}
