/** Values of a review as an explanation may show them: dates, words, refs and numbers; never free text. */
import { Day, formatDay, formatInstant, parseInstant } from '../calendar/index.ts';
import type { TreeNode } from '../engine/located-tree.ts';
import { isBlank } from '../engine/plain-value.ts';
import type { GuideEntry } from '../engine/schema-guide.ts';

export type ShownValue =
  | { readonly kind: 'absent' }
  | { readonly kind: 'shown'; readonly text: string }
  | { readonly kind: 'list'; readonly count: number }
  /** There, but not to be repeated: free text, local codes, and whatever has not the form that the schema asks for. */
  | { readonly kind: 'hidden' };

/** Forms of pseudonyms and ids, as the schema names them; codes of the force are not among them. */
const REFS = /(?:Ref|Id)$/;
const PLAIN: ReadonlySet<string> = new Set(['integer', 'number', 'boolean']);

export function shownValue(node: TreeNode | undefined, entry: GuideEntry | undefined): ShownValue {
  if (!node || isBlank(node)) return { kind: 'absent' };
  if (node.kind === 'seq') return { kind: 'list', count: node.items.length };
  if (node.kind === 'map' && entry?.type === 'words') return { kind: 'list', count: node.pairs.length };
  const text = node.kind === 'scalar' && entry ? textOf(node.value, entry) : undefined;
  return text === undefined ? { kind: 'hidden' } : { kind: 'shown', text };
}

function textOf(value: unknown, entry: GuideEntry): string | undefined {
  const word = entry.words?.find(known => known.value === value);
  if (word) return word.title === String(value) ? word.title : `${value} (${word.title})`;
  const text = String(value);
  if (PLAIN.has(entry.type)) return typeof value === 'string' ? undefined : text;
  if (entry.dateForm) return formatMoment(text);
  const isRef = entry.pattern !== undefined && REFS.test(entry.name ?? '');
  return isRef && new RegExp(entry.pattern, 'u').test(text) ? text : undefined;
}

function formatMoment(text: string): string | undefined {
  const instant = parseInstant(text);
  if (instant) return formatInstant(instant);
  const day = Day.parse(text);
  return day && formatDay(day);
}
