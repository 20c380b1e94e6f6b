/** The view "Checklist": the sections and questions of the review looked at, each with its state; a click goes there. */
import * as vscode from 'vscode';
import {
  CHECKLIST_SHOWN,
  CHECKLIST_VIEW,
  type ChecklistEntry,
  type ChecklistResult,
} from '../../server/src/protocol.ts';
import { answerOf } from './answer-of.ts';
import { nameOf } from './review-name.ts';
import type { ShownAnswer } from './shown-answer.ts';

/** The state is told in words as well, to whoever listens or points there; nothing rests on colour. */
const ICONS: Readonly<Record<ChecklistEntry['state'], vscode.ThemeIcon>> = {
  inBreach: new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground')),
  outstanding: new vscode.ThemeIcon('circle-large-outline', new vscode.ThemeColor('list.warningForeground')),
  leftOutstanding: new vscode.ThemeIcon('circle-large-outline', new vscode.ThemeColor('disabledForeground')),
  answered: new vscode.ThemeIcon('pass', new vscode.ThemeColor('charts.green')),
  notApplicable: new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('disabledForeground')),
};

export function registerChecklistView(shown: ShownAnswer<ChecklistResult>): vscode.Disposable[] {
  const view = vscode.window.createTreeView(CHECKLIST_VIEW, {
    treeDataProvider: {
      onDidChangeTreeData: shown.onDidChange,
      getChildren: (entry?: ChecklistEntry) =>
        entry === undefined ? [...(shown.answer?.sections ?? [])] : [...entry.entries],
      getTreeItem: entry => toTreeItem(entry, shown.document),
    },
    showCollapseAll: true,
  });
  const describe = (): void => {
    const { document, answer: checklist } = shown;
    // The review is named because another document may be in front of it.
    view.message = document && checklist ? `${nameOf(document)}: ${checklist.progress}` : undefined;
    void vscode.commands.executeCommand('setContext', CHECKLIST_SHOWN, checklist !== undefined);
  };
  return [view, shown.onDidChange(describe)];
}

function toTreeItem(entry: ChecklistEntry, document: vscode.TextDocument | undefined): vscode.TreeItem {
  const { id, title, description, state, words, messages, entries } = entry;
  const item = new vscode.TreeItem(title, foldingOf(entry));
  item.id = id;
  // So that what is not answered stands out, and a title has its room.
  if (entries.length > 0 || state !== 'answered') item.description = words;
  item.iconPath = ICONS[state];
  // In a narrow view what stands behind the title is cut off.
  item.tooltip = [`${title}: ${words}`, ...messages, description].join('\n\n');
  item.accessibilityInformation = { label: [`${title}, ${words}`, ...messages].join('. ') };
  if (document) {
    const options: vscode.TextDocumentShowOptions = { selection: answerOf(entry) };
    item.command = {
      command: 'vscode.open',
      title: vscode.l10n.t('Go There'),
      arguments: [document.uri, options],
    };
  }
  return item;
}

/** What is in breach is in view at once. */
function foldingOf({ entries, state }: ChecklistEntry): vscode.TreeItemCollapsibleState {
  if (entries.length === 0) return vscode.TreeItemCollapsibleState.None;
  return state === 'inBreach'
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}
