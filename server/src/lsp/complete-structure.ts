/** Completion of what gives a review its shape: keys with what opens their value, and new entries of a list. */
import { CompletionItemKind, InsertTextFormat } from 'vscode-languageserver';
import type { GuideEntry, GuideType } from '../engine/schema-guide.ts';
import { writeScalar } from '../engine/write-yaml.ts';
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
        ...withCursor(
          writeKey(key, place) + (place.hasColon ? '' : `:${opening(child.type, place)}`),
          snippets,
        ),
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
    const values = completeValues(session, uri, items, `${place.pointer}/-`, place.isFlow);
    return values.map(value => ({ ...value, label: `- ${value.label}`, text: dash + value.text }));
  }
  const { snippets } = session.client;
  const fields =
    items.required.length > 0 ? items.required : items.properties.slice(0, 1).map(({ key }) => key);
  const indent = `\n${' '.repeat(place.column + dash.length)}`;
  const filled = fields.map((key, at) => `${key}: $${at + 1}`).join(indent);
  return [
    {
      label: `- ${items.title}`,
      kind: CompletionItemKind.Struct,
      detail: list.title,
      documentation: items.description,
      ...(snippets
        ? { text: dash + filled, format: InsertTextFormat.Snippet }
        : { text: `${dash}${fields[0]}: ` }),
    },
  ];
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
