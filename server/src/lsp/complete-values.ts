/** Completion of values: words of a vocabulary, refs, rule ids, yes and no, dates that the review already holds. */
import { CompletionItemKind } from 'vscode-languageserver';
import { isDefinition } from '../engine/refs.ts';
import type { GuideEntry } from '../engine/schema-guide.ts';
import { writeScalar } from '../engine/write-yaml.ts';
import { completeDates } from './complete-dates.ts';
import { readPersons } from './persons.ts';
import type { Session } from './session.ts';
import type { Suggestion } from './suggestion.ts';

export function completeValues(
  session: Session,
  uri: string,
  entry: GuideEntry,
  pointer: string,
  flow: boolean,
): Suggestion[] {
  const write = (value: string | number): string => writeScalar(value, { flow, quote: undefined });
  return [
    ...(isDefinition(pointer)
      ? []
      : [...completePersons(session, uri, entry), ...completeCases(session, uri, entry)]),
    ...(entry.words ?? []).map(({ value, title, description }) => ({
      label: String(value),
      kind: CompletionItemKind.EnumMember,
      detail: title,
      documentation: description,
      text: write(value),
    })),
    ...(entry.type === 'boolean'
      ? ['true', 'false'].map(word => toValue(word, '', CompletionItemKind.Value))
      : []),
    ...(entry.name === 'RuleId' ? session.workspace.rules(uri).map(toRule) : []),
    ...(entry.dateForm ? completeDates(session, uri, entry.dateForm) : []),
  ];
}

function toValue(label: string, detail: string, kind: CompletionItemKind): Suggestion {
  return { label, kind, detail, documentation: '', text: label };
}

function toRule({
  id,
  title,
  why,
}: {
  readonly id: string;
  readonly title: string;
  readonly why: string;
}): Suggestion {
  return { ...toValue(id, title, CompletionItemKind.Reference), documentation: why };
}

/** Persons of this review whose refs have the form the field asks for: an officer, a victim, anybody. */
function completePersons({ workspace }: Session, uri: string, entry: GuideEntry): Suggestion[] {
  const isMixed = entry.name === 'ContactParty';
  if (!isMixed && !(entry.name?.endsWith('Ref') && entry.pattern !== undefined)) return [];
  const form = isMixed ? /^/ : new RegExp(entry.pattern ?? '');
  const persons = readPersons(workspace.parsed(uri).root, workspace.guide(uri));
  return persons
    .filter(({ ref }) => form.test(ref))
    .map(({ ref, part }) => toValue(ref, part, CompletionItemKind.Reference));
}

/** Cases of the other reviews, and missing episodes of all. */
function completeCases({ workspace, documents }: Session, uri: string, entry: GuideEntry): Suggestion[] {
  if (!entry.name?.endsWith('Ref') || entry.pattern === undefined) return [];
  const form = new RegExp(entry.pattern);
  const own = workspace.report(uri).index;
  const refs = new Set(own.episodes.map(({ ref }) => ref));
  if (documents.get(uri) !== undefined) refs.delete(own.id ?? '');
  for (const record of workspace.records()) {
    if (record.uri === uri) continue;
    if (record.id !== undefined) refs.add(record.id);
    for (const { ref } of record.episodes) refs.add(ref);
  }
  return [...refs]
    .filter(ref => form.test(ref))
    .sort()
    .map(ref => toValue(ref, entry.title, CompletionItemKind.Reference));
}
