/** The shape of a review as rules see it: made from the schema and from nothing else. */
import { FactBuilder, ROOT_TYPE } from '../engine/facts.ts';
import { reviewGuide } from '../engine/validate-shape.ts';
import { CEL_TYPES, FREE_TEXT, ROOT_SECTIONS } from '../generated/cel-types.ts';
import type { ReviewShape } from '../policy/policy.ts';

export const reviewShape: ReviewShape = {
  builder: new FactBuilder({ ...CEL_TYPES, [ROOT_TYPE]: ROOT_SECTIONS }),
  fields: CEL_TYPES,
  sections: ROOT_SECTIONS,
  freeText: FREE_TEXT,
  titleOf(vocabulary, word) {
    const words = reviewGuide.definition(vocabulary)?.words;
    return words?.find(({ value }) => String(value) === word)?.title ?? word;
  },
};
