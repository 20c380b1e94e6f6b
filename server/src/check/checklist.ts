/**
 * The checklist of a review: its sections and their questions, each answered, outstanding, in breach or not applicable.
 * Pure. A question is what the review says, and what schema and policy ask of it besides: the rules' findings name the
 * places that lack an answer, so that no list of questions is kept twice.
 */
import {
  escapeSegment,
  findNode,
  findPair,
  identifierOf,
  isPair,
  nearest,
  spanOf,
} from '../engine/locate.ts';
import type { ParsedText, ScalarNode, Span, TreeNode } from '../engine/located-tree.ts';
import { isBlank } from '../engine/plain-value.ts';
import { type Finding, isCovered, type PatchOperation, type Report } from '../engine/report.ts';
import type { GuideEntry, SchemaGuide } from '../engine/schema-guide.ts';
import { reviewGuide } from '../engine/validate-shape.ts';
import type { Say } from '../texts/say.ts';

/** The vocabulary's word for what is not answered yet: skeletons and fixes write it. */
export const OUTSTANDING = 'outstanding';

/**
 * From the one that needs most attention to the one that needs none. What a draft calls outstanding waits for its writer;
 * a complete review says with that word how the case was left, and nothing is asked of the writer any more.
 */
export const QUESTION_STATES = [
  'inBreach',
  'outstanding',
  'leftOutstanding',
  'answered',
  'notApplicable',
] as const;
export type QuestionState = (typeof QUESTION_STATES)[number];

const STATE_WORDS: Readonly<Record<QuestionState, (say: Say) => string>> = {
  inBreach: say => say('in breach'),
  outstanding: say => say('outstanding'),
  leftOutstanding: say => say('left outstanding'),
  answered: say => say('answered'),
  notApplicable: say => say('not applicable'),
};

const COUNT_WORDS: Readonly<Record<QuestionState, (say: Say, count: number) => string>> = {
  inBreach: (say, count) => say('{count} in breach', { count }),
  outstanding: (say, count) => say('{count} outstanding', { count }),
  leftOutstanding: (say, count) => say('{count} left outstanding', { count }),
  answered: (say, count) => say('{count} answered', { count }),
  notApplicable: (say, count) => say('{count} not applicable', { count }),
};

export type QuestionCounts = Readonly<Record<QuestionState, number>>;

/** A question, or a group of them. */
export interface ChecklistItem {
  /** JSON pointer of the answer, which may be absent from the text. */
  readonly pointer: string;
  readonly title: string;
  readonly description: string;
  /** Of a group, the state in it that needs most attention. */
  readonly state: QuestionState;
  /** Where the answer stands, or the nearest place to where it belongs. */
  readonly span: Span;
  /** Whether the answer is to be written over what stands there: the word `outstanding`. */
  readonly isPlaceholder: boolean;
  /** What decides the state; findings that somebody has answered for decide nothing. */
  readonly findings: readonly Finding[];
  /** The questions of a group; empty for a question. */
  readonly items: readonly ChecklistItem[];
}

export interface ChecklistSection extends ChecklistItem {
  /** The key of the section, such as `victim_contact`. */
  readonly key: string;
  readonly counts: QuestionCounts;
}

export interface Checklist {
  /** In the order of the schema; only sections with questions. */
  readonly sections: readonly ChecklistSection[];
  readonly counts: QuestionCounts;
}

/** Not what was done, but how the review was made and judged. */
const NO_SECTIONS = ['policy_pack', 'waivers'];
/** Findings about the review as a whole stand here. */
const HEAD = 'review';
/** The fields in which an answer says that there is none yet, or that none is needed. */
const ANSWERING_FIELDS = ['state', 'decision', 'disposition'];

export function readChecklist(parsed: ParsedText, report: Report, guide: SchemaGuide): Checklist {
  const sections = new ChecklistReader(parsed, report).sections(guide);
  return { sections, counts: countQuestions(sections) };
}

/** Of a question its state, of a group how many questions are in which. */
export function describeItem(item: ChecklistItem, say: Say): string {
  return item.items.length === 0 ? STATE_WORDS[item.state](say) : describeCounts(countQuestions([item]), say);
}

/** Such as `1 in breach, 3 outstanding, 12 answered`, so that what matters is cut off last; empty without questions. */
export function describeCounts(counts: QuestionCounts, say: Say): string {
  return QUESTION_STATES.filter(state => counts[state] > 0)
    .map(state => COUNT_WORDS[state](say, counts[state]))
    .join(', ');
}

/** Such as `14 of 61 answered · 2 in breach`: of the questions that apply, those that need nothing any more. */
export function describeProgress(counts: QuestionCounts, say: Say): string {
  const answered = counts.answered + counts.leftOutstanding;
  const all = answered + counts.outstanding + counts.inBreach;
  const told = (['inBreach', 'leftOutstanding'] as const).filter(state => counts[state] > 0);
  return [
    say('{answered} of {all} answered', { answered, all }),
    ...told.map(state => COUNT_WORDS[state](say, counts[state])),
  ].join(' · ');
}

function countQuestions(items: readonly ChecklistItem[]): QuestionCounts {
  const counts = { inBreach: 0, outstanding: 0, leftOutstanding: 0, answered: 0, notApplicable: 0 };
  const count = ({ items: below, state }: ChecklistItem): void => {
    if (below.length === 0) counts[state] += 1;
    else below.forEach(count);
  };
  items.forEach(count);
  return counts;
}

class ChecklistReader {
  readonly #parsed: ParsedText;
  readonly #isComplete: boolean;
  /** The findings at a place and below it. */
  readonly #within = new Map<string, Finding[]>();
  /** The findings at exactly a place. */
  readonly #at = new Map<string, Finding[]>();
  /** The names of what findings ask for below a place. */
  readonly #asked = new Map<string, Set<string>>();
  readonly #grouped = new Map<GuideEntry, boolean>();

  constructor(parsed: ParsedText, { state, findings }: Report) {
    this.#parsed = parsed;
    this.#isComplete = state === 'complete';
    const isSection = (path: string) => isSectionKey(path.split('/', 2)[1] ?? '');
    for (const finding of findings) {
      if (stateOf(finding) === undefined) continue;
      for (const path of askedPlaces(finding)) this.#note(isSection(path) ? path : `/${HEAD}`, finding);
    }
  }

  sections(guide: SchemaGuide): ChecklistSection[] {
    const { root } = this.#parsed;
    return guide.root.properties.flatMap(({ key, entry }) => {
      if (!isSectionKey(key)) return [];
      const node = root?.kind === 'map' ? findPair(root, key)?.value : undefined;
      const pointer = `/${key}`;
      const items = this.#children(entry, node, pointer);
      if (items.length === 0) return [];
      return [{ ...this.#group(entry.title, entry, pointer, items), key, counts: countQuestions(items) }];
    });
  }

  #note(path: string, finding: Finding): void {
    add(this.#at, path, finding);
    for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
      add(this.#within, at, finding);
      const slash = at.lastIndexOf('/');
      const parent = at.slice(0, slash);
      this.#asked.set(parent, (this.#asked.get(parent) ?? new Set()).add(at.slice(slash + 1)));
    }
  }

  /** What is asked about the group itself, then its questions: fields in the order of the schema, the rest as written. */
  #children(entry: GuideEntry, node: TreeNode | undefined, pointer: string): ChecklistItem[] {
    const own = this.#at.has(pointer) ? [this.#question(entry.title, entry, node, pointer)] : [];
    const asked = this.#asked.get(pointer) ?? new Set<string>();
    if (entry.type === 'list') {
      const entries = node?.kind === 'seq' ? node.items : [];
      const absent = [...asked].filter(index => entries[Number(index)] === undefined);
      return [
        ...own,
        ...entries.flatMap((item, i) => this.#item(identifierOf(item), entry.items, item, `${pointer}/${i}`)),
        ...absent.flatMap(index => this.#item(undefined, entry.items, undefined, `${pointer}/${index}`)),
      ];
    }
    const pairs = node?.kind === 'map' ? node.pairs : [];
    const written = new Map(pairs.map(({ key, value }) => [escapeSegment(key), value]));
    const keys = new Set([...written.keys(), ...asked]);
    const order = entry.type === 'fields' ? entry.properties.map(({ key }) => key) : [...keys];
    return [
      ...own,
      ...order
        .filter(key => keys.has(key))
        .flatMap(key => this.#item(undefined, entry.child(key), written.get(key), `${pointer}/${key}`)),
    ];
  }

  #item(
    name: string | undefined,
    entry: GuideEntry | undefined,
    node: TreeNode | undefined,
    pointer: string,
  ): ChecklistItem[] {
    if (entry === undefined || !(isWritten(node) || this.#within.has(pointer))) return [];
    const title = name ?? entry.title;
    if (!this.#holdsAnswers(entry)) return [this.#question(title, entry, node, pointer)];
    const items = this.#children(entry, node, pointer);
    return items.length === 0 ? [] : [this.#group(title, entry, pointer, items)];
  }

  #question(
    title: string,
    { description }: GuideEntry,
    node: TreeNode | undefined,
    pointer: string,
  ): ChecklistItem {
    const isGroup = this.#at.has(pointer) && node !== undefined && node.kind !== 'scalar';
    const findings = (isGroup ? this.#at : this.#within).get(pointer) ?? [];
    const state = worst([...findings.map(finding => stateOf(finding)!), this.#writtenState(node)]);
    const { root, text } = this.#parsed;
    // What is found about the review as a whole may have a key of its own, such as the marking.
    const asked = [node, ...findings.map(({ path }) => findNode(root, path))];
    const [open] = asked.flatMap(one => openSpan(one, text) ?? []);
    const wanted = node === undefined ? pointer : (findings[0]?.path ?? pointer);
    const span = open ?? gapFor(root, wanted, text) ?? findings[0]?.span ?? spanOf(root, pointer, text);
    const isPlaceholder = open !== undefined && open.end > open.start;
    return { pointer, title, description, state, span, isPlaceholder, findings, items: [] };
  }

  #group(
    title: string,
    { description }: GuideEntry,
    pointer: string,
    items: readonly ChecklistItem[],
  ): ChecklistItem {
    const span = spanOf(this.#parsed.root, pointer, this.#parsed.text);
    const state = worst(items.map(item => item.state));
    return { pointer, title, description, state, span, isPlaceholder: false, findings: [], items };
  }

  /** What the review itself says; of a list, what most needs attention among its entries. */
  #writtenState(node: TreeNode | undefined): QuestionState {
    if (node?.kind === 'seq') return worst(node.items.map(item => this.#writtenState(item)));
    const words = answeringValues(node).map(({ value }) => value);
    if (words.includes(OUTSTANDING)) return this.#isComplete ? 'leftOutstanding' : 'outstanding';
    return words.includes('not_applicable') ? 'notApplicable' : 'answered';
  }

  /** Whether a place is answered word by word, as the steps of suspect tracing are. */
  #holdsAnswers(entry: GuideEntry): boolean {
    let holds = this.#grouped.get(entry);
    if (holds === undefined) {
      const below = entry.items ? [entry.items] : entry.properties.map(property => property.entry);
      holds = entry.type === 'words' || below.some(one => this.#holdsAnswers(one));
      this.#grouped.set(entry, holds);
    }
    return holds;
  }
}

function isSectionKey(key: string): boolean {
  const type = reviewGuide.root.child(key)?.type;
  return (type === 'fields' || type === 'list') && !NO_SECTIONS.includes(key);
}

/** Undefined for what says nothing about the answer. */
function stateOf(finding: Finding): QuestionState | undefined {
  const { outcome, rule } = finding;
  if (isCovered(finding) || outcome === 'cannot-tell' || rule === 'internal-error') return undefined;
  // What the schema or the parser rejects has still to be answered.
  return outcome === 'breach' ? 'inBreach' : 'outstanding';
}

/** A finding that offers to add what is outstanding asks for each of these; any other asks for its own place. */
function askedPlaces({ path, outcome, fixes }: Finding): readonly string[] {
  const offered = outcome === 'not-recorded' ? (fixes[0]?.patch ?? []) : [];
  const asked = offered.filter(addsOutstanding);
  return asked.length === 0 ? [path] : asked.map(operation => operation.path);
}

/** Whether a fix adds a question that is still to be answered. */
export function addsOutstanding({ op, value }: PatchOperation): boolean {
  const words = typeof value === 'object' && value !== null ? Object.values(value) : [value];
  return op === 'add' && words.includes(OUTSTANDING);
}

/** An empty value, and a group of nothing else, is the same as an absent one. */
function isWritten(node: TreeNode | undefined): boolean {
  if (node?.kind === 'map') return node.pairs.some(({ value }) => isWritten(value));
  return node?.kind === 'seq' ? node.items.some(isWritten) : node !== undefined && !isBlank(node);
}

/** Where somebody writes who answers: behind a key without a value, or over the word `outstanding`. */
function openSpan(node: TreeNode | undefined, text: string): Span | undefined {
  if (node === undefined) return undefined;
  if (isBlank(node)) return behindColon(node.start, text);
  return answeringValues(node).find(({ value }) => value === OUTSTANDING);
}

/**
 * Where an answer that the text lacks is written: behind the key of what it belongs to, which completion takes for a line
 * of its own below; in braces behind the last answer; behind what names an entry of a list; a section at the end.
 */
function gapFor(root: TreeNode | undefined, pointer: string, text: string): Span | undefined {
  const place = nearest(root, pointer);
  if (place === undefined || place.found) return undefined;
  const { node } = place;
  const { parent } = node;
  if (node.kind === 'scalar') return isBlank(node) ? behindColon(node.start, text) : undefined;
  if (node.flow)
    return /[}\]]/.test(text[node.end - 1]!) ? at(text.slice(0, node.end - 1).trimEnd().length) : undefined;
  if (parent === undefined) return at(text.length);
  if (!isPair(parent)) return at(spanOf(root, place.pointer, text).end);
  const { end } = parent.keySpan;
  return text[end] === ':' ? behindColon(end + 1, text) : undefined;
}

function behindColon(offset: number, text: string): Span {
  return at(text[offset] === ' ' ? offset + 1 : offset);
}

function at(offset: number): Span {
  return { start: offset, end: offset };
}

function answeringValues(node: TreeNode | undefined): ScalarNode[] {
  const pairs = node?.kind === 'map' ? node.pairs : [];
  return pairs.flatMap(({ key, value }) =>
    ANSWERING_FIELDS.includes(key) && value.kind === 'scalar' ? [value] : [],
  );
}

function worst(states: readonly QuestionState[]): QuestionState {
  return QUESTION_STATES.find(state => states.includes(state)) ?? 'answered';
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
