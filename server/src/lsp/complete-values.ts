/** Completion of values: words of a vocabulary, refs, rule ids, yes and no, dates that the review already holds. */
import { CompletionItemKind } from 'vscode-languageserver';
import type { GuideEntry } from '../engine/schema-guide.ts';
import { writeScalar } from '../engine/write-yaml.ts';
import { completeDates } from './complete-dates.ts';
import { completeRefs } from './complete-refs.ts';
import type { Session } from './session.ts';
import type { Suggestion } from './suggestion.ts';

/** Where a value is written. */
export interface ValuePlace {
  readonly pointer: string;
  readonly isFlow: boolean;
  /** The word as far as the cursor, without its quote. */
  readonly begun: string;
  /** What the list holds already. */
  readonly present: readonly string[];
}

export function completeValues(
  session: Session,
  uri: string,
  entry: GuideEntry,
  { pointer, isFlow, begun, present }: ValuePlace,
): Suggestion[] {
  const write = (value: string | number): string => writeScalar(value, { flow: isFlow, quote: undefined });
  const suggestions = [
    ...completeRefs(session, uri, entry, pointer, begun),
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
    ...(entry.dateForm ? completeDates(session, uri, entry.dateForm, begun) : []),
  ];
  return suggestions.filter(({ label }) => !present.includes(label));
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
