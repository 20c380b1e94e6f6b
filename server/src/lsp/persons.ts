/** Who the refs of a review stand for: the part somebody plays, and nothing else. */
import { entriesAt, textAt } from '../engine/locate.ts';
import type { TreeNode } from '../engine/located-tree.ts';
import type { SchemaGuide } from '../engine/schema-guide.ts';

export interface PersonPart {
  readonly ref: string;
  /** Such as `Victim` or `Officer, officer in the case`. */
  readonly part: string;
}

export function readPersons(root: TreeNode | undefined, guide: SchemaGuide): PersonPart[] {
  return entriesAt(root, '/persons').flatMap(person => {
    const ref = textAt(person, '/ref');
    if (ref === undefined) return [];
    const parts = ['category', 'role'].flatMap(key => wordTitle(guide, key, textAt(person, `/${key}`)));
    return {
      ref,
      part: parts.map((part, at) => (at === 0 ? part : part[0]?.toLowerCase() + part.slice(1))).join(', '),
    };
  });
}

/** The title of a word; a word that is not of the vocabulary may be anything and is not repeated. */
function wordTitle(guide: SchemaGuide, key: string, value: string | undefined): string[] {
  const word = guide.at(`/persons/0/${key}`)?.words?.find(known => known.value === value);
  return word === undefined ? [] : [word.title];
}
