/**
 * Every date of a review that the schema knows as one, and what a place is called, in the words of the schema and the
 * packs: titles, words of vocabularies, refs. Nothing of the review's free text gets in here.
 */
import { Day, type Moment, parseInstant } from '../calendar/index.ts';
import { findNode, findPair, identifierOf, parsePointer } from '../engine/locate.ts';
import type { MapNode, Span, TreeNode } from '../engine/located-tree.ts';
import { isBlank } from '../engine/plain-value.ts';
import { formOf } from '../engine/refs.ts';
import { type GuideEntry, joinPointer } from '../engine/schema-guide.ts';

export interface DatedPlace {
  /** JSON pointer of the date. */
  readonly pointer: string;
  /** The key and the value. */
  readonly span: Span;
  /** Undefined where something is written that is no date. */
  readonly moment: Moment | undefined;
}

/** The key of a date that has no name of its own, because it is that of the whole entry. */
const OWN_DATE = 'at';
const MOST_WORDS = 2;

/** In the order of the text; of a key that occurs twice, the last counts. */
export function* findDates(node: TreeNode, entry: GuideEntry, pointer = ''): Generator<DatedPlace> {
  if (isBlank(node)) return;
  if (entry.dateForm) {
    const start = node.parent && 'keySpan' in node.parent ? node.parent.keySpan.start : node.start;
    yield { pointer, span: { start, end: node.end }, moment: readMoment(node, entry) };
  } else if (node.kind === 'seq' && entry.items) {
    for (const [i, item] of node.items.entries())
      yield* findDates(item, entry.items, joinPointer(pointer, i));
  } else if (node.kind === 'map') {
    for (const pair of node.pairs) {
      const child = findPair(node, pair.key) === pair ? entry.child(pair.key) : undefined;
      if (child) yield* findDates(pair.value, child, joinPointer(pointer, pair.key));
    }
  }
}

function readMoment(node: TreeNode, { dateForm }: GuideEntry): Moment | undefined {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
  const instant = dateForm === 'date' ? undefined : parseInstant(node.value);
  return instant ?? (dateForm === 'instant' ? undefined : Day.parse(node.value));
}

/** What a place below a section is called, such as `Key event (Arrest): Victim told on`; it may be absent from the text. */
export function titleOf(root: TreeNode | undefined, schema: GuideEntry, pointer: string): string {
  const names: string[] = [];
  let [entry, at] = [schema, ''];
  const segments = parsePointer(pointer) ?? [];
  for (const [i, key] of segments.entries()) {
    const child = entry.child(key);
    if (child === undefined) break;
    at = joinPointer(at, key);
    if (entry.type === 'list') names.push(nameOfItem(findNode(root, at), child));
    else if (i > 0 && child.type !== 'list') names.push(child.title);
    entry = child;
  }
  // A list goes by the name of its entries, unless it is the place itself.
  if (entry.type === 'list') names.push(entry.title);
  const own = names.pop() ?? '';
  const owner = names.join(' › ');
  if (owner === '') return own;
  return segments.at(-1) === OWN_DATE ? owner : `${owner}: ${own}`;
}

/** Its ref; without one, what kind of entry it is, with its first words, such as `Key event (Arrest)`. */
function nameOfItem(item: TreeNode | undefined, entry: GuideEntry): string {
  const identifier = item && identifierOf(item);
  if (identifier !== undefined && formOf(identifier) !== undefined) return identifier;
  const words = item?.kind === 'map' ? wordsOf(item, entry) : [];
  return words.length === 0 ? entry.title : `${entry.title} (${words.slice(0, MOST_WORDS).join(', ')})`;
}

function wordsOf(item: MapNode, entry: GuideEntry): string[] {
  return entry.properties.flatMap(({ key, entry: child }) => {
    const value = child.words && findPair(item, key)?.value;
    const word = value?.kind === 'scalar' && child.words?.find(one => one.value === value.value);
    return word ? [word.title] : [];
  });
}
