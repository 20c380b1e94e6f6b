/** What is wrong with one value, and which edits would put it right. */
import { FORMS, isDate } from './date-forms.ts';
import type { ScalarNode, TreeNode } from './located-tree.ts';
import { findNearest } from './nearest-word.ts';
import type { Fix } from './report.ts';
import type { DateForm, GuideEntry } from './schema-guide.ts';
import * as say from './shape-messages.ts';

export interface Complaint {
  readonly rule: say.ShapeRule;
  readonly message: string;
  readonly fixes: readonly Fix[];
}

export interface Judged<Node extends TreeNode = TreeNode> {
  readonly entry: GuideEntry;
  readonly node: Node;
  readonly path: string;
  readonly text: string;
}

/** The value is known not to fit its entry. */
export function complainAbout(judged: Judged): Complaint {
  const { entry, node } = judged;
  if (entry.type === 'list') return node.kind === 'seq' ? emptyList(entry) : notAList(judged);
  if (entry.type === 'fields' || entry.type === 'words') return notFields(judged);
  if (node.kind !== 'scalar') return { rule: 'schema/wrong-type', message: say.wrongType(entry), fixes: [] };
  const scalar: Judged<ScalarNode> = { ...judged, node };
  if (entry.dateForm) return badDate(scalar, entry.dateForm);
  if (entry.words) return notAWord(scalar);
  switch (entry.type) {
    case 'boolean':
      return notABoolean(scalar);
    case 'integer':
    case 'number':
      return notANumber(scalar);
    case 'text':
      return typeof node.value === 'string' ? badForm(scalar) : needsQuotes(scalar, undefined);
    default:
      return { rule: 'schema/wrong-type', message: say.wrongType(entry), fixes: [] };
  }
}

function emptyList(entry: GuideEntry): Complaint {
  return { rule: 'schema/missing-field', message: say.emptyList(entry), fixes: [] };
}

function notAList({ entry, node, path }: Judged): Complaint {
  const value = node.kind === 'scalar' ? node.value : undefined;
  const words = entry.items?.words?.map(word => word.value);
  const fits = value !== undefined && typeof value !== 'boolean' && value !== null && words?.includes(value);
  return {
    rule: 'schema/wrong-type',
    message: say.wrongType(entry),
    fixes: fits ? [replace('Write it as a list', true, path, [value])] : [],
  };
}

/** A bare word where a group is wanted, such as `pnc: done`, is put under the field it is a word of. */
function notFields({ entry, node, path }: Judged): Complaint {
  const key = entry.required[0];
  const words = key === undefined ? undefined : entry.child(key)?.words;
  if (node.kind === 'scalar' && key !== undefined && words?.some(word => word.value === node.value)) {
    const fixes = [replace(`Write it under "${key}"`, true, path, { [key]: node.value })];
    return { rule: 'schema/wrong-type', message: say.shorthand(entry, key), fixes };
  }
  return { rule: 'schema/wrong-type', message: say.wrongType(entry), fixes: [] };
}

function notAWord(judged: Judged<ScalarNode>): Complaint {
  const { entry, node, path, text } = judged;
  const words = (entry.words ?? []).map(({ value }) => value);
  const written = node.quoted ? String(node.value) : text.slice(node.start, node.end);
  const isCode = typeof words[0] === 'string';
  const meant = words.find(word => String(word) === written);
  if (meant !== undefined && isCode) return needsQuotes(judged, written);
  if (meant !== undefined) return needsNoQuotes(judged, meant);
  const nearest = isCode || words.length === 1 ? findNearest(written, words) : undefined;
  if (!nearest && !entry.isWordOnly) return badForm(judged);
  return {
    rule: 'schema/not-a-word',
    message: say.notAWord(entry, nearest?.word),
    fixes: nearest ? [replace(`Write "${nearest.word}"`, nearest.isSame, path, nearest.word)] : [],
  };
}

function needsQuotes({ entry, node, path, text }: Judged<ScalarNode>, word: string | undefined): Complaint {
  const written = text.slice(node.start, node.end);
  return {
    rule: 'schema/needs-quotes',
    message: say.needsQuotes(entry, word),
    fixes: fits(entry, written) ? [replace('Put it in quotes', true, path, written)] : [],
  };
}

function needsNoQuotes({ entry, path }: Judged<ScalarNode>, value: string | number): Complaint {
  const fixes = [replace('Write it without quotes', true, path, value)];
  return { rule: 'schema/wrong-type', message: say.needsNoQuotes(entry), fixes };
}

const TRUE = /^(?:y|yes|on|true)$/i;
const FALSE = /^(?:n|no|off|false)$/i;

function notABoolean({ entry, node, path }: Judged<ScalarNode>): Complaint {
  const written = String(node.value);
  const value = TRUE.test(written) ? true : FALSE.test(written) ? false : undefined;
  const fixes = value === undefined ? [] : [replace(`Write ${value}`, true, path, value)];
  return { rule: 'schema/wrong-type', message: say.wrongType(entry), fixes };
}

function notANumber(judged: Judged<ScalarNode>): Complaint {
  const { entry, node } = judged;
  const number =
    typeof node.value === 'string' && /^\d{1,9}$/.test(node.value) ? Number(node.value) : undefined;
  if (number !== undefined) return needsNoQuotes(judged, number);
  const isWhole = Number.isInteger(node.value) || (entry.type === 'number' && typeof node.value === 'number');
  return isWhole
    ? { rule: 'schema/bad-form', message: say.badForm(entry), fixes: [] }
    : { rule: 'schema/wrong-type', message: say.wrongType(entry), fixes: [] };
}

function badForm({ entry, node, path }: Judged<ScalarNode>): Complaint {
  const written = String(node.value);
  const isBlankText = written.trim() === '';
  const capitals = written.trim().toUpperCase();
  const tidied = written.trim().replace(/\s+/g, '-');
  const fixes: Fix[] = [];
  if (!isBlankText && fits(entry, capitals))
    fixes.push(replace('Write it in capitals', true, path, capitals));
  else if (!isBlankText && fits(entry, tidied))
    fixes.push(replace('Write it without spaces', false, path, tidied));
  const message = isBlankText ? say.blankText(entry) : say.badForm(entry);
  return { rule: 'schema/bad-form', message, fixes };
}

function fits({ pattern, words, isWordOnly }: GuideEntry, written: string): boolean {
  if (words && isWordOnly) return words.some(word => word.value === written);
  return pattern !== undefined && new RegExp(pattern, 'u').test(written);
}

const NO_ZONE = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?$/;
const NO_SECONDS = /^(\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d)([Zz]|[+-]\d\d:\d\d)$/;
const WITH_TIME = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;
const DAY_FIRST = /^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$/;

/** A safe fix keeps the meaning; which zone was meant, or whether the day came first, nobody can know. */
function badDate({ entry, node, path }: Judged<ScalarNode>, form: DateForm): Complaint {
  const written = String(node.value).trim();
  const allows = (value: string) => FORMS[form === 'instant' ? 'date-time' : form]?.(value) === true;
  const complain = (
    problem: say.DateProblem,
    fix?: { title: string; safe: boolean; value: string },
  ): Complaint => ({
    rule: 'schema/bad-date',
    message: say.badDate(entry, form, problem),
    fixes: fix && allows(fix.value) ? [replace(fix.title, fix.safe, path, fix.value)] : [],
  });
  if (form === 'instant' && isDate(written)) return complain('no-time');
  const noSeconds = NO_SECONDS.exec(written);
  if (noSeconds && form !== 'date') {
    const value = `${noSeconds[1]}:00${noSeconds[2]}`;
    return allows(value)
      ? complain('no-seconds', { title: 'Add the seconds', safe: true, value })
      : complain('impossible');
  }
  const noZone = NO_ZONE.exec(written);
  if (noZone && form !== 'date') {
    const value = `${noZone[1]}T${noZone[2]}${noZone[3] ?? ':00'}Z`;
    return allows(value)
      ? complain('no-zone', { title: 'Add Z, for UTC', safe: false, value })
      : complain('impossible');
  }
  if (/^\d{4}-\d\d-\d\d$/.test(written)) return complain('impossible');
  if (noZone || WITH_TIME.test(written)) return complain(form === 'date' ? 'has-time' : 'impossible');
  const dayFirst = DAY_FIRST.exec(written);
  if (!dayFirst) return complain('other');
  const [, day = '', month = '', year = ''] = dayFirst;
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return complain('other', { title: 'Write the year first', safe: false, value });
}

function replace(title: string, safe: boolean, path: string, value: unknown): Fix {
  return { title, safe, patch: [{ op: 'replace', path, value }] };
}
