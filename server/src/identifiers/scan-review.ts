/**
 * The identifiers in a review: in its free text, in comments, in keys, and in what the schema does not know. Fields
 * of words, dates, numbers and refs are left out; their form is the schema's matter.
 */
import { isPair, pathAt } from '../engine/locate.ts';
import type { ParsedText, Span, TreeNode } from '../engine/located-tree.ts';
import { FREE_TEXT, type GuideEntry, type SchemaGuide } from '../engine/schema-guide.ts';
import type { Detector } from './find-identifiers.ts';
import { Identifier } from './identifier.ts';

/** What is searched is searched at once, which is fast, and places are worked out for what is found, which is rare. */
export function scanReview(
  { text, root, problems }: ParsedText,
  detect: Detector,
  guide: Pick<SchemaGuide, 'root'>,
): readonly Identifier[] {
  // What stands where in broken YAML is not sure: then everything is searched.
  const parts =
    root && problems.length === 0 ? partsToSearch(text, root, guide.root) : [{ start: 0, end: text.length }];
  return detectIn(text, parts, detect).flatMap(({ kind, name, certain, start, end }) => {
    const place = pathAt(root, start);
    if (place?.part === 'value' && isTyped(place.node, guide)) return [];
    const node = place?.part === 'key' ? place.pair!.parent : place?.node;
    return new Identifier(kind, name, certain, node && knownTo(guide, node), { start, end });
  });
}

/** Longer than anything that may stand between a label and an identifier. */
const GAP = '\n'.repeat(8);

/** Searches the parts as one text with gaps, because twenty patterns over sixty short texts cost more than over one. */
function detectIn(text: string, parts: readonly Span[], detect: Detector): ReturnType<Detector> {
  const searched = parts.map(({ start, end }) => text.slice(start, end)).join(GAP);
  let part = 0;
  let offset = 0;
  return detect(searched).map(found => {
    for (;;) {
      const { start, end } = parts[part]!;
      if (found.start - offset < end - start)
        return { ...found, start: found.start - offset + start, end: found.end - offset + start };
      offset += end - start + GAP.length;
      part += 1;
    }
  });
}

/** Free text, comments, and what the schema does not know; in the order of the text, no character twice. */
function partsToSearch(text: string, root: TreeNode, entry: GuideEntry): Span[] {
  const parts: Span[] = [...comments(text)];
  collect(root, entry, parts);
  parts.sort((a, b) => a.start - b.start);
  const apart: { start: number; end: number }[] = [];
  for (const { start, end } of parts) {
    const last = apart.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else apart.push({ start, end });
  }
  return apart;
}

function collect(node: TreeNode, entry: GuideEntry | undefined, parts: Span[]): void {
  if (entry === undefined || (node.kind === 'scalar' && !isTypedBy(entry))) {
    if (node.end > node.start) parts.push(node);
  } else if (node.kind === 'seq') {
    for (const item of node.items) collect(item, entry.items, parts);
  } else if (node.kind === 'map') {
    for (const { key, keySpan, value } of node.pairs) {
      const inner = entry.child(key);
      if (inner) collect(value, inner, parts);
      else parts.push({ start: keySpan.start, end: Math.max(keySpan.end, value.end) });
    }
  }
}

/** Whatever stands behind a #, be it in a text. */
function* comments(text: string): Generator<Span> {
  for (let at = text.indexOf('#'); at >= 0; ) {
    const lineBreak = text.indexOf('\n', at);
    const end = lineBreak < 0 ? text.length : lineBreak;
    yield { start: at, end };
    at = text.indexOf('#', end);
  }
}

const isTypedBy = ({ name }: GuideEntry) => name !== FREE_TEXT;

function isTyped(node: TreeNode, guide: Pick<SchemaGuide, 'root'>): boolean {
  if (node.kind !== 'scalar') return false;
  const entry = entryOf(node, guide);
  return entry !== undefined && isTypedBy(entry);
}

/** As `guide.at` its pointer, which would look for its place in every list on the way. */
function entryOf({ parent }: TreeNode, guide: Pick<SchemaGuide, 'root'>): GuideEntry | undefined {
  if (parent === undefined) return guide.root;
  return isPair(parent)
    ? entryOf(parent.parent, guide)?.child(parent.key)
    : entryOf(parent, guide)?.child('-');
}

/** The node or its nearest ancestor on whose way there is no key of the writer's own: such a key might be a name. */
function knownTo(guide: Pick<SchemaGuide, 'root'>, node: TreeNode): TreeNode {
  const { parent } = node;
  if (parent === undefined || entryOf(node, guide) !== undefined) return node;
  return knownTo(guide, isPair(parent) ? parent.parent : parent);
}
