import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSchemaGuide, type JsonSchema } from '../../server/src/engine/schema-guide.ts';
import { SHAPE_RULES } from '../../server/src/engine/shape-messages.ts';
import { CEL_TYPES, FREE_TEXT, ROOT_SECTIONS } from '../../server/src/generated/cel-types.ts';
import {
  readConfigSchema,
  readPackSchema,
  readReviewSchema,
  readRuleSchema,
} from '../../server/src/generated/schemas.js';

const SCHEMAS = {
  review: readReviewSchema(),
  config: readConfigSchema(),
  pack: readPackSchema(),
  rule: readRuleSchema(),
};
const review = SCHEMAS.review;
const definitions = Object.entries(review.$defs ?? {});
const guide = createSchemaGuide(readReviewSchema);

for (const [name, schema] of Object.entries(SCHEMAS)) {
  describe(`the ${name} schema`, () => {
    it('has a title and a description for every type, field and word', () => {
      const bare: string[] = [];
      const check = (place: string, { title, description, $ref }: JsonSchema) => {
        // A field that says nothing of its own means what its form says.
        if (!title || !(description || $ref)) bare.push(place);
      };
      for (const [type, definition] of Object.entries(schema.$defs ?? {})) {
        check(type, definition);
        for (const word of definition.oneOf ?? []) check(`${type} ${word.const}`, word);
        for (const [key, field] of Object.entries(definition.properties ?? {}))
          check(`${type}.${key}`, field);
      }
      for (const [key, field] of Object.entries(schema.properties ?? {})) check(key, field);
      assert.deepEqual(bare, []);
    });

    it('ends every description like a sentence', () => {
      const texts = (definition: JsonSchema): (string | undefined)[] => [
        definition.description,
        ...(definition.oneOf ?? []).map(word => word.description),
        ...Object.values(definition.properties ?? {}).map(field => field.description),
      ];
      const all = [schema, ...Object.values(schema.$defs ?? {})].flatMap(texts);
      assert.deepEqual(
        all.filter(text => text !== undefined && !/[.]$/.test(text)),
        [],
      );
    });

    it('says of no field what its form says already', () => {
      const wordsOf = (text: string) =>
        text
          .replace(/^For an? [^:]+: /, '')
          .toLowerCase()
          .match(/[\w'-]+/g) ?? [];
      const holds = (whole: string[], part: string[]) =>
        whole.reduce((next, word) => (word === part[next] ? next + 1 : next), 0) === part.length;
      const fields = Object.entries(schema.$defs ?? {}).flatMap(([type, { properties = {} }]) =>
        Object.entries(properties).map(([key, field]) => ({ place: `${type}.${key}`, field })),
      );
      const twice = fields.filter(({ field: { $ref = '', description } }) => {
        const form = schema.$defs?.[$ref.replace('#/$defs/', '')]?.description;
        if (description === undefined || form === undefined) return false;
        const [own, common] = [wordsOf(description), wordsOf(form)];
        return holds(common, own) || holds(own, common);
      });
      assert.deepEqual(
        twice.map(({ place }) => place),
        [],
      );
    });

    it('lists no word twice', () => {
      for (const [type, { oneOf = [] }] of Object.entries(schema.$defs ?? {})) {
        assert.equal(new Set(oneOf.map(word => word.const)).size, oneOf.length, type);
      }
    });

    it('requires only fields that it has', () => {
      for (const [type, { required = [], properties = {} }] of Object.entries(schema.$defs ?? {})) {
        for (const key of required) assert.ok(properties[key], `${type}.${key}`);
      }
    });
  });
}

describe('the data model', () => {
  it('refuses unknown fields in every object', () => {
    const open = definitions.filter(
      ([, { properties, additionalProperties }]) => properties && additionalProperties !== false,
    );
    assert.deepEqual(
      open.map(([name]) => name),
      [],
    );
  });

  it('holds only refs, lists of refs, maps by word and plain scalars in its fields', () => {
    const isNamed = (schema: JsonSchema | undefined) => schema?.$ref !== undefined;
    const odd = definitions.flatMap(([name, { properties = {} }]) =>
      Object.entries(properties)
        .filter(([, field]) => {
          if (isNamed(field)) return false;
          if (field.type === 'array') return !isNamed(field.items);
          if (field.type === 'object') {
            return (
              !isNamed(field.propertyNames) || !isNamed(field.additionalProperties as JsonSchema | undefined)
            );
          }
          return !['string', 'integer', 'number', 'boolean'].includes(field.type ?? '');
        })
        .map(([key]) => `${name}.${key}`),
    );
    assert.deepEqual(odd, []);
  });

  it('never asks that something was done', () => {
    const dates = definitions.flatMap(([name, { required = [], properties = {} }]) =>
      required.filter(key => /_at$/.test(key) && properties[key]).map(key => `${name}.${key}`),
    );
    assert.deepEqual(dates, ['Review.reviewed_at', 'AspectEntry.set_at']);
  });

  it('has no word that YAML 1.1 would read as a boolean', () => {
    const words = definitions.flatMap(([, { oneOf = [] }]) => oneOf.map(word => String(word.const)));
    assert.deepEqual(
      words.filter(word => /^(?:y|n|yes|no|on|off|true|false|null)$/i.test(word)),
      [],
    );
  });

  it('does not know the risk level that was withdrawn in 2017', () => {
    const levels = guide.definition('RiskLevel')?.words?.map(({ value }) => value);
    assert.deepEqual(levels, ['no_apparent_risk', 'low', 'medium', 'high']);
  });

  it('has the outcome codes 0 to 22 as numbers', () => {
    const codes = guide.definition('OutcomeCode')?.words?.map(({ value }) => value);
    assert.deepEqual(
      codes,
      Array.from({ length: 23 }, (_, code) => code),
    );
  });
});

describe('the CEL types', () => {
  it('name only types that exist', () => {
    const known = new Set([
      'string',
      'int',
      'double',
      'bool',
      'Day',
      'google.protobuf.Timestamp',
      ...Object.keys(CEL_TYPES),
    ]);
    const inner = (type: string): string => {
      const match = /^(?:list<(.+)>|map<string, (.+)>)$/.exec(type);
      return match ? inner(match[1] ?? match[2] ?? '') : type;
    };
    const types = [ROOT_SECTIONS, ...Object.values(CEL_TYPES)].flatMap(fields => Object.values(fields));
    assert.deepEqual(
      types.filter(type => !known.has(inner(type))),
      [],
    );
  });

  it('tell instants from days, lists from maps by word, and numbers from texts', () => {
    assert.equal(CEL_TYPES.Recording?.reported_at, 'google.protobuf.Timestamp');
    assert.equal(CEL_TYPES.Action?.due, 'Day');
    assert.equal(CEL_TYPES.Recording?.offences, 'list<Offence>');
    assert.equal(CEL_TYPES.SuspectStrategy?.steps, 'map<string, StepAnswer>');
    assert.equal(CEL_TYPES.Grades?.themes, 'map<string, string>');
    assert.equal(CEL_TYPES.Closure?.proposed_outcome, 'int');
    assert.equal(CEL_TYPES.ContactEntry?.with, 'list<string>');
    assert.equal(ROOT_SECTIONS.missing, 'list<MissingEpisode>');
  });

  it('mark every free text, and nothing else', () => {
    assert.deepEqual(FREE_TEXT.VoiceOfChild, ['text']);
    assert.deepEqual(FREE_TEXT.StepAnswer, ['reason']);
    assert.equal(FREE_TEXT.BailAuthority, undefined);
  });
});

describe('the guide', () => {
  it('reads the same place by pointer and by segments', () => {
    assert.equal(guide.at('/persons/0/status'), guide.at(['persons', '0', 'status']));
    assert.equal(guide.at('/persons/0/status')?.name, 'SuspectStatus');
  });

  it('prefers the title of the field and keeps the description of the form', () => {
    const entry = guide.at('/review/reviewer');
    assert.equal(entry?.title, 'Reviewer');
    assert.match(entry?.formDescription ?? '', /^Pseudonym of an officer/);
  });

  it('calls what stands under a word by that word', () => {
    const entry = guide.at('/suspect_strategy/steps/scene_forensics');
    assert.equal(entry?.name, 'StepAnswer');
    assert.equal(entry?.title, 'Scene forensics');
    assert.equal(guide.at('/suspect_strategy/steps/crystal_ball'), undefined);
  });

  it('gives the fields in the order of the schema and marks the required ones', () => {
    const fields = guide.at('/review')?.properties ?? [];
    assert.deepEqual(
      fields.filter(({ isRequired }) => isRequired).map(({ key }) => key),
      ['id', 'kind', 'state', 'reviewed_at'],
    );
    assert.equal(fields[0]?.key, 'id');
    assert.equal(guide.root.properties[0]?.key, 'schema');
  });

  it('gives one property for each word of a map by word', () => {
    const steps = guide.at('/suspect_strategy/steps');
    assert.equal(steps?.type, 'words');
    assert.equal(steps?.properties.length, guide.definition('TracingStep')?.words?.length);
  });

  it('tells the words of a field that also takes refs, and that they are not all', () => {
    const party = guide.at('/victim_contact/log/0/with/0');
    assert.equal(party?.isWordOnly, false);
    assert.ok(party?.words?.some(({ value }) => value === 'parent'));
    assert.equal(guide.at('/review/state')?.isWordOnly, true);
  });

  it('tells the form of a date', () => {
    assert.equal(guide.at('/recording/reported_at')?.dateForm, 'instant');
    assert.equal(guide.at('/actions/0/due')?.dateForm, 'day');
    assert.equal(guide.at('/review/id')?.dateForm, undefined);
  });

  it('knows nothing below a scalar and nothing at an unknown key', () => {
    assert.equal(guide.at('/review/id/x'), undefined);
    assert.equal(guide.at('/nothing/here'), undefined);
    assert.equal(guide.at('/persons/first'), undefined);
    assert.equal(guide.at('/review/toString'), undefined);
  });

  it('follows a root that is a reference, as in the rule schema', () => {
    const rules = createSchemaGuide(readRuleSchema);
    assert.equal(rules.root.type, 'fields');
    assert.ok(rules.at('/versions/0/checks/0/message'));
  });
});

it('the ids of all shape findings begin with schema/', () => {
  for (const rule of Object.keys(SHAPE_RULES)) assert.match(rule, /^schema\/[a-z-]+$/);
});
