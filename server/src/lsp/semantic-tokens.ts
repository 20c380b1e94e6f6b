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
import { findRefs, isNamedAt } from '../engine/refs.ts';
import type { SchemaGuide } from '../engine/schema-guide.ts';
import { toRange, toSpan } from './convert.ts';
import { openReview } from './open-review.ts';
import type { Session } from './session.ts';
import { findValues, isCode, wordOf } from './vocabulary.ts';

/** Types and modifiers that every theme knows. */
export const TOKEN_LEGEND: SemanticTokensLegend = {
  tokenTypes: [Type.variable, Type.number, Type.enumMember],
  tokenModifiers: [Modifier.declaration, Modifier.readonly],
};

interface Token extends Span {
  readonly type: Type;
  readonly modifier?: Modifier;
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
    const modifier = token.modifier ? 1 << TOKEN_LEGEND.tokenModifiers.indexOf(token.modifier) : 0;
    const type = TOKEN_LEGEND.tokenTypes.indexOf(token.type);
    if (start.line === end.line)
      builder.push(start.line, start.character, end.character - start.character, type, modifier);
  }
  return builder.build();
}

function refTokens(parsed: ParsedText, within: Span): Token[] {
  return findRefs(parsed.text)
    .filter(place => isInside(place, within))
    .map(place => ({
      start: place.start,
      end: place.end,
      type: Type.variable,
      ...(isNamedAt(parsed, place) && { modifier: Modifier.declaration }),
    }));
}

const isInside = (inner: Span, outer: Span): boolean => inner.start >= outer.start && inner.end <= outer.end;

function valueTokens({ root }: ParsedText, guide: SchemaGuide, within: Span): Token[] {
  if (root === undefined) return [];
  return [...findValues(root, guide.root, within)].flatMap((placed): Token[] => {
    const { start, end } = placed.span;
    if (!isInside(placed.span, within)) return [];
    const word = wordOf(placed);
    if (word !== undefined)
      return [{ start, end, type: Type.enumMember, ...(isCode(word) && { modifier: Modifier.readonly }) }];
    const isDate = placed.entry.dateForm !== undefined && FORMS.day?.(String(placed.value));
    return isDate ? [{ start, end, type: Type.number }] : [];
  });
}
