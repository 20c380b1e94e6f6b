/**
 * What a JSON Schema says about a place of a file: title, description, words, fields in order.
 * Findings, hovers, completion and the skeleton maker read the schema through this and in no other way.
 */
import { escapeSegment, parsePointer } from './locate.ts';

/** The part of JSON Schema 2020-12 that our schemas are written in. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly const?: string | number;
  readonly enum?: readonly (string | number)[];
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
}

/** One word of a vocabulary. A number is an integer code. */
export interface Word {
  readonly value: string | number;
  readonly title: string;
  readonly description: string;
}

/** `fields` has named fields, `words` is a map keyed by the words of a vocabulary or by names of a certain form. */
export type GuideType = 'fields' | 'words' | 'list' | 'text' | 'integer' | 'number' | 'boolean' | 'any';

/** `day` is a date or a date with time and zone. */
export type DateForm = 'instant' | 'day' | 'date';

export interface GuideProperty {
  readonly key: string;
  readonly entry: GuideEntry;
  readonly isRequired: boolean;
}

/** What may stand at one place. Title and description are those of the field where it has its own. */
export interface GuideEntry {
  /** The name in `$defs`, such as `StepAnswer` or `OfficerRef`. */
  readonly name: string | undefined;
  readonly title: string;
  readonly description: string;
  /** The description of the `$defs` entry itself: what the form is, wherever it is used. */
  readonly formDescription: string;
  readonly type: GuideType;
  /** The allowed words in the order of the schema. With `isWordOnly` false, other forms are allowed besides. */
  readonly words: readonly Word[] | undefined;
  readonly isWordOnly: boolean;
  readonly dateForm: DateForm | undefined;
  readonly pattern: string | undefined;
  readonly minimum: number | undefined;
  /** Of `fields`, in the order in which a reviewer fills them; of `words` with a vocabulary, one for each word. */
  readonly properties: readonly GuideProperty[];
  readonly required: readonly string[];
  /** What a key of `words` has to be. */
  readonly keys: GuideEntry | undefined;
  /** Of a list. */
  readonly items: GuideEntry | undefined;
  /** The entry below a key, or below any index of a list; undefined for an unknown key. */
  child(key: string): GuideEntry | undefined;
}

/** The definition of the schema of a review that stands for free text. */
export const FREE_TEXT = 'Text';
/** Those for references and codes of the force's own making: their form leaves out no name. */
export const FORCE_WORDS: readonly string[] = ['LocalReference', 'CodedValue'];

export interface SchemaGuide {
  readonly root: GuideEntry;
  /** By JSON pointer or by its segments; undefined where the schema knows no such place. */
  at(path: string | readonly string[]): GuideEntry | undefined;
  /** An entry of `$defs`, such as `TracingStep`. */
  definition(name: string): GuideEntry | undefined;
}

/** Words that a pack adds to vocabularies of a schema, by the name of the vocabulary. */
export type AddedWords = Readonly<
  Record<string, Readonly<Record<string, { readonly title: string; readonly description?: string }>>>
>;

/** The schema as if the words had always been in it. */
export function withWords(schema: JsonSchema, added: AddedWords): JsonSchema {
  const definitions: Record<string, JsonSchema> = { ...schema.$defs };
  for (const [name, words] of Object.entries(added)) {
    const { oneOf = [], ...rest } = definitions[name] ?? {};
    const own = Object.entries(words).map(([word, texts]) => ({ const: word, ...texts }));
    definitions[name] = { ...rest, oneOf: [...oneOf, ...own] };
  }
  return { ...schema, $defs: definitions };
}

/** The schema is read at the first question, since most runs never ask one. */
export function createSchemaGuide(readSchema: () => JsonSchema): SchemaGuide {
  let reader: SchemaReader | undefined;
  const read = () => {
    reader ??= new SchemaReader(readSchema());
    return reader;
  };
  return {
    get root() {
      return read().root;
    },
    at(path) {
      let entry: GuideEntry | undefined = read().root;
      const segments = typeof path === 'string' ? parsePointer(path) : path;
      for (const key of segments ?? []) entry = entry?.child(key);
      return entry;
    },
    definition: name => read().definition(name),
  };
}

/** A JSON pointer to a child. */
export function joinPointer(pointer: string, key: string | number): string {
  return `${pointer}/${escapeSegment(String(key))}`;
}

class SchemaReader {
  readonly root: GuideEntry;
  readonly #schema: JsonSchema;
  readonly #entries = new Map<JsonSchema, GuideEntry>();

  constructor(schema: JsonSchema) {
    this.#schema = schema;
    this.root = this.entry(schema);
  }

  definition(name: string): GuideEntry | undefined {
    const schema = this.#schema.$defs?.[name];
    return schema && this.#remembered(schema, () => new Entry(this, schema, schema, name));
  }

  entry(schema: JsonSchema): GuideEntry {
    return this.#remembered(schema, () => {
      let form = schema;
      let name: string | undefined;
      while (form.$ref !== undefined) {
        name = form.$ref.slice('#/$defs/'.length);
        form = this.#schema.$defs?.[name] ?? {};
      }
      return new Entry(this, schema, form, name);
    });
  }

  #remembered(schema: JsonSchema, make: () => GuideEntry): GuideEntry {
    let entry = this.#entries.get(schema);
    if (!entry) {
      entry = make();
      this.#entries.set(schema, entry);
    }
    return entry;
  }
}

const TYPES: Readonly<Record<string, GuideType>> = {
  string: 'text',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  array: 'list',
};

class Entry implements GuideEntry {
  readonly name: string | undefined;
  readonly title: string;
  readonly description: string;
  readonly formDescription: string;
  readonly type: GuideType;
  readonly words: readonly Word[] | undefined;
  readonly isWordOnly: boolean;
  readonly dateForm: DateForm | undefined;
  readonly pattern: string | undefined;
  readonly minimum: number | undefined;
  readonly required: readonly string[];
  readonly #reader: SchemaReader;
  readonly #form: JsonSchema;
  readonly #alternatives: readonly GuideEntry[];
  readonly #byWord = new Map<string, GuideEntry>();
  #properties: readonly GuideProperty[] | undefined;

  constructor(reader: SchemaReader, place: JsonSchema, form: JsonSchema, name: string | undefined) {
    this.#reader = reader;
    this.#form = form;
    this.name = name;
    this.title = place.title ?? form.title ?? '';
    this.description = place.description ?? form.description ?? '';
    this.formDescription = form.description ?? '';
    this.dateForm = readDateForm(form);
    this.#alternatives = this.dateForm
      ? []
      : (form.anyOf ?? []).map(alternative => reader.entry(alternative));
    const own = readWords(form);
    this.words = own ?? this.#alternatives.find(({ words }) => words)?.words;
    this.isWordOnly = own !== undefined;
    this.type = this.#readType();
    this.pattern = form.pattern;
    this.minimum = form.minimum;
    this.required = form.required ?? [];
  }

  get properties(): readonly GuideProperty[] {
    this.#properties ??= this.#readProperties();
    return this.#properties;
  }

  #readProperties(): readonly GuideProperty[] {
    const { properties, additionalProperties } = this.#form;
    if (properties) {
      return Object.entries(properties).map(([key, schema]) => ({
        key,
        entry: this.#reader.entry(schema),
        isRequired: this.required.includes(key),
      }));
    }
    if (this.type !== 'words' || typeof additionalProperties !== 'object') return [];
    return (this.keys?.words ?? []).map(word => ({
      key: String(word.value),
      entry: this.#underWord(word, additionalProperties),
      isRequired: false,
    }));
  }

  get keys(): GuideEntry | undefined {
    return this.#form.propertyNames && this.#reader.entry(this.#form.propertyNames);
  }

  get items(): GuideEntry | undefined {
    return this.#form.items && this.#reader.entry(this.#form.items);
  }

  child(key: string): GuideEntry | undefined {
    const { properties, additionalProperties } = this.#form;
    if (properties && Object.hasOwn(properties, key)) return this.#reader.entry(properties[key]!);
    if (this.type === 'list') return /^(?:\d+|-)$/.test(key) ? this.items : undefined;
    if (typeof additionalProperties === 'object') {
      const words = this.keys?.words;
      if (!words) return this.#reader.entry(additionalProperties);
      const word = words.find(({ value }) => String(value) === key);
      return word && this.#underWord(word, additionalProperties);
    }
    for (const alternative of this.#alternatives) {
      const found = alternative.child(key);
      if (found) return found;
    }
    return undefined;
  }

  /** What stands under a word of a vocabulary is called by that word: not "Answer" but "Scene forensics". */
  #underWord({ value, title, description }: Word, schema: JsonSchema): GuideEntry {
    const key = String(value);
    let entry = this.#byWord.get(key);
    if (!entry) {
      entry = this.#reader.entry({ ...schema, title, description });
      this.#byWord.set(key, entry);
    }
    return entry;
  }

  #readType(): GuideType {
    const { type, properties, additionalProperties } = this.#form;
    if (type === 'object')
      return !properties && typeof additionalProperties === 'object' ? 'words' : 'fields';
    if (type !== undefined) return TYPES[type] ?? 'any';
    if (this.isWordOnly) return typeof this.words?.[0]?.value === 'number' ? 'integer' : 'text';
    const [first, ...others] = this.#alternatives;
    return first && others.every(other => other.type === first.type) ? first.type : 'any';
  }
}

function readDateForm({ format, anyOf }: JsonSchema): DateForm | undefined {
  if (format === 'date-time') return 'instant';
  if (format === 'date') return 'date';
  return anyOf?.length && anyOf.every(alternative => alternative.format !== undefined) ? 'day' : undefined;
}

function readWords(schema: JsonSchema): readonly Word[] | undefined {
  if (schema.const !== undefined) return [toWord(schema.const, schema)];
  if (schema.enum) return schema.enum.map(value => toWord(value, {}));
  const words = schema.oneOf?.flatMap(word => (word.const === undefined ? [] : [toWord(word.const, word)]));
  return words?.length ? words : undefined;
}

function toWord(value: string | number, { title, description }: JsonSchema): Word {
  return { value, title: title ?? String(value), description: description ?? '' };
}
