/** Finds what looks like an identifier in a text. What matched never leaves here: only its kind and its place do. */
import type { Span } from '../engine/located-tree.ts';
import { KINDS, type Kind, kindsOfGivenNames } from './kinds.ts';

export interface FoundIdentifier extends Span {
  readonly kind: string;
  readonly name: string;
  readonly certain: boolean;
}

export interface DetectorOptions {
  /** Words such as roles and police units that no name consists of. */
  readonly allowedWords: readonly string[];
  readonly givenNames: readonly string[];
  /** Words such as Hospital: behind a name they say that a place or body is called after somebody. */
  readonly namesakes: readonly string[];
  /** Patterns of the force, from `compileLocalPattern`. */
  readonly local: readonly { readonly name: string; readonly pattern: RegExp }[];
}

export type Detector = (text: string) => readonly FoundIdentifier[];

/** Labels are looked for this far before an identifier. */
const LABEL_REACH = 32;

export function createDetector({ allowedWords, givenNames, namesakes, local }: DetectorOptions): Detector {
  const allowed = new Set(allowedWords.map(word => word.toLowerCase()));
  const kinds: readonly Kind[] = [
    ...local.map(own => ({ kind: 'local', ...own })),
    ...KINDS,
    ...(givenNames.length > 0 ? kindsOfGivenNames(givenNames, namesakes) : []),
  ];
  return text => {
    const possible = kinds.filter(({ needs }) => !needs || needs.test(text));
    return withoutOverlaps(possible.flatMap(kind => findKind(kind, text, allowed)));
  };
}

function findKind(kind: Kind, text: string, allowed: ReadonlySet<string>): FoundIdentifier[] {
  const found: FoundIdentifier[] = [];
  for (const match of text.matchAll(kind.pattern)) {
    const it = match.groups?.it ?? match[0];
    const end = match.index + match[0].length;
    const start = end - it.length;
    const verdict = kind.judge ? kind.judge(it) : false;
    if (verdict === undefined || (kind.isWords && isAllowed(it, allowed))) continue;
    const before = text.slice(Math.max(0, start - LABEL_REACH), start);
    const certain = verdict || (kind.label?.test(before) ?? false);
    found.push({ kind: kind.kind, name: kind.name, certain, start, end });
  }
  return found;
}

/** A role or an institution, not a person: its first word says so, or every word but the last of a school. */
function isAllowed(words: string, allowed: ReadonlySet<string>): boolean {
  const [first = '', ...rest] = words.toLowerCase().split(/\W+/);
  return allowed.has(first) && (rest.length < 2 || rest.slice(0, -1).every(word => allowed.has(word)));
}

/** In the order of the text; of two that share characters the certain one stays, then the longer, then the first found. */
function withoutOverlaps(found: readonly FoundIdentifier[]): readonly FoundIdentifier[] {
  if (found.length < 2) return found;
  const best = [...found].sort(
    (a, b) => Number(b.certain) - Number(a.certain) || b.end - b.start - (a.end - a.start),
  );
  const taken = new Uint8Array(found.reduce((most, { end }) => Math.max(most, end), 0));
  const kept = best.filter(({ start, end }) => {
    if (taken.subarray(start, end).includes(1)) return false;
    taken.fill(1, start, end);
    return true;
  });
  return kept.sort((a, b) => a.start - b.start);
}
