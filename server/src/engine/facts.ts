/**
 * Facts: the located tree read with the types of the schema, in the form in which rules see a review.
 *
 * An absent section reads as an empty one and an absent list as an empty list, so rules need no guards for them;
 * an absent answer is undefined, and `has()` asks for it. What the schema or the parser rejected is unreadable:
 * touching it throws `Unreadable`, which keeps every rule silent that depends on it.
 */
import { Day } from '../calendar/day.ts';
import { parseInstant } from '../calendar/instant.ts';
import type { MapNode, TreeNode } from './located-tree.ts';
import { isBlank } from './plain-value.ts';

/** Thrown when a rule touches a field that was rejected by the schema or lost in broken YAML. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** CEL type of every field, by type name: `{Person: {ref: 'string'}}`. */
export type FieldTypes = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** One object of a review. Fields are read by name; `$node` is where it stands in the text. */
export interface Entry {
  readonly $node: TreeNode | undefined;
  readonly [field: string]: unknown;
}

type EntryClass = new (node: TreeNode | undefined) => Entry;

/** JSON pointers as a tree: `true` rejects the whole place. */
type Rejected = Map<string, Rejected | true>;

const LIST = /^list<(.+)>$/;
const WORD_MAP = /^map<string, (.+)>$/;
const NO_ENTRIES: readonly never[] = Object.freeze([]);
const NO_WORDS: object = Object.freeze(Object.create(null));

/** Builds facts for one schema. Make it once: it holds one class per object type. */
export class FactBuilder {
  readonly classes: ReadonlyMap<string, EntryClass>;
  readonly #fields: FieldTypes;
  readonly #empty = new Map<string, Entry>();

  constructor(fields: FieldTypes) {
    this.#fields = fields;
    this.classes = new Map(Object.keys(fields).map(name => [name, entryClass(name)]));
    for (const name of this.classes.keys()) this.#emptyEntry(name);
  }

  /**
   * The sections of a review by name. `rejected` holds JSON pointers of places that rules must not read;
   * `''` rejects everything.
   */
  build(root: TreeNode | undefined, sections: Readonly<Record<string, string>>, rejected: Iterable<string>): object {
    const refused = rejectedTree(rejected);
    const facts = {};
    for (const [name, type] of Object.entries(sections)) {
      if (refused === true) refuse(facts, name);
      else this.#setField(facts, name, type, childOf(root, name), refused?.get(name));
    }
    return facts;
  }

  #setField(owner: object, name: string, type: string, node: TreeNode | undefined, refused: Rejected | true | undefined) {
    if (refused === true) return refuse(owner, name);
    (owner as Record<string, unknown>)[name] = this.#value(type, node, refused);
  }

  #value(type: string, node: TreeNode | undefined, refused: Rejected | undefined): unknown {
    const item = LIST.exec(type)?.[1];
    if (item) return this.#list(item, node, refused);
    const word = WORD_MAP.exec(type)?.[1];
    if (word) return this.#wordMap(word, node, refused);
    if (this.#fields[type]) return this.#entry(type, node, refused);
    return node?.kind === 'scalar' && node.value !== null ? scalarFact(type, node.value) : undefined;
  }

  #entry(type: string, node: TreeNode | undefined, refused: Rejected | undefined): Entry {
    if (node?.kind !== 'map' && !refused) return this.#emptyEntry(type);
    const entry = new (this.classes.get(type)!)(node);
    const map = node?.kind === 'map' ? node : undefined;
    const fields = this.#fields[type]!;
    for (const name in fields) this.#setField(entry, name, fields[name]!, childOf(map, name), refused?.get(name));
    return entry;
  }

  #list(type: string, node: TreeNode | undefined, refused: Rejected | undefined): readonly unknown[] {
    if (node?.kind !== 'seq' || node.items.length === 0) return NO_ENTRIES;
    return node.items.map((item, i) => {
      const part = refused?.get(String(i));
      return part === true ? this.#refusedItem(type) : this.#value(type, item, part);
    });
  }

  #wordMap(type: string, node: TreeNode | undefined, refused: Rejected | undefined): object {
    if (node?.kind !== 'map' && !refused) return NO_WORDS;
    const map: object = Object.create(null);
    for (const pair of node?.kind === 'map' ? node.pairs : []) {
      if (!isBlank(pair.value)) this.#setField(map, pair.key, type, pair.value, refused?.get(pair.key));
    }
    for (const [key, part] of refused ?? []) if (part === true) refuse(map, key);
    return map;
  }

  /** An entry none of whose fields can be read. A refused text reads as an empty one: no rule compares with that. */
  #refusedItem(type: string): unknown {
    const fields = this.#fields[type];
    if (!fields) return type === 'string' ? '' : undefined;
    const entry = new (this.classes.get(type)!)(undefined);
    for (const name in fields) refuse(entry, name);
    return entry;
  }

  #emptyEntry(type: string): Entry {
    let entry = this.#empty.get(type);
    if (!entry) {
      entry = new (this.classes.get(type)!)(undefined);
      this.#empty.set(type, entry);
      const fields = this.#fields[type]!;
      for (const name in fields) this.#setField(entry, name, fields[name]!, undefined, undefined);
    }
    return entry;
  }
}

function entryClass(name: string): EntryClass {
  return {
    [name]: class {
      readonly $node: TreeNode | undefined;
      constructor(node: TreeNode | undefined) {
        this.$node = node;
      }
    },
  }[name] as unknown as EntryClass;
}

function childOf(node: TreeNode | undefined, name: string): TreeNode | undefined {
  if (node?.kind !== 'map') return undefined;
  const pairs = (node as MapNode).pairs;
  for (let i = pairs.length - 1; i >= 0; i--) if (pairs[i]!.key === name) return pairs[i]!.value;
  return undefined;
}

function scalarFact(type: string, value: string | number | boolean): unknown {
  switch (type) {
    case 'string':
      return typeof value === 'string' ? value : undefined;
    case 'int':
      return Number.isSafeInteger(value) ? BigInt(value) : undefined;
    case 'double':
      return typeof value === 'number' ? value : undefined;
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'Day':
      return typeof value === 'string' ? Day.parse(value) : undefined;
    case 'google.protobuf.Timestamp':
      return typeof value === 'string' ? parseInstant(value) : undefined;
    default:
      return undefined;
  }
}

function refuse(owner: object, name: string): void {
  Object.defineProperty(owner, name, {
    get() {
      throw new Unreadable();
    },
    enumerable: true,
  });
}

function rejectedTree(pointers: Iterable<string>): Rejected | true | undefined {
  let tree: Rejected | undefined;
  for (const pointer of pointers) {
    if (pointer === '') return true;
    tree ??= new Map();
    const segments = pointer.slice(1).split('/').map(s => s.replaceAll('~1', '/').replaceAll('~0', '~'));
    let level = tree;
    segments.forEach((segment, i) => {
      const next = level.get(segment);
      if (next === true) return;
      if (i === segments.length - 1) level.set(segment, true);
      else if (next) level = next;
      else {
        const deeper: Rejected = new Map();
        level.set(segment, deeper);
        level = deeper;
      }
    });
  }
  return tree;
}
