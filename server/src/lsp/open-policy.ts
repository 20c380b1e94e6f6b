/** The policy file that a request is about, and the piece of CEL at a place of it. */
import type { TextDocumentIdentifier } from 'vscode-languageserver';
import type { ScalarNode } from '../engine/located-tree.ts';
import { placesIn, type ScalarPlaces } from '../engine/scalar-places.ts';
import { CelCursor } from '../policy/cel-cursor.ts';
import { type CelText, celTexts } from '../policy/cel-texts.ts';
import { splitTemplate } from '../policy/template.ts';
import type { PolicyKind } from '../workspace/policy-desk.ts';
import { canonicalUri } from './canonical-uri.ts';
import type { OpenDocument } from './position-encoding.ts';
import type { Session } from './session.ts';

export interface OpenPolicy {
  readonly uri: string;
  readonly document: OpenDocument;
  readonly kind: PolicyKind;
}

/** The open policy file with every edit taken in; undefined for any other document. */
export function openPolicy(
  { documents, workspace }: Session,
  textDocument: TextDocumentIdentifier,
): OpenPolicy | undefined {
  documents.flush();
  const uri = canonicalUri(textDocument.uri);
  const document = documents.get(uri);
  const kind = workspace.desk.parsed(uri) && workspace.desk.kindOf(uri);
  return document === undefined || kind === undefined ? undefined : { uri, document, kind };
}

export interface CelAtCursor {
  readonly piece: CelText;
  readonly cursor: CelCursor;
  /** The word at the cursor as a stretch of the document. */
  readonly span: { readonly start: number; readonly end: number };
}

/** The CEL at an offset of a rule file; undefined outside of it, as in the words of a message. */
export function celAt(
  { workspace }: Session,
  { uri, document, kind }: OpenPolicy,
  offset: number,
): CelAtCursor | undefined {
  const parsed = workspace.desk.parsed(uri);
  if (kind !== 'rule' || !parsed) return undefined;
  const text = document.getText();
  const policy = workspace.desk.policyOf(uri);
  for (const piece of celTexts(parsed.root, policy.environment)) {
    if (!holds(text, piece.node, offset)) continue;
    const places = placesIn(text, piece.node);
    const part = expressionAt(piece, places.toValue(offset));
    if (!part) return undefined;
    const cursor = new CelCursor(policy, part.source, piece.names, part.offset);
    const { start, end } = cursor.word;
    return {
      piece,
      cursor,
      span: spanInText(places, { start: start + part.start, end: end + part.start }, offset),
    };
  }
  return undefined;
}

/** Blanks behind a plain text do not belong to it, but somebody who types on does. */
function holds(text: string, { start, end }: ScalarNode, offset: number): boolean {
  return start <= offset && (offset <= end || /^[ \t]*$/.test(text.slice(end, offset)));
}

function spanInText(places: ScalarPlaces, word: CelCursor['word'], offset: number) {
  return word.start === word.end ? { start: offset, end: offset } : places.toText(word);
}

/** The whole value, or the expression of a template that the offset is in. */
function expressionAt({ kind, node }: CelText, offset: number) {
  const value = typeof node.value === 'string' ? node.value : '';
  if (kind !== 'template') return { source: value, start: 0, offset };
  const { expressions, unclosed } = splitTemplate(value);
  const open = unclosed === undefined ? [] : [{ start: unclosed + 2, end: value.length }];
  const span = [...expressions, ...open].find(({ start, end }) => start <= offset && offset <= end);
  return (
    span && { source: value.slice(span.start, span.end), start: span.start, offset: offset - span.start }
  );
}
