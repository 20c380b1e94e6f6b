/** Edits of our own as LSP's workspace edit, bound to the documents' versions where the client takes that. */
import type { WorkspaceEdit } from 'vscode-languageserver';
import type { Edit } from '../engine/apply-edits.ts';
import { type Lines, toTextEdit } from './convert.ts';
import type { Session } from './session.ts';

export interface EditedFile {
  readonly uri: string;
  readonly lines: Lines;
  readonly edits: readonly Edit[];
}

export function toWorkspaceEdit({ documents, client }: Session, files: readonly EditedFile[]): WorkspaceEdit {
  const changes = files.map(({ uri, lines, edits }) => ({
    textDocument: { uri: documents.spelled(uri), version: documents.get(uri)?.version ?? null },
    edits: edits.map(edit => toTextEdit(lines, edit, edit.newText)),
  }));
  if (client.documentChanges) return { documentChanges: changes };
  return { changes: Object.fromEntries(changes.map(({ textDocument, edits }) => [textDocument.uri, edits])) };
}
