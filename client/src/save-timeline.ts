/** Saves the timeline of a review as a file, where the user wants it. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  TIMELINE_FILE_REQUEST,
  type TimelineFileParams,
  type TimelineFileResult,
} from '../../server/src/protocol.ts';
import { ask } from './ask.ts';
import { nameOf } from './review-name.ts';

export async function saveTimeline(
  client: BaseLanguageClient,
  document: vscode.TextDocument | undefined,
  { format, linked }: Omit<TimelineFileParams, 'uri'>,
): Promise<void> {
  if (document === undefined) return;
  const params: TimelineFileParams = { uri: document.uri.toString(), linked, format };
  const { text } = await ask<TimelineFileResult>(client, TIMELINE_FILE_REQUEST, params);
  if (text === '') return;
  const folder = document.isUntitled
    ? vscode.workspace.workspaceFolders?.[0]?.uri
    : vscode.Uri.joinPath(document.uri, '..');
  const place = await vscode.window.showSaveDialog({
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `${nameOf(document)}.timeline.${format}`) }),
    filters: { [format.toUpperCase()]: [format] },
    title: vscode.l10n.t('Save Timeline'),
  });
  if (place) await vscode.workspace.fs.writeFile(place, new TextEncoder().encode(text));
}
