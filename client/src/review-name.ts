/** What a review is called where there is little room: its file without folder and endings. */
import type * as vscode from 'vscode';
import { REVIEW_EXTENSIONS } from '../../server/src/protocol.ts';

export function nameOf({ uri }: vscode.TextDocument): string {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const extension = REVIEW_EXTENSIONS.find(ending => name.endsWith(ending)) ?? '';
  return name.slice(0, name.length - extension.length);
}
