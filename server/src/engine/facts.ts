/**
 * Facts: the located tree read with the types of the schema, in the form in which rules see a review.
 *
 * An absent section reads as an empty one and an absent list as an empty list, so rules need no guards for them;
 * an absent answer is undefined, and `has()` asks for it. What the schema or the parser rejected is unreadable:
 * touching it throws `Unreadable`, which keeps every rule silent that depends on it.
 */
import { Day } from '../calendar/day.ts';
import { parseInstant } from '../calendar/instant.ts';
import { parsePointer } from './locate.ts';
import type { MapNode, TreeNode } from './located-tree.ts';
import { isBlank } from './plain-value.ts';

/** Thrown when a rule touches a field that was rejected by the schema or lost in broken YAML. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** It says no more than its class, and the stack of an error costs more than a check. */
export const UNREADABLE = new Unreadable();

/** CEL type of every field, by type name: `{Person: {ref: 'string'}}`. */
export type FieldTypes = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** One object of a review. Fields are read by name, each only when it is asked for; `$node` is where it stands in the text. */
export interface Entry {
  readonly $node: TreeNode | undefined;
  readonly [field: string]: unknown;
}

/** The sections of a review, and which of them were looked at. */
export interface Sections extends Entry {
  readonly $reads: SectionReads;
}

/** Bits of what was looked at, so that who knows what has changed knows what to look at again. */
export class SectionReads {
  bits = 0;
  readonly #names: readonly string[];

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  /** For who looks at a place of the text and asks no section. */
  note(pointer: string): void {
    const end = pointer.indexOf('/', 1);
    const at = this.#names.indexOf(pointer.slice(1, end < 0 ? undefined : end));
    if (at >= 0) this.bits |= 1 << at;
  }
}

/** The sections as they stand in one text, to be compared with another reading of it. */
export interface SectionsBefore {
  readonly sections: Sections;
  readonly states: readonly SectionState[];
}

/** Where a section stands, and whether all of it or a part may not be read. */
interface SectionState {
  readonly node: TreeNode | undefined;
  readonly refused: Rejected | true | undefined;
}

type EntryClass = new (node: TreeNode | undefined, refused: Rejected | undefined) => Entry;

interface EntryState {
  readonly $node: TreeNode | undefined;
  readonly $refused: Rejected | undefined;
  readonly $values: unknown[];
}

/** JSON pointers as a tree: `true` rejects the whole place. */
type Rejected = ReadonlyMap<string, Rejected | true>;

const LIST = /^list<(.+)>$/;
const WORD_MAP = /^map<string, (.+)>$/;
const NO_ENTRIES: readonly never[] = Object.freeze([]);
const NO_WORDS: object = Object.freeze(Object.create(null));
const UNREAD = Symbol('unread');

type Read = (node: TreeNode | undefined, refused: Rejected | undefined) => unknown;

/** Builds facts for one schema. Make it once: it holds one class per object type. */
export class FactBuilder {
  readonly classes: ReadonlyMap<string, EntryClass>;
  readonly #empty = new Map<string, Entry>();
  readonly #sectionNames: readonly string[];

  /** `fields` names at most 28 sections, because their bits share a number with a few others. */
  constructor(fields: FieldTypes) {
    const names = new Set(Object.keys(fields));
    this.classes = new Map(
      Object.entries(fields).map(([name, own]) => [name, this.#entryClass(name, own, names)]),
    );
    for (const [name, type] of this.classes) this.#empty.set(name, new type(undefined, undefined));
    this.#sectionNames = Object.keys(fields[ROOT_TYPE] ?? {});
  }

  /**
   * The sections of a review by name. `rejected` holds JSON pointers of places that rules must not read;
   * `''` rejects everything.
   */
  build(root: TreeNode | undefined, rejected: Iterable<string>): Sections {
    const refused = rejectedTree(rejected);
    const sections = new (this.classes.get(ROOT_TYPE)!)(root, refused === true ? EVERYTHING : refused);
    return Object.assign(sections, { $reads: new SectionReads(this.#sectionNames) });
  }

  /**
   * What these sections are to be compared with later, and the bits of those that say something else than `before`.
   * A node that is the same object says the same, since a tree is built anew wherever it changes.
   */
  compare(sections: Sections, before: SectionsBefore | undefined): { now: SectionsBefore; changed: number } {
    const { $node, $refused, $values } = sections as Sections & EntryState;
    const states = this.#sectionNames.map(
      (name): SectionState => ({
        node: childOf($node, name),
        refused: $refused === EVERYTHING || $refused?.get(name),
      }),
    );
    let changed = 0;
    for (const [i, { node, refused }] of states.entries()) {
      const old = before?.states[i];
      // Of a part that may not be read nobody knows what it was before.
      if (!old || old.node !== node || old.refused !== refused || refused instanceof Map) changed |= 1 << i;
      else $values[i] = (before!.sections as Sections & EntryState).$values[i];
    }
    return { now: { sections, states }, changed };
  }

  #entryClass(name: string, own: Readonly<Record<string, string>>, names: ReadonlySet<string>): EntryClass {
    const size = Object.keys(own).length;
    const type = {
      [name]: class implements EntryState {
        readonly $node: TreeNode | undefined;
        readonly $refused: Rejected | undefined;
        readonly $values: unknown[];
        constructor(node: TreeNode | undefined, refused: Rejected | undefined) {
          this.$node = node;
          this.$refused = refused;
          this.$values = new Array(size).fill(UNREAD);
        }
      },
    }[name]!;
    Object.entries(own).forEach(([field, fieldType], i) => {
      const read = this.#reader(fieldType, names);
      const isSection = name === ROOT_TYPE;
      // `has()` cannot ask for a section, so one that is a single text reads as an empty text.
      const absent = isSection && fieldType === 'string' ? '' : undefined;
      function get(this: InstanceType<typeof type>) {
        const known = this.$values[i];
        if (known !== UNREAD) return known;
        const refused = this.$refused === EVERYTHING || this.$refused?.get(field);
        if (refused === true) throw UNREADABLE;
        const value = read(childOf(this.$node, field), refused || undefined) ?? absent;
        this.$values[i] = value;
        return value;
      }
      function getSection(this: InstanceType<typeof type> & { readonly $reads: SectionReads }) {
        this.$reads.bits |= 1 << i;
        return get.call(this);
      }
      Object.defineProperty(type.prototype, field, { get: isSection ? getSection : get });
    });
    return type as unknown as EntryClass;
  }

  #reader(type: string, names: ReadonlySet<string>): Read {
    const item = LIST.exec(type)?.[1];
    if (item) return this.#listReader(item, names);
    const word = WORD_MAP.exec(type)?.[1];
    if (word) return this.#wordMapReader(word, names);
    if (!names.has(type))
      return node =>
        node?.kind === 'scalar' && node.value !== null ? scalarFact(type, node.value) : undefined;
    return (node, refused) => {
      if (node?.kind !== 'map' && !refused) return this.#empty.get(type);
      return new (this.classes.get(type)!)(node, refused);
    };
  }

  #listReader(type: string, names: ReadonlySet<string>): Read {
    const read = this.#reader(type, names);
    return (node, refused) => {
      if (node?.kind !== 'seq' || node.items.length === 0) return NO_ENTRIES;
      return node.items.map((item, i) => {
        const part = refused?.get(String(i));
        if (part !== true) return read(item, part);
        // An entry none of whose fields can be read. A refused text reads as an empty one: no rule compares with that.
        return names.has(type) ? new (this.classes.get(type)!)(item, EVERYTHING) : '';
      });
    };
  }

  #wordMapReader(type: string, names: ReadonlySet<string>): Read {
    const read = this.#reader(type, names);
    return (node, refused) => {
      if (node?.kind !== 'map' && !refused) return NO_WORDS;
      const map: Record<string, unknown> = Object.create(null);
      for (const { key, value } of node?.kind === 'map' ? node.pairs : []) {
        const part = refused?.get(key);
        if (part !== true && !isBlank(value)) map[key] = read(value, part);
      }
      for (const [key, part] of refused ?? []) if (part === true) refuse(map, key);
      return map;
    };
  }
}

/** The type whose fields are the sections of a review. */
export const ROOT_TYPE = 'CaseReview';

/** Stands for "no field of this can be read". */
const EVERYTHING: Rejected = new Map();

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
      throw UNREADABLE;
    },
    enumerable: true,
  });
}

function rejectedTree(pointers: Iterable<string>): Rejected | true | undefined {
  let tree: Map<string, Rejected | true> | undefined;
  for (const pointer of pointers) {
    if (pointer === '') return true;
    tree ??= new Map();
    const segments = parsePointer(pointer) ?? [];
    let level: Map<string, Rejected | true> = tree;
    for (const [i, segment] of segments.entries()) {
      const next = level.get(segment);
      if (next === true) break;
      if (i === segments.length - 1) level.set(segment, true);
      else if (next) level = next as Map<string, Rejected | true>;
      else {
        const deeper = new Map<string, Rejected | true>();
        level.set(segment, deeper);
        level = deeper;
      }
    }
  }
  return tree;
}
