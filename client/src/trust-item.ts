/** Beside a review in a folder that is not trusted: by which policy it is judged meanwhile, and where to change that. */
import * as vscode from 'vscode';
import { LANGUAGE_ID } from '../../server/src/protocol.ts';

export function registerTrustItem(): vscode.Disposable[] {
  if (vscode.workspace.isTrusted) return [];
  const item = vscode.languages.createLanguageStatusItem('caseReview.trust', { language: LANGUAGE_ID });
  item.name = vscode.l10n.t('Case Review: Trust');
  item.severity = vscode.LanguageStatusSeverity.Warning;
  item.text = vscode.l10n.t('Shipped policy only');
  item.detail = vscode.l10n.t('until you trust this folder');
  item.command = { command: 'workbench.trust.manage', title: vscode.l10n.t('Manage Trust') };
  return [item, vscode.workspace.onDidGrantWorkspaceTrust(() => item.dispose())];
}
