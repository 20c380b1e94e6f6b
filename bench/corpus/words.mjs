// The vocabularies of the real schema, so that a new tracing step or enquiry is answered in the corpus too.
import { readFileSync } from 'node:fs';

const { $defs } = JSON.parse(
  readFileSync(new URL('../../schemas/case-review.schema.json', import.meta.url), 'utf8'),
);

export const wordsOf = vocabulary => $defs[vocabulary].oneOf.map(word => word.const);
