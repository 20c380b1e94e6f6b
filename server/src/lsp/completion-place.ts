/**
 * Where a cursor stands in half-written text. A placeholder is put in for the word at the cursor, in each form that
 * may stand there, and only what surrounds it is parsed: the rest of the file may be broken.
 */

import { isPair, pointerOf } from '../engine/locate.ts';
import type { MapNode, Pair, ParsedText, Span, TreeNode } from '../engine/located-tree.ts';
import { parseYaml } from '../engine/parse-yaml.ts';
import { surroundingsOf } from './cursor-surroundings.ts';

export interface CursorPlace {
  /** `key`: a key of the map at `pointer`. `node`: whatever stands at `pointer`, still open what. `entry`: a new entry of the list there. */
  readonly kind: 'key' | 'node' | 'entry';
  readonly pointer: string;
  /** The word that a completion replaces, on one line. */
  readonly replace: Span;
  /** That word as it is. */
  readonly typed: string;
  /** The word as far as the cursor, without its quote. */
  readonly begun: string;
  /** What has to stand before the inserted text: a blank after `key:` or `-`. */
  readonly lead: string;
  /** Keys that the map has already, or words that the list has. */
  readonly present: readonly string[];
  /** True inside `{}` or `[]`. */
  readonly isFlow: boolean;
  /** True where a key stands before the place on its line. */
  readonly isInline: boolean;
  /** True for a key that has its colon. */
  readonly hasColon: boolean;
  /** Blanks before the word in its line; a dash counts as one. */
  readonly column: number;
}

const PLACEHOLDER = 'caseReviewCursor';

type Found = { readonly pair: Pair } | { readonly node: TreeNode };

/** `around` gives what is parsed. */
export function findCursorPlace(
  text: string,
  offset: number,
  around = surroundingsOf,
): CursorPlace | undefined {
  const word = findWord(text, offset);
  const { before, after } = around(text, word);
  const best = tryForms(before + word.lead, after);
  if (best === undefined) return undefined;
  const lineStart = text.lastIndexOf('\n', word.start - 1) + 1;
  const linePrefix = text.slice(lineStart, word.start);
  const shared = {
    replace: { start: word.start, end: word.end },
    typed: text.slice(word.start, word.end),
    begun: text.slice(word.start, offset).replace(/^["']/, ''),
    lead: word.lead,
    isInline: /:\s*$/.test(linePrefix),
    hasColon: text[word.end] === ':',
    column: word.start - lineStart + word.lead.length,
  };
  const { found, isEntry } = best;
  if ('pair' in found) {
    const map = found.pair.parent;
    const pointer = pointerOf(map);
    const present = pointer === '' ? topLevelKeys(text, word) : keysOf(map);
    return { kind: 'key', pointer, present, isFlow: map.flow, ...shared };
  }
  const { parent } = found.node;
  const isFlow = parent !== undefined && (isPair(parent) ? parent.parent.flow : parent.flow);
  if (isEntry)
    return {
      kind: 'entry',
      pointer: parent === undefined || isPair(parent) ? '' : pointerOf(parent),
      present: wordsBeside(found.node),
      isFlow,
      ...shared,
    };
  const present = parent === undefined ? topLevelKeys(text, word) : wordsBeside(found.node);
  return { kind: 'node', pointer: pointerOf(found.node), present, isFlow, ...shared };
}

/**
 * The place on a line of its own below the key that the cursor is behind, before the entries that are there. What stands
 * behind the cursor, a comment, stays with the key.
 */
export function onNextLine(text: string, place: CursorPlace): CursorPlace {
  const { start, end } = place.replace;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = /\r?\n|$/g;
  lineEnd.lastIndex = end;
  const until = lineEnd.exec(text)?.index ?? text.length;
  const comment = text.slice(end, until).trim();
  const behindKey = comment === '' ? '' : (text[start - 1] === ' ' ? ' ' : '  ') + comment;
  const keyColumn = text.slice(lineStart).search(/[^ -]/);
  const [, blanks = '', dash = ''] = FIRST_BELOW.exec(text.slice(until)) ?? [];
  const isBelow = blanks.length > keyColumn || (dash !== '' && blanks.length === keyColumn);
  const column = isBelow ? blanks.length : keyColumn + 2;
  const lead = `${behindKey}\n${' '.repeat(column)}`;
  const before = text.slice(0, start) + lead;
  const present = findCursorPlace(before + text.slice(until), before.length)?.present ?? [];
  return { ...place, replace: { start, end: until }, lead, present, isInline: false, column };
}

/** Behind a line, the indentation of the next one that says something, and the dash that it begins with. */
const FIRST_BELOW = /^(?:[ \t\r]*(?:#.*)?\n)+( *)(- )?[^\s#]/;

interface Word extends Span {
  readonly lead: string;
}

function findWord(text: string, offset: number): Word {
  let start = offset;
  while (start > 0 && !/[\s[{,]/.test(text[start - 1]!)) start--;
  const typed = text.slice(start, offset);
  // Right behind `key:` or `-` nothing is a word yet, and a blank is still missing.
  if (typed === '-' || /^["']?[\w-]+["']?:$/.test(typed)) return { start: offset, end: offset, lead: ' ' };
  let end = offset;
  while (end < text.length && !/[\s\]},]/.test(text[end]!) && !/^:(\s|$)/.test(text.slice(end, end + 2)))
    end++;
  return { start, end, lead: '' };
}

/** A word alone, a key, or an entry of a list: the form that makes sense there with the fewest problems. */
function tryForms(before: string, after: string): { found: Found; isEntry: boolean } | undefined {
  let best: { found: Found; isEntry: boolean; problems: number } | undefined;
  for (const form of [PLACEHOLDER, `${PLACEHOLDER}:`, `- ${PLACEHOLDER}`]) {
    const parsed = parseYaml(before + form + after);
    const found = findPlaceholder(parsed);
    if (found === undefined) continue;
    const problems = parsed.problems.length;
    if (best === undefined || problems < best.problems)
      best = { found, isEntry: form.startsWith('-'), problems };
    if (best.problems === 0) break;
  }
  return best;
}

function findPlaceholder({ root }: ParsedText): Found | undefined {
  const search = (node: TreeNode): Found | undefined => {
    if (node.kind === 'scalar') return node.value === PLACEHOLDER ? { node } : undefined;
    if (node.kind === 'seq') return first(node.items, search);
    return first(node.pairs, pair => (pair.key === PLACEHOLDER ? { pair } : search(pair.value)));
  };
  return root && search(root);
}

function first<T>(items: readonly T[], search: (item: T) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = search(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function keysOf(map: MapNode): string[] {
  return map.pairs.map(pair => pair.key).filter(key => key !== PLACEHOLDER);
}

/** The other words of the list that a word is in. */
function wordsBeside({ parent }: TreeNode): string[] {
  const items = parent === undefined || isPair(parent) || parent.kind !== 'seq' ? [] : parent.items;
  return items.flatMap(item =>
    item.kind === 'scalar' && item.value !== PLACEHOLDER ? String(item.value ?? '') : [],
  );
}

/** The parsed section knows no other sections. */
function topLevelKeys(text: string, word: Span): string[] {
  return [...text.matchAll(/^([\w-]+):/gm)]
    .filter(({ index }) => index !== word.start)
    .map(match => match[1]!);
}
