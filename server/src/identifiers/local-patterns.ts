/** Patterns that a force writes for its own references. They run over every review, so none may take long on any text. */
import { escapeSegment } from '../engine/locate.ts';

/** The parameter that holds them: lists of patterns by what a message calls a match, such as "collar number". */
export const LOCAL_IDENTIFIERS = 'local_identifiers';

/** The parameter with words that make no name. */
export const NO_NAMES = 'words_in_no_name';

/** The parameter with the given names that a name is known by. */
export const GIVEN_NAMES = 'given_names';

/** The parameter with words behind a name that make it that of a place or body. */
export const NAMESAKES = 'called_after_somebody';

/** Parameters that the search reads and no rule. */
export const DETECTOR_PARAMETERS: readonly string[] = [LOCAL_IDENTIFIERS, NO_NAMES, GIVEN_NAMES, NAMESAKES];

export interface LocalPatterns {
  readonly local: readonly { readonly name: string; readonly pattern: RegExp }[];
  /** What cannot be used, with its place in the value of the parameter as a JSON pointer. */
  readonly problems: readonly { readonly place: string; readonly message: string }[];
}

/** Of a value that its schema has accepted, or of none. */
export function readPatterns(value: unknown): LocalPatterns {
  const read = Object.entries((value ?? {}) as Readonly<Record<string, readonly string[]>>).flatMap(
    ([name, sources]) =>
      sources.map((source, i) => ({
        name,
        place: `/${escapeSegment(name)}/${i}`,
        pattern: compileLocalPattern(source),
      })),
  );
  return {
    local: read.flatMap(({ name, pattern }) => (typeof pattern === 'string' ? [] : { name, pattern })),
    problems: read.flatMap(({ place, pattern }) =>
      typeof pattern === 'string' ? { place, message: pattern } : [],
    ),
  };
}

const MAX_LENGTH = 100;
/** In how many ways a pattern may be tried at one place of a text. */
const MAX_WAYS = 1000;

/** The pattern ready for use, or what is wrong with it. */
export function compileLocalPattern(source: string): RegExp | string {
  if (source.length > MAX_LENGTH) return `A pattern has at most ${MAX_LENGTH} characters.`;
  const refused = refuse(source);
  if (refused !== undefined) return refused;
  let pattern: RegExp;
  try {
    pattern = new RegExp(source, 'gu');
  } catch {
    return 'This is not a regular expression.';
  }
  return new RegExp(`^(?:${source})$`, 'u').test('')
    ? 'This pattern matches nothing at all, so it would match everywhere.'
    : pattern;
}

/**
 * Every piece that may match in several ways multiplies the ways to try; without a bound on a piece there is none on
 * the time. Groups are repeated at most once, so that no repetition stands inside another.
 */
function refuse(source: string): string | undefined {
  const pieces = /\\(.)|\[(?:\\.|[^\]\\])*\]|\(\?([^:])|\)(?:[*+]|\{)|[*+]|\{(\d+)(?:(,)(\d*))?\}|[?|]/gsu;
  let ways = 1;
  for (const [piece, escaped = '', special, least = '', comma, most] of source.matchAll(pieces)) {
    if (special !== undefined) return 'A group begins with ( or (?: and with nothing else.';
    if (/[1-9k]/.test(escaped)) return 'A pattern may not refer back to what it has matched.';
    if (piece.startsWith(')')) return 'A group may be followed by ? and by no other repetition.';
    if (piece === '*' || piece === '+' || (comma && !most))
      return 'A repetition needs an upper bound, such as {1,8}.';
    if (piece === '?' || piece === '|') ways *= 2;
    if (comma) ways *= Number(most) - Number(least) + 1;
  }
  return ways > MAX_WAYS
    ? 'This pattern may be tried in too many ways; use fewer or smaller ranges.'
    : undefined;
}
