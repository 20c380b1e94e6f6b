/**
 * What schema findings say. Only titles, allowed words and examples appear here: what the file holds at the place
 * may be a name and is never repeated.
 */
import type { DateForm, GuideEntry } from './schema-guide.ts';

/** Every rule id of the shape layer, with its title. */
export const SHAPE_RULES = {
  'schema/empty-file': 'A file holds a review',
  'schema/not-a-map': 'A review is a map of sections',
  'schema/unknown-field': 'Every field is a field of the schema',
  'schema/missing-field': 'An entry has the fields that identify it',
  'schema/wrong-type': 'A value is of the kind that its field holds',
  'schema/not-a-word': 'A word is one of its vocabulary',
  'schema/needs-quotes': 'Codes and texts that look like numbers are in quotes',
  'schema/bad-form': 'A ref, code or number has its form',
  'schema/bad-date': 'A date exists and has its form',
  'schema/empty-entry': 'A list has no empty entries',
} as const;

export type ShapeRule = keyof typeof SHAPE_RULES;

/** More words than this are left to completion. */
const MOST_WORDS = 12;

export function emptyFile(root: GuideEntry): string {
  return `This file is empty. ${sentence(root.title)} starts with: ${listed(root.required)}.`;
}

export function notAMap(root: GuideEntry): string {
  return `${sentence(root.title)} is a group of fields. Start with: ${listed(root.required)}.`;
}

/** What an unknown key may have been meant as: a sibling, or a field of this name in another section (`''` for a section itself). */
export interface KeyHint {
  readonly suggestion?: string | undefined;
  readonly home?: string | undefined;
}

export function unknownField(owner: GuideEntry, { suggestion, home }: KeyHint): string {
  const start = `${sentence(owner.title)} has no field of this name.`;
  if (suggestion !== undefined) return `${start} Did you mean "${suggestion}"?`;
  if (home === '') return `${start} It is a section of its own; check the indentation.`;
  if (home !== undefined) return `${start} It belongs under "${home}".`;
  const keys = owner.properties.map(({ key }) => key);
  return keys.length === 0 ? start : `${start} Its fields are: ${listed(keys)}.`;
}

export function unknownKey(owner: GuideEntry, { suggestion }: KeyHint): string {
  const keys = owner.keys;
  const start = `${sentence(owner.title)}: this key is not one of the words allowed.`;
  if (suggestion !== undefined) return `${start} Did you mean "${suggestion}"?`;
  if (keys?.words) return `${start} Use ${listed(keys.words.map(({ value }) => value))}.`;
  return `${sentence(owner.title)}: this key has the wrong form. ${keys?.description ?? ''}`.trimEnd();
}

export function missingField(owner: GuideEntry, key: string): string {
  const description = owner.child(key)?.description;
  return `${sentence(owner.title)} needs "${key}"${description ? `: ${lowerFirst(description)}` : '.'}`;
}

export function wrongType(entry: GuideEntry): string {
  const { title } = entry;
  switch (entry.type) {
    case 'list':
      return `${title} is a list; write each entry behind a dash.`;
    case 'fields':
    case 'words':
      return `${title} is a group of fields; write them below it, indented.`;
    case 'boolean':
      return `${title}: write true or false.`;
    case 'integer':
      return `${title}: write a whole number, without quotes.`;
    case 'number':
      return `${title}: write a number, without quotes.`;
    case 'text':
      return `${title}: write a single text here, not a list or group.`;
    case 'any':
      return `${title}: this is of the wrong kind. ${entry.formDescription}`.trimEnd();
  }
}

export function shorthand(entry: GuideEntry, key: string): string {
  return `${entry.title} is a group of fields; write the word under "${key}".`;
}

export function notAWord(entry: GuideEntry, suggestion: string | number | undefined): string {
  const start = `${entry.title}: this is not one of the words allowed.`;
  if (suggestion !== undefined) return `${start} Did you mean "${suggestion}"?`;
  return `${start} Use ${listed((entry.words ?? []).map(({ value }) => value))}.`;
}

export function needsQuotes(entry: GuideEntry, word: string | undefined): string {
  return word === undefined
    ? `${entry.title}: put this text in quotes.`
    : `${entry.title}: write "${word}" in quotes; it is a code, not a number.`;
}

export function needsNoQuotes(entry: GuideEntry): string {
  return `${entry.title}: write this number without quotes.`;
}

export function badForm(entry: GuideEntry): string {
  if (entry.minimum !== undefined && entry.pattern === undefined) {
    return `${entry.title}: write a number of ${entry.minimum} or more.`;
  }
  return `${entry.title}: this has the wrong form. ${entry.formDescription}`.trimEnd();
}

export function blankText(entry: GuideEntry): string {
  return `${entry.title}: this is blank. Write a few words, or leave the field empty without quotes.`;
}

/** What is wrong with a date, as far as its form tells. */
export type DateProblem = 'no-time' | 'no-zone' | 'no-seconds' | 'has-time' | 'impossible' | 'other';

const EXAMPLES: Readonly<Record<DateForm, string>> = {
  instant: '2026-02-03T15:40:00Z',
  day: '2026-02-03',
  date: '2026-02-03',
};

export function badDate(entry: GuideEntry, form: DateForm, problem: DateProblem): string {
  const example = `such as ${EXAMPLES[form]}`;
  switch (problem) {
    case 'no-time':
      return `${entry.title}: hours count here, so add a time and a zone, ${example}.`;
    case 'no-zone':
      return `${entry.title}: this time has no zone. Add Z or an offset, such as ${EXAMPLES.instant}.`;
    case 'no-seconds':
      return `${entry.title}: this time has no seconds. Write them, such as ${EXAMPLES.instant}.`;
    case 'has-time':
      return `${entry.title}: write a date without a time, ${example}.`;
    case 'impossible':
      return `${entry.title}: this date or time does not exist. Check the day, the month and the time.`;
    case 'other':
      return form === 'instant'
        ? `${entry.title}: write a date and time with a zone, year first, ${example}.`
        : `${entry.title}: write a date, year first, ${example}.`;
  }
}

export function emptyEntry(entry: GuideEntry): string {
  return `This entry is empty. Write ${article(entry.title)} behind the dash, or remove the dash.`;
}

export function emptyList(entry: GuideEntry): string {
  return `${entry.title} needs at least one entry.`;
}

function listed(words: readonly (string | number)[]): string {
  if (words.length <= MOST_WORDS) return words.join(', ');
  return `${words.slice(0, MOST_WORDS).join(', ')}, … (${words.length} words; see completion)`;
}

function sentence(title: string): string {
  return title === '' ? 'This' : title;
}

/** Only a plain first word: "Home Office" and "PNC" keep their capitals. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z]+ [a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function article(title: string): string {
  const word = lowerFirst(`${title} x`).slice(0, -2);
  return /^[aeiou]/i.test(word) ? `an ${word}` : `a ${word}`;
}
