/** The question what a new review is about. It is dismissed like any other, but not answered with nothing. */
import * as vscode from 'vscode';
import type { KindsResult } from '../../server/src/protocol.ts';

/** Undefined when the question was dismissed. */
export function chooseKinds(kinds: KindsResult): Promise<readonly string[] | undefined> {
  const question = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly value: string }>();
  question.items = kinds.map(({ value, title, description }) => ({
    label: title,
    description: value,
    detail: description,
    value,
  }));
  question.canSelectMany = true;
  question.title = vscode.l10n.t('New Case Review');
  question.placeholder = vscode.l10n.t('What is reviewed? Choose every kind that applies.');
  question.matchOnDescription = true;
  question.matchOnDetail = true;
  return new Promise(resolve => {
    question.onDidAccept(() => {
      if (question.selectedItems.length > 0) {
        resolve(question.selectedItems.map(({ value }) => value));
        question.hide();
      } else {
        // A list has no place for a complaint; its title is seen while something is typed too.
        question.title = vscode.l10n.t('New Case Review: tick at least one kind');
      }
    });
    question.onDidHide(() => {
      resolve(undefined);
      question.dispose();
    });
    question.show();
  });
}
