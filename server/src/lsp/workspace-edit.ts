/** Edits of our own as LSP's workspace edit, bound to the document's version where the client takes that. */
import type { WorkspaceEdit } from 'vscode-languageserver';
import type { Edit } from '../engine/apply-edits.ts';
import { linesOf, toTextEdit } from './convert.ts';
import type { Session } from './session.ts';

export function toWorkspaceEdit(
  session: Session,
  uri: string,
  text: string,
  edits: readonly Edit[],
): WorkspaceEdit {
  const { documents, client } = session;
  const document = documents.get(uri);
  const lines = document ?? linesOf(text);
  const textEdits = edits.map(edit => toTextEdit(lines, edit, edit.newText));
  const spelled = documents.spelled(uri);
  if (!client.documentChanges) return { changes: { [spelled]: textEdits } };
  const textDocument = { uri: spelled, version: document?.version ?? null };
  return { documentChanges: [{ textDocument, edits: textEdits }] };
}
