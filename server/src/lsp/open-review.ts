/** The review that a request is about. */
import type { TextDocumentIdentifier } from 'vscode-languageserver';
import { canonicalUri } from './canonical-uri.ts';
import type { OpenDocument } from './position-encoding.ts';
import type { Session } from './session.ts';

export interface OpenReview {
  readonly uri: string;
  readonly document: OpenDocument;
}

/** The open review with every edit taken in; undefined for any other document. */
export function openReview(
  { documents }: Session,
  textDocument: TextDocumentIdentifier,
): OpenReview | undefined {
  documents.flush();
  const uri = canonicalUri(textDocument.uri);
  const document = documents.get(uri);
  return document === undefined || !documents.isReview(uri) ? undefined : { uri, document };
}
