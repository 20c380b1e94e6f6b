/**
 * JSON pointers over the located tree: from a pointer to its node, its span and its key that survives moving, and
 * from a node or an offset back to the pointer. What stands there is judged elsewhere.
 */
import type { MapNode, Pair, ScalarNode, SeqNode, Span, TreeNode } from './located-tree.ts';

const REF = /^[A-Z]{2,5}-\d[\dA-Z]{0,5}$/;
/**
 * The children that tell one entry of a list from another, the best first, with the form they have: anything else may
 * be a name or a telephone number, which must not get into a fingerprint. A crime reference has the form of its force.
 */
const IDENTIFYING: Readonly<Record<string, RegExp>> = {
  ref: REF,
  id: REF,
  at: /^\d{4}-\d\d-\d\d(?:T[\d:.+Z-]{1,30})?$/,
  crime_ref: /^(?=.*\d)[A-Za-z0-9][\w.:+/-]{0,39}$/,
};
const INDEX = /^(?:0|[1-9]\d*)$/;

export function escapeSegment(segment: string): string {
  return segment.includes('~') || segment.includes('/')
    ? segment.replaceAll('~', '~0').replaceAll('/', '~1')
    : segment;
}

/** The unescaped segments; undefined for what is not a JSON pointer. */
export function parsePointer(pointer: string): readonly string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return undefined;
  const segments = pointer.slice(1).split('/');
  if (!pointer.includes('~')) return segments;
  return segments.map(segment => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Of a key that occurs twice, the last is found: the one that counts wherever a text is read. */
export function findNode(root: TreeNode | undefined, pointer: string): TreeNode | undefined {
  const segments = parsePointer(pointer);
  let node = root;
  for (const segment of segments ?? []) node = node && childOf(node, segment);
  return segments && node;
}

/** The text at a pointer; undefined for anything but a text. */
export function textAt(root: TreeNode | undefined, pointer: string): string | undefined {
  const node = findNode(root, pointer);
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** The entries of the list at a pointer; none where no list stands. */
export function entriesAt(root: TreeNode | undefined, pointer: string): readonly TreeNode[] {
  const list = findNode(root, pointer);
  return list?.kind === 'seq' ? list.items : [];
}

export function pointerOf(node: TreeNode): string {
  const { parent } = node;
  if (parent === undefined) return '';
  if (!isPair(parent)) return `${pointerOf(parent)}/${indexIn(parent, node)}`;
  return `${pointerOf(parent.parent)}/${escapeSegment(parent.key)}`;
}

export interface Nearest {
  readonly node: TreeNode;
  readonly pointer: string;
  /** True where `node` is the node asked for and not an ancestor. */
  readonly found: boolean;
}

/** The deepest existing node on the way to the pointer; undefined only for a text without content. */
export function nearest(root: TreeNode | undefined, pointer: string): Nearest | undefined {
  if (root === undefined) return undefined;
  const segments = parsePointer(pointer);
  let node = root;
  let at = '';
  for (const segment of segments ?? []) {
    const child = childOf(node, segment);
    if (child === undefined) return { node, pointer: at, found: false };
    node = child;
    at += `/${escapeSegment(segment)}`;
  }
  return { node, pointer: at, found: segments !== undefined };
}

/** The smallest span that a reviewer would click for a pointer, which may be absent from the text. */
export function spanOf(root: TreeNode | undefined, pointer: string, text: string): Span {
  const place = nearest(root, pointer);
  if (place === undefined) return firstLine(text);
  const { node } = place;
  const { parent } = node;
  if (parent === undefined) return rootSpan(node, text);
  if (!isPair(parent)) return itemSpan(node, text);
  return node.kind === 'scalar' && node.start < node.end ? span(node) : span(parent.keySpan);
}

function rootSpan(root: TreeNode, text: string): Span {
  if (root.kind === 'map' && root.pairs.length > 0)
    return span((findPair(root, 'review') ?? root.pairs[0]!).keySpan);
  if (root.kind === 'scalar' && root.start < root.end) return clipToLine(root, text);
  return firstLine(text);
}

function itemSpan(item: TreeNode, text: string): Span {
  if (item.kind === 'map') {
    const identity = identityOf(item, () => true);
    if (identity !== undefined) return span(identity);
    if (item.pairs.length > 0) return span(item.pairs[0]!.keySpan);
  }
  if (item.kind === 'seq' && item.items.length > 0) return itemSpan(item.items[0]!, text);
  // An empty entry has nothing to click but its dash.
  if (item.start === item.end && text[item.start - 1] === '-')
    return { start: item.start - 1, end: item.start };
  return span(item);
}

function firstLine(text: string): Span {
  const start = text.startsWith('\ufeff') ? 1 : 0;
  return clipToLine({ start, end: text.length }, text);
}

function clipToLine({ start, end }: Span, text: string): Span {
  const length = text.slice(start, end).search(/[\r\n]/);
  return { start, end: length < 0 ? end : start + length };
}

function span({ start, end }: Span): Span {
  return { start, end };
}

/**
 * The pointer with every list index replaced by what identifies the entry, so that it stays the same when entries
 * move: `/persons/SUS-2M8X4T/status`. Entries that share an identifier, or have none, are counted among themselves.
 */
export function keyedPath(root: TreeNode | undefined, pointer: string, keys = new ItemKeys()): string {
  let node = root;
  let path = '';
  for (const segment of parsePointer(pointer) ?? []) {
    const child = node && childOf(node, segment);
    path += `/${node?.kind === 'seq' && child ? keys.of(node, child) : escapeSegment(segment)}`;
    node = child;
  }
  return path;
}

/** What the entries of lists are called in keyed paths; of a list that is asked about often, it is worked out once. */
export class ItemKeys {
  readonly #lists = new Map<SeqNode, ReadonlyMap<TreeNode, string>>();

  of(list: SeqNode, item: TreeNode): string {
    let keys = this.#lists.get(list);
    if (keys === undefined) {
      keys = keysOfItems(list);
      this.#lists.set(list, keys);
    }
    return keys.get(item)!;
  }
}

function keysOfItems(list: SeqNode): ReadonlyMap<TreeNode, string> {
  const counts = new Map<string | undefined, number>();
  return new Map(
    list.items.map(item => {
      const identifier = identifierOf(item);
      const ordinal = (counts.get(identifier) ?? 0) + 1;
      counts.set(identifier, ordinal);
      if (identifier === undefined) return [item, `#${ordinal}`];
      return [item, escapeSegment(ordinal === 1 ? identifier : `${identifier}#${ordinal}`)];
    }),
  );
}

/** The ref, id or time that tells an entry of a list from the others. */
export function identifierOf(item: TreeNode): string | undefined {
  const identity =
    item.kind === 'map' && identityOf(item, (value, form) => typeof value === 'string' && form.test(value));
  return identity ? String(identity.value) : undefined;
}

function identityOf(
  item: MapNode,
  isFit: (value: ScalarNode['value'], form: RegExp) => boolean,
): ScalarNode | undefined {
  for (const [key, form] of Object.entries(IDENTIFYING)) {
    const node = findPair(item, key)?.value;
    if (node?.kind === 'scalar' && node.value !== null && isFit(node.value, form)) return node;
  }
  return undefined;
}

/** What the cursor is on. */
export interface PlaceAtOffset {
  readonly part: 'key' | 'value';
  /** The deepest node; for a key, the value behind it. */
  readonly node: TreeNode;
  /** The pair whose key or value the cursor is in; undefined in an entry of a list and in the root. */
  readonly pair: Pair | undefined;
  readonly pointer: string;
}

/** Ends count as inside, so that a cursor right behind a word is on it. Undefined outside the root. */
export function pathAt(root: TreeNode | undefined, offset: number): PlaceAtOffset | undefined {
  if (root === undefined || !holds(root, offset)) return undefined;
  let node = root;
  for (;;) {
    const pair: Pair | undefined = node.kind === 'map' ? pairAt(node, offset) : undefined;
    if (pair && holds(pair.keySpan, offset))
      return { part: 'key', node: pair.value, pair, pointer: pointerOf(pair.value) };
    const child: TreeNode | undefined = node.kind === 'seq' ? itemAt(node, offset) : pair?.value;
    if (child === undefined) break;
    node = child;
    if (!holds(node, offset)) break;
  }
  const { parent } = node;
  return {
    part: 'value',
    node,
    pair: parent && isPair(parent) ? parent : undefined,
    pointer: pointerOf(node),
  };
}

/** The pair that the offset is in, the blanks between its colon and its value included. */
function pairAt(map: MapNode, offset: number): Pair | undefined {
  // The copy that an alias makes lies on the alias as a whole: no part of it has a place of its own.
  const isCopy = (pair: Pair): boolean => pair.keySpan.start === map.start && pair.keySpan.end === map.end;
  const pair =
    map.pairs[firstReaching(map.pairs, offset, pair => Math.max(pair.value.end, pair.keySpan.end))];
  return pair && pair.keySpan.start <= offset && !isCopy(pair) ? pair : undefined;
}

function itemAt(list: SeqNode, offset: number): TreeNode | undefined {
  const item = list.items[firstReaching(list.items, offset, ({ end }) => end)];
  return item && holds(item, offset) && !(item.start === list.start && item.end === list.end)
    ? item
    : undefined;
}

/** As `indexOf`, which would look through the whole of a long list. */
function indexIn({ items }: SeqNode, item: TreeNode): number {
  return items.indexOf(
    item,
    firstReaching(items, item.end, ({ end }) => end),
  );
}

/** The index of the first child that ends at the offset or behind it. Children stand in the order of the text. */
function firstReaching<T>(children: readonly T[], offset: number, endOf: (child: T) => number): number {
  let [from, to] = [0, children.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (endOf(children[middle]!) < offset) from = middle + 1;
    else to = middle;
  }
  return from;
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

function childOf(node: TreeNode, segment: string): TreeNode | undefined {
  if (node.kind === 'map') return findPair(node, segment)?.value;
  return node.kind === 'seq' && INDEX.test(segment) ? node.items[Number(segment)] : undefined;
}

export function findPair(map: MapNode, key: string): Pair | undefined {
  return map.pairs.findLast(pair => pair.key === key);
}

export function isPair(parent: Pair | SeqNode): parent is Pair {
  return 'key' in parent;
}
