/** Rename of a ref in every review that mentions it, open or closed, free text and comments included. */
import {
  type CancellationToken,
  ErrorCodes,
  type PrepareRenameParams,
  type PrepareRenameResult,
  type RenameParams,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { formEntry, formOf } from '../engine/refs.ts';
import { toRange } from './convert.ts';
import { findPlaces, findRefAtCursor } from './ref-places.ts';
import type { Session } from './session.ts';
import { toWorkspaceEdit } from './workspace-edit.ts';

type Refusal = ResponseError<void>;

export function provideRename(session: Session): void {
  const { connection, fence } = session;
  connection.onPrepareRename(
    fence.request<PrepareRenameParams, PrepareRenameResult | null>('rename', null, params => {
      const at = findRefAtCursor(session, params);
      return at === undefined ? null : { range: toRange(at.document, at.found), placeholder: at.found.ref };
    }),
  );
  connection.onRenameRequest(
    fence.request<RenameParams, WorkspaceEdit | Refusal | null>('rename', null, (params, token) =>
      rename(session, params, token),
    ),
  );
}

async function rename(
  session: Session,
  params: RenameParams,
  token: CancellationToken,
): Promise<WorkspaceEdit | Refusal | null> {
  const at = findRefAtCursor(session, params);
  if (at === undefined) return refuse(session.say('Only refs can be renamed, such as VIC-7H3K9Q or LOE-1.'));
  const { uri, found } = at;
  const newRef = params.newName.trim();
  if (newRef === found.ref) return null;
  const form = formOf(found.ref);
  if (form === undefined || formOf(newRef) !== form)
    return refuse(
      session.say('The new name must be a ref of the same kind. {form}', {
        form: form ? formEntry(form).formDescription : '',
      }),
    );
  // Renaming in half of the reviews would tear them apart.
  if (!session.isScanned())
    return refuse(session.say('The reviews are still being read. Try again in a moment.'));
  const taken = await findPlaces(session, uri, newRef, token);
  if (taken.some(({ places }) => places.length > 0))
    return refuse(
      session.say('{ref} is in use already; renaming would mix two of them up.', { ref: newRef }),
    );
  const reviews = await findPlaces(session, uri, found.ref, token);
  return toWorkspaceEdit(
    session,
    reviews.map(review => ({
      uri: review.uri,
      lines: review.lines,
      edits: review.places.map(({ start, end }) => ({ start, end, newText: newRef })),
    })),
  );
}

function refuse(message: string): Refusal {
  return new ResponseError<void>(ErrorCodes.InvalidParams, message);
}
