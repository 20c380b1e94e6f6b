/** The page of a rule, to which the code of a finding leads: made by the server, shown as a preview, offline. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  COMMANDS,
  LANGUAGE_ID,
  RULE_PAGE_REQUEST,
  type RulePageParams,
  type RulePageResult,
} from '../../server/src/protocol.ts';
import { ask } from './ask.ts';

const SCHEME = 'case-review-rule';

export function registerRulePages(client: BaseLanguageClient): vscode.Disposable[] {
  return [
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: page => readPage(client, page),
    }),
    vscode.commands.registerCommand(COMMANDS.showRule, showRule),
  ];
}

async function showRule(rule: string): Promise<void> {
  const active = vscode.window.activeTextEditor?.document;
  const query = active?.languageId === LANGUAGE_ID ? active.uri.toString() : '';
  const page = vscode.Uri.from({ scheme: SCHEME, path: `/${rule}.md`, query });
  await vscode.commands.executeCommand('markdown.showPreview', page);
}

async function readPage(client: BaseLanguageClient, { path, query }: vscode.Uri): Promise<string> {
  const params: RulePageParams = {
    rule: path.slice(1).replace(/\.md$/, ''),
    ...(query !== '' && { uri: query }),
  };
  const { text } = await ask<RulePageResult>(client, RULE_PAGE_REQUEST, params);
  return text || vscode.l10n.t('No rule of this id is in force here: {0}.', params.rule);
}
