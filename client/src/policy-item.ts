/** The item in the status bar that is there while configuration or packs have errors, and leads to the problems. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { POLICY_TROUBLE_NOTIFICATION, type PolicyTroubleParams } from '../../server/src/protocol.ts';

export function registerPolicyItem(client: BaseLanguageClient): vscode.Disposable[] {
  const item = vscode.window.createStatusBarItem('policy', vscode.StatusBarAlignment.Left);
  item.name = vscode.l10n.t('Case Review: Policy');
  item.text = `$(warning) ${vscode.l10n.t('Policy has errors')}`;
  item.command = 'workbench.actions.view.problems';
  item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
  const listening = client.onNotification(POLICY_TROUBLE_NOTIFICATION, ({ message }: PolicyTroubleParams) => {
    item.tooltip = message;
    item.accessibilityInformation = { label: message, role: 'button' };
    if (message === '') item.hide();
    else item.show();
  });
  return [item, listening];
}
