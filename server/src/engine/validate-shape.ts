/**
 * The form of a file: runs the compiled JSON Schema on the located tree and says what is wrong as a person would,
 * one finding for each mistake at the smallest useful place. What a field means in time or law is the rules' matter.
 */

import { readReviewSchema } from '../generated/schemas.js';
import type { SchemaError, SchemaValidator } from '../generated/validators.js';
import { validateReview as reviewValidator } from '../generated/validators.js';
import { ItemKeys, keyedPath, parsePointer } from './locate.ts';
import type { MapNode, Pair, ParsedText, Span, TreeNode } from './located-tree.ts';
import { findNearest, type Nearest } from './nearest-word.ts';
import { isBlank, plainValue } from './plain-value.ts';
import type { Fix } from './report.ts';
import { createSchemaGuide, type GuideEntry, joinPointer, type SchemaGuide } from './schema-guide.ts';
import * as say from './shape-messages.ts';
import { type Complaint, complainAbout } from './shape-value.ts';

export interface ShapeFinding {
  readonly rule: say.ShapeRule;
  readonly message: string;
  readonly span: Span;
  /** The place judged. For an unknown field it is the owner, since the key itself may be a name. */
  readonly path: string;
  /** The path with refs and ids in place of indexes, for fingerprints. */
  readonly keyedPath: string;
  readonly fixes: readonly Fix[];
}

export interface ShapeResult {
  /** In the order of the text. */
  readonly findings: readonly ShapeFinding[];
  /** JSON pointers of places that rules must not judge, absent ones included; `''` is everything. */
  readonly rejected: ReadonlySet<string>;
}

/** A file with more mistakes than this is not a review; the first ones are enough. */
const MOST_FINDINGS = 200;

const SOUND: ShapeResult = { findings: [], rejected: new Set() };

export const reviewGuide: SchemaGuide = createSchemaGuide(readReviewSchema);

/** The sections in which nothing was wrong. While they are the same objects, they are not looked at again. */
export type SoundSections = WeakSet<TreeNode>;

/** `guide` may know more words than the schema: those that a pack adds. `sound` is kept from edit to edit. */
export function validateReview(
  parsed: ParsedText,
  guide: SchemaGuide = reviewGuide,
  sound?: SoundSections,
): ShapeResult {
  return validateShape(parsed, reviewValidator, guide, sound);
}

export function validateShape(
  parsed: ParsedText,
  validator: SchemaValidator,
  guide: SchemaGuide,
  sound?: SoundSections,
): ShapeResult {
  const { root, text } = parsed;
  if (root?.kind !== 'map') {
    // A text that could not be read at all has its finding from the parser.
    if (root === undefined && parsed.problems.length > 0) return { findings: [], rejected: new Set(['']) };
    const isEmpty = root === undefined || isBlank(root);
    const finding: ShapeFinding = {
      rule: isEmpty ? 'schema/empty-file' : 'schema/not-a-map',
      message: isEmpty ? say.emptyFile(guide.root) : say.notAMap(guide.root),
      span: firstLine(text, root?.start ?? 0),
      path: '',
      keyedPath: '',
      fixes: [],
    };
    return { findings: [finding], rejected: new Set(['']) };
  }
  const pairs = sound ? sectionsToValidate(root, guide, sound) : root.pairs;
  if (validator(plainValue({ ...root, pairs }))) {
    for (const { value } of pairs) sound?.add(value);
    return SOUND;
  }
  const errors = validator.errors ?? [];
  const faulty = new Set(errors.map(topKey));
  for (const { key, value } of pairs) if (!faulty.has(key)) sound?.add(value);
  return new ShapeReader(parsed, root, guide).read(errors);
}

/** Those that are not known to be sound, and those that have to be there. Of equal keys the last counts. */
function sectionsToValidate(root: MapNode, guide: SchemaGuide, sound: SoundSections): Pair[] {
  const counted = new Map(root.pairs.map(pair => [pair.key, pair]));
  return [...counted.values()].filter(
    ({ key, value }) => guide.root.required.includes(key) || !sound.has(value),
  );
}

const topKey = ({ instancePath, params }: SchemaError): string | undefined =>
  parsePointer(instancePath)?.[0] ?? params?.additionalProperty;

const holdsWord = (entry: GuideEntry | undefined, word: unknown): boolean =>
  entry?.words?.some(({ value }) => value === word) === true;

class ShapeReader {
  readonly #text: string;
  readonly #root: MapNode;
  readonly #guide: SchemaGuide;
  readonly #findings: Omit<ShapeFinding, 'keyedPath'>[] = [];
  readonly #rejected = new Set<string>();
  /** What was reported already, by path; and absent fields that an unknown key was meant for. */
  readonly #settled = new Set<string>();
  /** Of the maps on the way to a mistake: to look through a large one for each would take its square. */
  readonly #pairs = new Map<MapNode, ReadonlyMap<string, Pair>>();
  readonly #absent = new Map<MapNode, readonly string[]>();

  constructor(parsed: ParsedText, root: MapNode, guide: SchemaGuide) {
    this.#text = parsed.text;
    this.#root = root;
    this.#guide = guide;
  }

  read(errors: readonly SchemaError[]): ShapeResult {
    const own = withoutBranches(errors.filter(error => !this.#isAddedWord(error)));
    for (const error of own) this.#readUnknownKey(error);
    for (const error of own) this.#readMissing(error);
    for (const error of own) this.#readValue(error);
    const inOrder = this.#findings.sort(
      (a, b) =>
        a.span.start - b.span.start ||
        a.span.end - b.span.end ||
        (a.path < b.path ? -1 : a.path > b.path ? 1 : 0),
    );
    const keys = new ItemKeys();
    const findings = inOrder
      .slice(0, MOST_FINDINGS)
      .map(finding => ({ ...finding, keyedPath: keyedPath(this.#root, finding.path, keys) }));
    return { findings, rejected: this.#rejected };
  }

  /** The validator was compiled before a pack added its words; the guide knows them. */
  #isAddedWord({ instancePath, keyword, propertyName, params }: SchemaError): boolean {
    const key = propertyName ?? params?.propertyName;
    if (key !== undefined) return holdsWord(this.#guide.at(instancePath)?.keys, key);
    if (keyword !== 'enum' && keyword !== 'anyOf') return false;
    const { node } = this.#find(instancePath);
    return node?.kind === 'scalar' && holdsWord(this.#guide.at(instancePath), node.value);
  }

  #readUnknownKey({ instancePath: path, keyword, params, propertyName }: SchemaError): void {
    const key = keyword === 'additionalProperties' ? params?.additionalProperty : propertyName;
    // The parser has its own word for merge keys.
    if (key === undefined || key === '<<') return;
    const place = joinPointer(path, key);
    const { node } = this.#find(path);
    const owner = this.#guide.at(path);
    const pair = node?.kind === 'map' ? this.#pairOf(node, key) : undefined;
    if (!owner || !pair || node?.kind !== 'map' || !this.#settle(place)) return;
    const absent = this.#absentKeys(owner, node).filter(
      candidate => !this.#settled.has(joinPointer(path, candidate)),
    );
    const nearest = findNearest(key, absent);
    this.#rejected.add(place);
    if (nearest) {
      const meant = joinPointer(path, nearest.word);
      this.#rejected.add(meant);
      this.#settled.add(meant);
    }
    const isField = keyword === 'additionalProperties';
    const home = isField && !nearest ? this.#homeOf(key, owner) : undefined;
    if (home !== undefined) this.#rejected.add(joinPointer(home === '' ? '' : `/${home}`, key));
    const hint = { suggestion: nearest?.word, home };
    this.#add(
      path,
      {
        rule: isField ? 'schema/unknown-field' : owner.keys?.words ? 'schema/not-a-word' : 'schema/bad-form',
        message: isField ? say.unknownField(owner, hint) : say.unknownKey(owner, hint),
        fixes: nearest ? [renameFix(place, nearest)] : [],
      },
      pair.keySpan,
    );
  }

  /** The one other section that has a field of this name: the key was indented wrongly or put into the wrong section. */
  #homeOf(key: string, owner: GuideEntry): string | undefined {
    const { root } = this.#guide;
    if (root.properties.some(section => section.key === key)) return '';
    const homes = root.properties.filter(
      ({ entry }) => entry !== owner && entry.type === 'fields' && entry.child(key),
    );
    return homes.length === 1 ? homes[0]?.key : undefined;
  }

  #readMissing({ instancePath: path, keyword, params }: SchemaError): void {
    if (keyword !== 'required') return;
    const key = params?.missingProperty;
    const owner = this.#guide.at(path);
    if (!owner || key === undefined) return;
    const place = joinPointer(path, key);
    if (!this.#settle(place)) return;
    this.#rejected.add(place);
    const words = owner.child(key)?.words;
    const only = words?.length === 1 ? words[0] : undefined;
    this.#add(
      place,
      {
        rule: 'schema/missing-field',
        message: say.missingField(owner, key),
        fixes: only
          ? [{ title: `Add "${key}"`, safe: true, patch: [{ op: 'add', path: place, value: only.value }] }]
          : [],
      },
      this.#ownerSpan(path),
    );
  }

  #readValue({ instancePath: path, keyword, propertyName }: SchemaError): void {
    if (keyword === 'additionalProperties' || keyword === 'required' || keyword === 'propertyNames') return;
    if (propertyName !== undefined) return;
    const { node, pair } = this.#find(path);
    const entry = this.#guide.at(path);
    if (!entry || !node || !this.#settle(path)) return;
    this.#rejected.add(path);
    if (isBlank(node)) {
      this.#add(
        path,
        { rule: 'schema/empty-entry', message: say.emptyEntry(entry), fixes: [] },
        dashSpan(this.#text, node),
      );
      return;
    }
    const span = node.kind === 'scalar' ? node : (pair?.keySpan ?? this.#ownerSpan(path));
    this.#add(path, complainAbout({ entry, node, path, text: this.#text }), span);
  }

  #add(path: string, { rule, message, fixes }: Complaint, { start, end }: Span): void {
    this.#findings.push({ rule, message, span: { start, end }, path, fixes });
  }

  /** False where this place was settled before. */
  #settle(path: string): boolean {
    if (this.#settled.has(path)) return false;
    this.#settled.add(path);
    return true;
  }

  #find(path: string): { node: TreeNode | undefined; pair: Pair | undefined } {
    let node: TreeNode | undefined = this.#root;
    let pair: Pair | undefined;
    for (const key of parsePointer(path) ?? []) {
      pair = node?.kind === 'map' ? this.#pairOf(node, key) : undefined;
      node = node?.kind === 'seq' ? node.items[Number(key)] : pair?.value;
    }
    return { node, pair };
  }

  /** The last of equal keys, which is the one that counts. */
  #pairOf(node: MapNode, key: string): Pair | undefined {
    return remembered(this.#pairs, node, () => new Map(node.pairs.map(pair => [pair.key, pair]))).get(key);
  }

  #absentKeys(owner: GuideEntry, node: MapNode): readonly string[] {
    return remembered(this.#absent, node, () => absentKeys(owner, node));
  }

  /** The key of a map, or the first key of an entry of a list. */
  #ownerSpan(path: string): Span {
    const { node, pair } = this.#find(path);
    const first = node?.kind === 'map' ? node.pairs[0] : undefined;
    return pair?.keySpan ?? first?.keySpan ?? firstLine(this.#text, node?.start ?? 0, node?.end);
  }
}

/** Where one of several forms is allowed, what ajv says of each of them is noise: the place itself says it all. */
function withoutBranches(errors: readonly SchemaError[]): readonly SchemaError[] {
  const isChoice = ({ keyword }: SchemaError) => keyword === 'anyOf' || keyword === 'oneOf';
  const choices = new Set(errors.filter(isChoice).map(error => error.instancePath));
  if (choices.size === 0) return errors;
  const isBelow = (path: string) => {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (choices.has(path.slice(0, end))) return true;
    }
    return false;
  };
  return errors.filter(
    error => (isChoice(error) || !choices.has(error.instancePath)) && !isBelow(error.instancePath),
  );
}

function absentKeys(owner: GuideEntry, node: MapNode): string[] {
  const present = new Set(node.pairs.filter(pair => !isBlank(pair.value)).map(pair => pair.key));
  return owner.properties.map(({ key }) => key).filter(key => !present.has(key));
}

function renameFix(path: string, { word, isSame }: Nearest<string>): Fix {
  return { title: `Rename to "${word}"`, safe: isSame, patch: [{ op: 'rename', path, value: word }] };
}

function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

/** An empty entry lies behind its dash; a written null marks itself. */
function dashSpan(text: string, node: TreeNode): Span {
  if (node.end > node.start) return node;
  const dash = text.lastIndexOf('-', node.start - 1);
  return dash >= 0 && text.slice(dash + 1, node.start).trim() === '' ? { start: dash, end: dash + 1 } : node;
}

function firstLine(text: string, start: number, end = text.length): Span {
  const length = text.slice(start, end).search(/[\r\n]/);
  return { start, end: length < 0 ? end : start + length };
}
