/**
 * The identifiers in a review: in its free text, in comments, in keys, and in what the schema does not know. Fields
 * of words, dates, numbers and refs are left out; their form is the schema's matter.
 */
import { isPair, pathAt, pointerOf } from '../engine/locate.ts';
import type { ParsedText, TreeNode } from '../engine/located-tree.ts';
import type { SchemaGuide } from '../engine/schema-guide.ts';
import type { Detector } from './find-identifiers.ts';
import { Identifier } from './identifier.ts';

/** The whole text is searched at once, which is fast, and places are worked out for what is found, which is rare. */
export function scanReview(
  { text, root }: ParsedText,
  detect: Detector,
  guide: Pick<SchemaGuide, 'at'>,
): readonly Identifier[] {
  return detect(text).flatMap(({ kind, name, certain, start, end }) => {
    const place = pathAt(root, start);
    if (place?.part === 'value' && isTyped(place.node, guide)) return [];
    const node = place?.part === 'key' ? place.pair!.parent : place?.node;
    return new Identifier(kind, name, certain, node && knownTo(guide, node), { start, end });
  });
}

/** The definition of the schema that stands for free text. */
const FREE_TEXT = 'Text';

function isTyped(node: TreeNode, guide: Pick<SchemaGuide, 'at'>): boolean {
  if (node.kind !== 'scalar') return false;
  const entry = guide.at(pointerOf(node));
  return entry !== undefined && entry.name !== FREE_TEXT;
}

/** The node or its nearest ancestor on whose way there is no key of the writer's own: such a key might be a name. */
function knownTo(guide: Pick<SchemaGuide, 'at'>, node: TreeNode): TreeNode {
  const { parent } = node;
  if (parent === undefined || guide.at(pointerOf(node)) !== undefined) return node;
  return knownTo(guide, isPair(parent) ? parent.parent : parent);
}
