/** The shape of a review as rules, hovers and skeletons see it: made from the schema and from nothing else. */
import schema from '../../../schemas/case-review.schema.json' with { type: 'json' };
import { CEL_TYPES, ROOT_SECTIONS } from '../generated/cel-types.ts';
import type { ReviewShape } from '../policy/policy.ts';
import { FactBuilder } from '../engine/facts.ts';

interface Vocabulary {
  readonly oneOf?: readonly { readonly const: string | number; readonly title: string }[];
}

export const reviewShape: ReviewShape = {
  builder: new FactBuilder(CEL_TYPES),
  fields: CEL_TYPES,
  sections: ROOT_SECTIONS,
  titleOf(vocabulary, word) {
    const words = (schema.$defs as Readonly<Record<string, Vocabulary>>)[vocabulary]?.oneOf;
    return words?.find(entry => String(entry.const) === word)?.title ?? word;
  },
};
