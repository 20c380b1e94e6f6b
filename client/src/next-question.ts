/** The command that goes to the next question of the review that is in breach or outstanding, from the cursor on. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  CHECKLIST_REQUEST,
  type ChecklistParams,
  type ChecklistResult,
  COMMANDS,
} from '../../server/src/protocol.ts';
import { answerOf } from './answer-of.ts';
import { ask } from './ask.ts';
import { nextOpen } from './next-open.ts';
import type { ShownAnswer } from './shown-answer.ts';

const MESSAGE_MS = 5_000;

/** With the id of a section, as a code lens passes it, only its questions count. */
export function registerNextQuestion(
  client: BaseLanguageClient,
  shown: ShownAnswer<ChecklistResult>,
): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.nextQuestion, (section?: string) =>
    goToNext(client, shown.document, section),
  );
}

/** In the review of the checklist, which is the one looked at, also while another kind of page is in front of it. */
async function goToNext(
  client: BaseLanguageClient,
  document: vscode.TextDocument | undefined,
  section: string | undefined,
): Promise<void> {
  if (document === undefined) return;
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const editor = [activeTextEditor, ...visibleTextEditors].find(one => one?.document === document);
  const { sections } = await checklistNow(client, document);
  const within = sections.filter(({ id }) => section === undefined || id === section);
  const next = nextOpen(within, editor?.selection.active ?? new vscode.Position(0, 0));
  if (next === undefined) {
    vscode.window.setStatusBarMessage(vscode.l10n.t('No question is in breach or outstanding.'), MESSAGE_MS);
    return;
  }
  await vscode.window.showTextDocument(document, {
    viewColumn: editor?.viewColumn ?? vscode.ViewColumn.One,
    selection: answerOf(next),
  });
  // At the place of an answer that is absent, nothing in the text says what is asked.
  vscode.window.setStatusBarMessage(next.messages[0] ?? `${next.title}: ${next.words}`, MESSAGE_MS);
}

/** Of the text as it is when the answer comes: whoever goes on typing moves the places of what was asked before. */
async function checklistNow(
  client: BaseLanguageClient,
  document: vscode.TextDocument,
): Promise<ChecklistResult> {
  const params: ChecklistParams = { uri: document.uri.toString() };
  for (;;) {
    const { version } = document;
    const answer = await ask<ChecklistResult>(client, CHECKLIST_REQUEST, params);
    if (document.version === version) return answer;
  }
}
