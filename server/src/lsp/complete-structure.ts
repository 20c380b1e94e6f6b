/** Completion of what gives a review its shape: keys with what opens their value, and new entries of a list. */
import { CompletionItemKind, InsertTextFormat } from 'vscode-languageserver';
import type { GuideEntry, GuideType } from '../engine/schema-guide.ts';
import { writeScalar } from '../engine/write-yaml.ts';
import { isAside } from '../render/skeleton.ts';
import { completeValues } from './complete-values.ts';
import type { CursorPlace } from './completion-place.ts';
import type { Session } from './session.ts';
import type { Suggestion } from './suggestion.ts';

/** Keys in the order of the schema, without those that are there already. */
export function completeKeys(entry: GuideEntry, place: CursorPlace, snippets: boolean): Suggestion[] {
  const words = new Map(entry.keys?.words?.map(word => [String(word.value), word]));
  return entry.properties
    .filter(({ key }) => !place.present.includes(key))
    .map(({ key, entry: child }) => {
      // Where the keys are words of a vocabulary, each has its own meaning and all values are alike.
      const { title, description } = words.get(key) ?? child;
      return {
        label: key,
        kind: CompletionItemKind.Property,
        detail: title,
        documentation: description,
        ...(snippets && !place.hasColon && entry.type === 'words' && child.required.length > 0
          ? answer(writeKey(key, place), child.required)
          : withCursor(
              writeKey(key, place) + (place.hasColon ? '' : `:${opening(child.type, place)}`),
              snippets,
            )),
      };
    });
}

export function completeEntries(
  session: Session,
  uri: string,
  list: GuideEntry,
  place: CursorPlace,
): Suggestion[] {
  const { items } = list;
  if (items === undefined || place.isFlow) return [];
  const dash = place.kind === 'entry' || !place.isInline ? '- ' : '';
  if (items.type !== 'fields') {
    const values = completeValues(session, uri, items, { ...place, pointer: `${place.pointer}/-` });
    return values.map(value => ({ ...value, label: `- ${value.label}`, text: dash + value.text }));
  }
  const { snippets } = session.client;
  const fields =
    items.required.length > 0 ? items.required : items.properties.slice(0, 1).map(({ key }) => key);
  const indent = `\n${' '.repeat(place.column + dash.length)}`;
  const whole = items.properties.filter(({ key, entry }) => !isAside(key) && opensOnLine(entry));
  const suggestion = {
    label: `- ${items.title}`,
    kind: CompletionItemKind.Struct,
    detail: list.title,
    documentation: items.description,
  };
  if (!snippets) return [{ ...suggestion, text: `${dash}${fields[0]}: ` }];
  const format = InsertTextFormat.Snippet;
  const filled = fields.map((key, at) => `${key}: $${at + 1}`);
  const all = whole.map(
    ({ key, entry }, at) => `${key}: ${entry.type === 'list' ? `[$${at + 1}]` : `$${at + 1}`}`,
  );
  return [
    { ...suggestion, text: dash + filled.join(indent), format },
    ...(all.length > filled.length
      ? [
          {
            ...suggestion,
            label: `- ${session.say('{entry}, every field', { entry: items.title })}`,
            text: dash + all.join(indent),
            format,
          },
        ]
      : []),
  ];
}

/** Whether a field is written on one line: a value, or a list of values. */
function opensOnLine({ type, items }: GuideEntry): boolean {
  return type === 'list' ? items !== undefined && opensOnLine(items) : type !== 'fields' && type !== 'words';
}

/** An answer as reviewers write it, on one line: `pnc: {state: done}`. */
function answer(key: string, fields: readonly string[]): Pick<Suggestion, 'text' | 'format'> {
  const places = fields.map((field, at) => `${field}: $${at + 1}`);
  return { text: `${key}: {${places.join(', ')}\\}`, format: InsertTextFormat.Snippet };
}

function writeKey(key: string, { isFlow }: CursorPlace): string {
  return writeScalar(key, { flow: isFlow, quote: undefined });
}

function opening(type: GuideType, { isFlow, column }: CursorPlace): string {
  const indent = `\n${' '.repeat(column + 2)}`;
  if (type === 'fields' || type === 'words') return isFlow ? ' {' : indent;
  if (type === 'list') return isFlow ? ' [' : `${indent}- `;
  return ' ';
}

/** Closes what a flow form opens, with the cursor inside where the client can put it there. */
function withCursor(text: string, snippets: boolean): Pick<Suggestion, 'text' | 'format'> {
  const close = text.endsWith('{') ? '}' : text.endsWith('[') ? ']' : '';
  if (close === '' || !snippets) return { text: text + close };
  return { text: `${text}$0${close === '}' ? '\\}' : close}`, format: InsertTextFormat.Snippet };
}
