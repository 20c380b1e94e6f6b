/** Completion: fields and words from the schema, refs and dates from what is written already; in rules what CEL may say. */
import {
  type CompletionContext,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionParams,
  CompletionTriggerKind,
  InsertTextFormat,
  InsertTextMode,
} from 'vscode-languageserver';
import { formGuide } from '../check/check-form.ts';
import { OUTSTANDING } from '../check/checklist.ts';
import { parsePointer } from '../engine/locate.ts';
import type { Span } from '../engine/located-tree.ts';
import type { GuideEntry, SchemaGuide } from '../engine/schema-guide.ts';
import { hintOf } from '../render/skeleton.ts';
import { canonicalUri } from './canonical-uri.ts';
import { completeCel, completeNames } from './complete-policy.ts';
import { completeEntries, completeKeys } from './complete-structure.ts';
import { completeValues } from './complete-values.ts';
import { type CursorPlace, findCursorPlace, onNextLine } from './completion-place.ts';
import { type Lines, toOffset, toTextEdit } from './convert.ts';
import { openPolicy } from './open-policy.ts';
import type { Session } from './session.ts';
import type { Suggestion } from './suggestion.ts';

/** Asked like this, VS Code does not say so where there are none. */
const SUGGEST = { title: '', command: 'editor.action.triggerSuggest', arguments: [{ auto: true }] };
const OPENING: readonly CompletionItemKind[] = [CompletionItemKind.Property, CompletionItemKind.Struct];
const COMMENT = /[ \t]*# ([^\r\n]*)/y;
const NOTHING: CompletionList = { isIncomplete: false, items: [] };

export function provideCompletion(session: Session): void {
  session.connection.onCompletion(
    session.fence.request('completion', NOTHING, params => answer(session, params)),
  );
}

function answer(session: Session, { textDocument, position, context }: CompletionParams): CompletionList {
  const { documents } = session;
  const uri = canonicalUri(textDocument.uri);
  // Of a review the text alone says where the cursor stands. It is not read before something is looked up in it.
  const isReview = documents.isReview(uri);
  const policy = isReview ? undefined : openPolicy(session, textDocument);
  const document = documents.get(uri);
  if (document === undefined || !(isReview || policy)) return NOTHING;
  const text = document.getText();
  const offset = toOffset(document, position);
  const cel = policy && completeCel(session, policy, offset);
  if (cel) {
    const place = { replace: cel.replace, lead: '', typed: '', begun: '' };
    const items = cel.suggestions.map((one, rank) => toItem(session, document, place, one, rank));
    return { isIncomplete: false, items };
  }
  const found = findCursorPlace(text, offset);
  if (found === undefined) return NOTHING;
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const guide = policy ? formGuide(policy.kind) : session.workspace.guide(uri);
  const place = standsBelow(guide, found, context) ? onNextLine(text, found) : found;
  const suggestions = [
    ...suggest(session, guide, uri, place),
    ...(policy ? completeNames(session, policy, place) : []),
  ];
  const hint = hintBehind(guide, text, place);
  const items = suggestions.map((suggestion, rank) => {
    const item = toItem(session, document, place, suggestion, rank, lineBreak);
    return hint ? { ...item, additionalTextEdits: [toTextEdit(document, hint, '')] } : item;
  });
  // Refs go by their beginning. A client that filters a list itself would let `OFF-4` stand for `OFF-7R4S2H`.
  return { isIncomplete: suggestions.some(({ kind }) => kind === CompletionItemKind.Reference), items };
}

/** The hint behind an empty field of a new review, which its answer takes the place of. */
function hintBehind(guide: SchemaGuide | undefined, text: string, place: CursorPlace): Span | undefined {
  const entry = guide?.at(place.pointer);
  if (place.kind !== 'node' || !place.isInline || place.isFlow || entry === undefined) return undefined;
  const { end } = place.replace;
  COMMENT.lastIndex = end;
  const [comment, hint] = COMMENT.exec(text) ?? [];
  const key = parsePointer(place.pointer)?.at(-1) ?? '';
  if (comment === undefined || hint !== hintOf(key, entry)) return undefined;
  return { start: end, end: end + comment.length };
}

/**
 * Whether the cursor is behind a key whose value stands on lines of its own: a group, or a list of groups. A group is
 * offered nothing for its colon alone, behind which Enter is meant to open the first line.
 */
function standsBelow(
  guide: SchemaGuide | undefined,
  place: CursorPlace,
  context: CompletionContext | undefined,
): boolean {
  if (!place.isInline || place.isFlow) return false;
  const entry = guide?.at(place.pointer);
  if (entry?.items?.type === 'fields') return true;
  return isGroup(entry) && context?.triggerKind !== CompletionTriggerKind.TriggerCharacter;
}

function isGroup(entry: GuideEntry | undefined): boolean {
  return entry?.type === 'fields' || entry?.type === 'words';
}

function suggest(
  session: Session,
  guide: SchemaGuide | undefined,
  uri: string,
  place: CursorPlace,
): Suggestion[] {
  const entry = guide?.at(place.pointer);
  if (entry === undefined) return [];
  const { snippets } = session.client;
  if (place.kind !== 'node' && entry.type === 'list') return completeEntries(session, uri, entry, place);
  if (place.kind === 'entry') return [];
  if (place.kind === 'key' || isGroup(entry))
    return place.isInline ? [] : completeKeys(entry, place, snippets);
  if (entry.type !== 'list') return completeValues(session, uri, entry, place);
  if (!place.isInline) return completeEntries(session, uri, entry, place);
  // `kind: |`: a list on the same line.
  const items = entry.items;
  const values =
    items === undefined
      ? []
      : completeValues(session, uri, items, { ...place, pointer: `${place.pointer}/-`, isFlow: true });
  return values.map(value => ({ ...value, text: `[${value.text}]` }));
}

function toItem(
  { client }: Session,
  lines: Lines,
  place: Pick<CursorPlace, 'replace' | 'lead' | 'typed' | 'begun'>,
  suggestion: Suggestion,
  rank: number,
  lineBreak = '\n',
): CompletionItem {
  const { label, kind, detail, documentation, format } = suggestion;
  // What stands in the text already is no part of a snippet.
  const lead = format === InsertTextFormat.Snippet ? place.lead.replaceAll(/[\\$}]/g, '\\$&') : place.lead;
  const text = (lead + suggestion.text).replaceAll('\n', lineBreak);
  // Clients filter by what stands in the replaced range, quote included.
  const quote = /^["']/.exec(place.typed)?.[0] ?? '';
  return {
    label,
    kind,
    ...(detail !== '' && { detail }),
    ...(client.labelDetails &&
      detail !== '' &&
      !isSame(detail, label) && { labelDetails: { description: detail } }),
    ...(documentation !== '' && { documentation }),
    sortText: String(rank).padStart(4, '0'),
    // All words may take the place of this one, behind which the cursor stands when it is selected.
    filterText: quote + (place.begun === OUTSTANDING ? OUTSTANDING : label),
    textEdit: toTextEdit(lines, place.replace, text),
    ...(format !== undefined && { insertTextFormat: format }),
    // Behind a key stands its value next, in a new entry that of its first field.
    ...(client.suggestCommand && OPENING.includes(kind) && { command: SUGGEST }),
    // Lines of the text carry their whole indentation.
    ...(client.insertTextModes && text.includes('\n') && { insertTextMode: InsertTextMode.asIs }),
  };
}

/** Whether a title says no more than the word itself, such as `Age band` of `age_band`. */
function isSame(title: string, word: string): boolean {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return plain(title) === plain(word);
}
