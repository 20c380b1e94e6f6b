/** The shape of a review as rules see it: made from the schema and from nothing else. */
import { FactBuilder, ROOT_TYPE } from '../engine/facts.ts';
import { type AddedWords, createSchemaGuide, type SchemaGuide, withWords } from '../engine/schema-guide.ts';
import { reviewGuide } from '../engine/validate-shape.ts';
import { CEL_TYPES, FREE_TEXT, ROOT_SECTIONS } from '../generated/cel-types.ts';
import { readReviewSchema } from '../generated/schemas.js';
import type { ReviewShape } from '../policy/policy.ts';
import type { PackData } from '../policy/rule-file.ts';

const builder = new FactBuilder({ ...CEL_TYPES, [ROOT_TYPE]: ROOT_SECTIONS });

export const reviewShape: ReviewShape = shapeOf(reviewGuide);

/** The shape of a review under packs, which may add words to its vocabularies. */
export function shapeUnder(packs: readonly PackData[]): ReviewShape {
  const added: Record<string, AddedWords[string]> = {};
  for (const { pack } of packs)
    for (const [name, words] of Object.entries(pack.vocabulary ?? {}))
      added[name] = { ...added[name], ...words };
  if (Object.keys(added).length === 0) return reviewShape;
  return shapeOf(createSchemaGuide(() => withWords(readReviewSchema(), added)));
}

function shapeOf(guide: SchemaGuide): ReviewShape {
  return {
    guide,
    builder,
    fields: CEL_TYPES,
    sections: ROOT_SECTIONS,
    freeText: FREE_TEXT,
    titleOf(vocabulary, word) {
      const words = guide.definition(vocabulary)?.words;
      return words?.find(({ value }) => String(value) === word)?.title ?? word;
    },
  };
}
