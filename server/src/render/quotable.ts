/** Which values of a review may leave it without being asked for: words of a vocabulary, refs and dates, never prose. */
import type { Fix } from '../engine/report.ts';
import { FORCE_WORDS, FREE_TEXT } from '../engine/schema-guide.ts';
import { reviewGuide } from '../engine/validate-shape.ts';

/** One word: `not_applicable`, `CASE-4T7Q2M`, `2026-03-10T10:30:00Z`. Prose has spaces, and no word is this long. */
const WORD = /^[A-Za-z0-9][A-Za-z0-9_:.+/-]{0,39}$/;

export function isQuotable(value: unknown): boolean {
  if (typeof value === 'string') return value === '' || WORD.test(value);
  if (Array.isArray(value)) return value.every(isQuotable);
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isQuotable);
  return true;
}

const PSEUDONYM = /^[A-Z]+-(?:\d[A-Z])+$/;

/** The pseudonym of a case, or null for anything else that somebody may have written in its place. */
export function showId(id: string | undefined): string | null {
  return id !== undefined && PSEUDONYM.test(id) ? id : null;
}

/** A fingerprint begins with the id of its review (that of a policy file with a rule); what is no pseudonym is cut off. */
export function showFingerprint(fingerprint: string): string {
  const end = fingerprint.indexOf('|');
  const owner = fingerprint.slice(0, Math.max(end, 0));
  return PSEUDONYM.test(owner) || owner.includes('/') ? fingerprint : fingerprint.slice(Math.max(end, 0));
}

/** Whether a fix may be written out as a change; its title always may. */
export function isShowable(fix: Fix, includeText: boolean): boolean {
  return (
    includeText ||
    fix.patch.every(
      ({ path, value }) =>
        isQuotable(value) && path.split('/').every(isQuotable) && !mayHoldName(reviewGuide.at(path)?.name),
    )
  );
}

/** A fix may have put a hyphen between the two words of one. */
function mayHoldName(definition: string | undefined): boolean {
  return definition !== undefined && [FREE_TEXT, ...FORCE_WORDS].includes(definition);
}
