/** The item in the status bar that says how far the review looked at is answered, and opens its checklist. */
import * as vscode from 'vscode';
import { type ChecklistResult, LANGUAGE_NAME, SHOW_CHECKLIST_COMMAND } from '../../server/src/protocol.ts';
import type { ShownAnswer } from './shown-answer.ts';

export function registerProgressItem(shown: ShownAnswer<ChecklistResult>): vscode.Disposable[] {
  const item = vscode.window.createStatusBarItem('progress', vscode.StatusBarAlignment.Left);
  item.name = vscode.l10n.t('Case Review: Progress');
  item.tooltip = vscode.l10n.t('Show the checklist of the review');
  item.command = SHOW_CHECKLIST_COMMAND;
  const describe = (): void => {
    const progress = shown.answer?.progress;
    item.text = `$(checklist) ${progress}`;
    item.accessibilityInformation = { label: `${LANGUAGE_NAME}: ${progress}`, role: 'button' };
    if (progress) item.show();
    else item.hide();
  };
  return [item, shown.onDidChange(describe)];
}
