/**
 * The text of a new review, made from the schema and from what the policy asks of such a case. It is a draft that
 * says nothing yet: every field is empty and every question outstanding.
 */
import { OUTSTANDING } from '../check/checklist.ts';
import type { GuideEntry, GuideProperty, SchemaGuide } from '../engine/schema-guide.ts';

/**
 * What is asked of a case: for a map of answers, by its pointer (`/suspect_strategy/steps`, and `-` for an entry of
 * a list), the words that need one. A map without words stays out.
 */
export type Questions = Readonly<Record<string, readonly string[]>>;

export interface SkeletonOptions {
  readonly guide: SchemaGuide;
  readonly kinds: readonly string[];
  readonly id: string;
  readonly reviewer: string | undefined;
  /** An instant. */
  readonly reviewedAt: string;
  readonly questions: Questions;
  /** The id of the pack that asks; without one the review does not name it. */
  readonly pack?: string | undefined;
  /** The ref of the missing episode; without one the section for episodes is left empty. */
  readonly episode?: string | undefined;
}

export interface Skeleton {
  readonly text: string;
  /** The offset at which the reviewer writes first, in UTF-16 units. */
  readonly cursor: number;
}

/** The values that are known, by pointer. */
type Given = Readonly<Record<string, string>>;

/** Filled by later events, or with little use, and never by somebody who begins. */
const LEFT_OUT = ['/policy_pack/version', '/waivers'];
const FEW_WORDS = 6;

export function makeSkeleton(options: SkeletonOptions): Skeleton {
  const { guide, kinds, id, reviewer, reviewedAt, pack, episode } = options;
  const given: Given = {
    '/schema': 'case-review/1',
    ...(pack !== undefined && { '/policy_pack/id': pack }),
    '/review/id': id,
    '/review/kind': `[${kinds.join(', ')}]`,
    '/review/state': 'draft',
    '/review/reviewed_at': reviewedAt,
    ...(reviewer !== undefined && { '/review/reviewer': reviewer }),
    ...(episode !== undefined && { '/missing/-/ref': episode }),
  };
  const lines: string[] = [];
  for (const property of guide.root.properties) {
    lines.push(...formatSection(property, given, options.questions));
  }
  const text = `${lines.join('\n')}\n`;
  return { text, cursor: firstEmpty(text) };
}

function formatSection({ key, entry }: GuideProperty, given: Given, questions: Questions): string[] {
  const pointer = `/${key}`;
  if (LEFT_OUT.includes(pointer)) return [];
  const comment = `  # ${entry.description}`;
  const value = given[pointer];
  if (value !== undefined) return [`${key}: ${value}`];
  if (entry.type === 'fields') {
    const fields = canBegin(entry, pointer, given) ? formatFields(entry, pointer, given, questions) : [];
    return fields.length === 0 ? [] : ['', key + ':' + comment, ...indent(fields)];
  }
  const item = entry.items;
  if (item?.type === 'fields' && canBegin(item, `${pointer}/-`, given)) {
    const [first = '', ...rest] = formatFields(item, `${pointer}/-`, given, questions);
    return ['', key + ':' + comment, `  - ${first}`, ...indent(indent(rest))];
  }
  return entry.type === 'list' ? ['', key + ':' + comment] : [formatEmpty(key, entry)];
}

/** Fields can be begun only where everything that they must have is known. */
function canBegin(entry: GuideEntry, pointer: string, given: Given): boolean {
  return entry.required.every(key => given[`${pointer}/${key}`] !== undefined);
}

/** The fields of one map; what exists only where something happened is named in a comment, since empty it would claim to exist. */
function formatFields(entry: GuideEntry, pointer: string, given: Given, questions: Questions): string[] {
  const lines: string[] = [];
  const others: string[] = [];
  for (const { key, entry: field } of entry.properties) {
    const place = `${pointer}/${key}`;
    const value = given[place];
    const written =
      value === undefined ? formatField(key, field, place, given, questions) : [`${key}: ${value}`];
    if (written !== undefined) lines.push(...written);
    else if (!isAside(key)) others.push(key);
  }
  return others.length === 0 ? lines : [...lines, `# Where it applies: ${others.join(', ')}`];
}

/** Undefined for what the skeleton cannot begin. */
function formatField(
  key: string,
  field: GuideEntry,
  place: string,
  given: Given,
  questions: Questions,
): string[] | undefined {
  if (isAside(key)) return undefined;
  if (LEFT_OUT.includes(place)) return [];
  switch (field.type) {
    case 'words':
      return formatQuestions(key, field, questions[place] ?? []);
    case 'list':
      return field.items?.words === undefined ? undefined : [formatEmpty(key, field)];
    case 'fields':
      if (isAnswer(field)) return [`${key}: {state: outstanding}`];
      if (!Object.keys(questions).some(asked => asked.startsWith(`${place}/`))) return undefined;
      return [`${key}:`, ...indent(formatFields(field, place, given, questions))];
    default:
      return [formatEmpty(key, field)];
  }
}

function isAnswer(group: GuideEntry): boolean {
  return group.child('state')?.words?.some(word => word.value === OUTSTANDING) ?? false;
}

function formatQuestions(key: string, map: GuideEntry, words: readonly string[]): string[] | undefined {
  const known = words.filter(word => map.child(word) !== undefined);
  if (known.length === 0) return undefined;
  return [`${key}:`, ...indent(known.map(word => `${word}: {state: outstanding}`))];
}

/** Reasons and notes are written beside an answer that needs one. */
export function isAside(key: string): boolean {
  return /(?:^|_)(?:reason|reason_at|note)$/.test(key);
}

function formatEmpty(key: string, field: GuideEntry): string {
  const hint = hintOf(key, field);
  return hint === undefined ? `${key}:` : `${key}:  # ${hint}`;
}

/** What belongs behind an empty key: the form of a ref, a few words to choose from, or its title, unless the key says it. */
export function hintOf(key: string, field: GuideEntry): string | undefined {
  const { words = [], isWordOnly, pattern } = field.items?.words ? field.items : field;
  const prefix = /^\^([A-Z]+-)/.exec(pattern ?? '')?.[1];
  if (prefix !== undefined) return `${prefix}…`;
  if (isWordOnly && words.length > 0 && words.length <= FEW_WORDS)
    return words.map(({ value }) => value).join(', ');
  return saysTheSame(key, field.title) ? undefined : field.title;
}

function saysTheSame(key: string, title: string): boolean {
  const words = key.replaceAll('_', ' ');
  return [words, words.replace(/(?:^| )at$/, ' on').trim(), ''].includes(title.toLowerCase());
}

function indent(lines: readonly string[]): string[] {
  return lines.map(line => `  ${line}`);
}

function firstEmpty(text: string): number {
  const match = /^ *\w+: (?= #)/m.exec(text);
  return match === null ? text.length : match.index + match[0].length;
}
