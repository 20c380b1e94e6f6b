/** Semantic tokens: refs, dates, words of the vocabularies and codes, which the grammar alone cannot tell from other text. */
import {
  SemanticTokenModifiers as Modifier,
  type Range,
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensLegend,
  type TextDocumentIdentifier,
  SemanticTokenTypes as Type,
} from 'vscode-languageserver';
import { FORMS } from '../engine/date-forms.ts';
import type { ParsedText, Span } from '../engine/located-tree.ts';
import { findRefs, formOf, isNamedAt, type RefForm } from '../engine/refs.ts';
import type { SchemaGuide, Word } from '../engine/schema-guide.ts';
import { toRange, toSpan } from './convert.ts';
import { openReview } from './open-review.ts';
import type { Session } from './session.ts';
import { findValues, isCode, wordOf } from './vocabulary.ts';

/** The modifier of each answer. Not of the protocol: package.json says how VS Code shows them. */
export const ANSWER_MODIFIERS: Readonly<Record<string, string>> = {
  done: 'done',
  outstanding: 'outstanding',
  not_applicable: 'notApplicable',
};

/** Types that every theme knows, so that tokens have the colours of the grammar, which they cover. */
export const TOKEN_LEGEND: SemanticTokensLegend = {
  tokenTypes: [Type.type, Type.function, Type.variable, Type.namespace, Type.number, Type.enumMember],
  tokenModifiers: [Modifier.declaration, Modifier.readonly, ...Object.values(ANSWER_MODIFIERS)],
};

const REF_TYPES: Readonly<Partial<Record<RefForm, Type>>> = {
  VictimRef: Type.type,
  WitnessRef: Type.type,
  SuspectRef: Type.function,
  AssociateRef: Type.function,
  CaseRef: Type.namespace,
  EpisodeRef: Type.namespace,
};

interface Token extends Span {
  readonly type: Type;
  readonly modifiers: readonly string[];
}

export function provideSemanticTokens(session: Session): void {
  const { connection, fence } = session;
  const { semanticTokens } = connection.languages;
  const answer = (textDocument: TextDocumentIdentifier, range?: Range) =>
    listTokens(session, textDocument, range);
  semanticTokens.on(fence.request('semantic tokens', NONE, params => answer(params.textDocument)));
  semanticTokens.onRange(
    fence.request('semantic tokens', NONE, params => answer(params.textDocument, params.range)),
  );
}

const NONE: SemanticTokens = { data: [] };

function listTokens(session: Session, textDocument: TextDocumentIdentifier, range?: Range): SemanticTokens {
  const open = openReview(session, textDocument);
  if (open === undefined) return NONE;
  const parsed = session.workspace.parsed(open.uri);
  const within = range ? toSpan(open.document, range) : { start: 0, end: parsed.text.length };
  const tokens = [
    ...refTokens(parsed, within),
    ...valueTokens(parsed, session.workspace.guide(open.uri), within),
  ].sort((a, b) => a.start - b.start);
  const builder = new SemanticTokensBuilder();
  let last = -1;
  for (const token of tokens) {
    // Of two that overlap, as where aliases repeat a value, only the first is told.
    if (token.start < last) continue;
    last = token.end;
    const { start, end } = toRange(open.document, token);
    const modifiers = token.modifiers.map(name => 1 << TOKEN_LEGEND.tokenModifiers.indexOf(name));
    const bits = modifiers.reduce((all, bit) => all | bit, 0);
    const type = TOKEN_LEGEND.tokenTypes.indexOf(token.type);
    if (start.line === end.line)
      builder.push(start.line, start.character, end.character - start.character, type, bits);
  }
  return builder.build();
}

function refTokens(parsed: ParsedText, within: Span): Token[] {
  const types = new Map<string, Type | undefined>();
  const typeOf = (ref: string): Type | undefined => {
    const prefix = ref.slice(0, ref.indexOf('-'));
    if (!types.has(prefix)) types.set(prefix, REF_TYPES[formOf(ref)!]);
    return types.get(prefix);
  };
  return findRefs(parsed.text)
    .filter(place => isInside(place, within))
    .map(place => {
      const type = typeOf(place.ref);
      const modifiers = isNamedAt(parsed, place) ? [Modifier.declaration] : [];
      return type === undefined
        ? { ...place, type: Type.variable, modifiers: [...modifiers, Modifier.readonly] }
        : { ...place, type, modifiers };
    });
}

const isInside = (inner: Span, outer: Span): boolean => inner.start >= outer.start && inner.end <= outer.end;

function valueTokens({ root }: ParsedText, guide: SchemaGuide, within: Span): Token[] {
  if (root === undefined) return [];
  return [...findValues(root, guide.root, within)].flatMap((placed): Token[] => {
    const { start, end } = placed.span;
    if (!isInside(placed.span, within)) return [];
    const word = wordOf(placed);
    if (word !== undefined) return [{ start, end, type: Type.enumMember, modifiers: modifiersOf(word) }];
    const isDate = placed.entry.dateForm !== undefined && FORMS.day?.(String(placed.value));
    return isDate ? [{ start, end, type: Type.number, modifiers: [] }] : [];
  });
}

function modifiersOf(word: Word): string[] {
  const answer = ANSWER_MODIFIERS[String(word.value)];
  if (answer !== undefined) return [answer];
  return isCode(word) ? [Modifier.readonly] : [];
}
