/** Links from the refs of linked cases and missing episodes to the reviews that hold them. */
import type { DocumentLink, DocumentLinkParams } from 'vscode-languageserver';
import { findRefs } from '../engine/refs.ts';
import { nameOf } from './canonical-uri.ts';
import { toRange } from './convert.ts';
import { openReview } from './open-review.ts';
import type { Session } from './session.ts';

export function provideDocumentLinks(session: Session): void {
  session.connection.onDocumentLinks(
    session.fence.request('document links', [], params => listLinks(session, params)),
  );
}

function listLinks(session: Session, { textDocument }: DocumentLinkParams): DocumentLink[] {
  const { workspace, documents } = session;
  const open = openReview(session, textDocument);
  if (open === undefined) return [];
  const own = workspace.report(open.uri).index;
  return findRefs(open.document.getText()).flatMap(place => {
    if (place.ref === own.id || own.episodes.some(({ ref }) => ref === place.ref)) return [];
    const holder = workspace.holder(place.ref, open.uri);
    if (holder === undefined) return [];
    const target = documents.spelled(holder.uri);
    return [{ range: toRange(open.document, place), target, tooltip: `Open ${nameOf(holder.uri)}` }];
  });
}
