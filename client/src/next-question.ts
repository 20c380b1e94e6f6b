/** The command that goes to the next question of the review that is in breach or outstanding, from the cursor on. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  CHECKLIST_REQUEST,
  type ChecklistParams,
  type ChecklistResult,
  COMMANDS,
  LANGUAGE_ID,
} from '../../server/src/protocol.ts';
import { ask } from './ask.ts';
import { nextOpen } from './next-open.ts';

const MESSAGE_MS = 5_000;

/** With the id of a section, as a code lens passes it, only its questions count. */
export function registerNextQuestion(client: BaseLanguageClient): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.nextQuestion, (section?: string) =>
    goToNext(client, section),
  );
}

async function goToNext(client: BaseLanguageClient, section: string | undefined): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== LANGUAGE_ID) return;
  const params: ChecklistParams = { uri: editor.document.uri.toString() };
  const { sections } = await ask<ChecklistResult>(client, CHECKLIST_REQUEST, params);
  const within = sections.filter(({ id }) => section === undefined || id === section);
  const next = nextOpen(within, editor.selection.active);
  if (next === undefined) {
    vscode.window.setStatusBarMessage(vscode.l10n.t('No question is in breach or outstanding.'), MESSAGE_MS);
    return;
  }
  const at = new vscode.Position(next.line, next.character);
  await vscode.window.showTextDocument(editor.document, {
    viewColumn: editor.viewColumn,
    selection: new vscode.Range(at, at),
  });
}
