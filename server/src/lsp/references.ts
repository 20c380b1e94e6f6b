/** Find all references of a ref, in all reviews; and its highlights in one. */
import {
  type CancellationToken,
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentHighlightParams,
  type Location,
  type ReferenceParams,
} from 'vscode-languageserver';
import { isNamedAt } from '../engine/refs.ts';
import { toRange } from './convert.ts';
import { findPlaces, findRefAtCursor, placesIn, toLocation } from './ref-places.ts';
import type { Session } from './session.ts';

export function provideReferences(session: Session): void {
  const { connection, fence } = session;
  connection.onReferences(
    fence.request('references', [], (params, token) => listReferences(session, params, token)),
  );
  connection.onDocumentHighlight(fence.request('highlights', [], params => highlight(session, params)));
}

async function listReferences(
  session: Session,
  params: ReferenceParams,
  token: CancellationToken,
): Promise<Location[]> {
  const at = findRefAtCursor(session, params);
  if (at === undefined) return [];
  const reviews = await findPlaces(session, at.uri, at.found.ref, token);
  return reviews.flatMap(({ uri, lines, places }) => {
    const parsed = session.workspace.parsed(uri);
    return places
      .filter(place => params.context.includeDeclaration || !isNamedAt(parsed, place))
      .map(place => toLocation(session, uri, lines, place));
  });
}

function highlight(session: Session, params: DocumentHighlightParams): DocumentHighlight[] {
  const at = findRefAtCursor(session, params);
  if (at === undefined) return [];
  const parsed = session.workspace.parsed(at.uri);
  return placesIn(session, at.uri, at.found.ref).places.map(place => ({
    range: toRange(at.document, place),
    kind: isNamedAt(parsed, place) ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}
