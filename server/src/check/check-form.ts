/** The form of a configuration, pack or rule file: the same parser and shape check as for a review, with another schema. */
import type { ParsedText } from '../engine/located-tree.ts';
import type { Finding } from '../engine/report.ts';
import { createSchemaGuide, type SchemaGuide } from '../engine/schema-guide.ts';
import { validateShape } from '../engine/validate-shape.ts';
import { readConfigSchema, readPackSchema, readRuleSchema } from '../generated/schemas.js';
import { type SchemaValidator, validateConfig, validatePack, validateRule } from '../generated/validators.js';
import { bareFinding } from './bare-finding.ts';

export type Form = 'config' | 'pack' | 'rule';

/** What the schema says of rule files: their words are those of every page about rules. */
export const ruleGuide = createSchemaGuide(readRuleSchema);

const FORMS: Readonly<Record<Form, { readonly validator: SchemaValidator; readonly guide: SchemaGuide }>> = {
  config: { validator: validateConfig, guide: createSchemaGuide(readConfigSchema) },
  pack: { validator: validatePack, guide: createSchemaGuide(readPackSchema) },
  rule: { validator: validateRule, guide: ruleGuide },
};

/** What the schema says about places of a policy file; undefined for a file without a schema. */
export function formGuide(form: string): SchemaGuide | undefined {
  return Object.hasOwn(FORMS, form) ? FORMS[form as Form].guide : undefined;
}

/** What the parser and the schema say about a policy file. Without a form, only the parser is asked. */
export function checkForm(parsed: ParsedText, form: Form | undefined): Finding[] {
  const syntax = parsed.problems.map(({ code, message, span }) =>
    bareFinding(`syntax/${code}`, message, span, '', `syntax/${code}`),
  );
  if (!form) return syntax;
  const shape = validateShape(parsed, FORMS[form].validator, FORMS[form].guide).findings;
  return [
    ...syntax,
    ...shape.map(({ rule, message, span, path, keyedPath, fixes }) => ({
      ...bareFinding(rule, message, span, path, `${rule}|${keyedPath}`),
      fixes,
    })),
  ];
}
