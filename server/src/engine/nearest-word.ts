/** The allowed word that was most likely meant. */
import { distance } from 'fastest-levenshtein';

export interface Nearest<T> {
  readonly word: T;
  /** Only capitals, hyphens or blanks differ, so that taking the word keeps the meaning. */
  readonly isSame: boolean;
}

/** Nothing longer than this is a misspelt word. */
const LONGEST = 64;

export function findNearest<T extends string | number>(
  text: string,
  words: readonly T[],
): Nearest<T> | undefined {
  if (text.length > LONGEST) return undefined;
  const written = simple(text);
  let best: { word: T; steps: number } | undefined;
  for (const word of words) {
    const allowed = simple(String(word));
    if (allowed === written) return { word, isSame: true };
    const steps = slips(written, allowed);
    const isCut = written.length >= 3 && allowed.startsWith(written);
    if (
      (isCut || steps <= tolerance(allowed)) &&
      (isCut || steps < written.length) &&
      (!best || steps < best.steps)
    )
      best = { word, steps };
  }
  return best && { word: best.word, isSame: false };
}

/** Two letters in each other's place are one slip, not two. */
function slips(written: string, allowed: string): number {
  const steps = distance(written, allowed);
  return steps === 2 && sorted(written) === sorted(allowed) ? 1 : steps;
}

function sorted(text: string): string {
  return [...text].sort().join('');
}

/** One slip in a short word, at most four in a long one. */
function tolerance(word: string): number {
  return Math.min(4, Math.max(1, Math.floor(word.length / 3)));
}

function simple(text: string): string {
  return text
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[\s./_-]+/g, '_');
}
