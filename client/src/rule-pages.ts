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
const MESSAGE_MS = 5_000;

export function registerRulePages(client: BaseLanguageClient): vscode.Disposable[] {
  return [
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: page => readPage(client, page),
    }),
    vscode.commands.registerCommand(COMMANDS.showRule, showRule),
  ];
}

/** Without an id, as from the command palette, of a finding at the cursor: its code can be reached by the mouse alone. */
async function showRule(id?: string): Promise<void> {
  const rule = id ?? (await askForRule());
  if (rule === undefined) return;
  const active = vscode.window.activeTextEditor?.document;
  const query = active?.languageId === LANGUAGE_ID ? active.uri.toString() : '';
  const page = vscode.Uri.from({ scheme: SCHEME, path: `/${rule}.md`, query });
  await vscode.commands.executeCommand('markdown.showPreview', page);
}

async function askForRule(): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const found = findingsOfRules(editor.document.uri);
  const line = editor.document.lineAt(editor.selection.active.line).range;
  const atCursor = found.filter(({ range }) => range.contains(editor.selection.active));
  const near = atCursor.length > 0 ? atCursor : found.filter(({ range }) => range.intersection(line));
  if (near.length === 0) {
    vscode.window.setStatusBarMessage(vscode.l10n.t('No finding of a rule stands on this line.'), MESSAGE_MS);
    return undefined;
  }
  const rules = [...new Map(near.map(finding => [finding.rule, finding])).values()];
  if (rules.length === 1) return rules[0]?.rule;
  const items = rules.map(({ rule, message }) => ({ label: rule, detail: message }));
  const title = vscode.l10n.t('The rules behind the findings here');
  return (await vscode.window.showQuickPick(items, { title }))?.label;
}

/** The findings whose code leads to the page of a rule. */
function findingsOfRules(uri: vscode.Uri): { rule: string; range: vscode.Range; message: string }[] {
  return vscode.languages
    .getDiagnostics(uri)
    .flatMap(({ code, range, message }) =>
      typeof code === 'object' && code.target.scheme === 'command' && code.target.path === COMMANDS.showRule
        ? [{ rule: String(code.value), range, message }]
        : [],
    );
}

async function readPage(client: BaseLanguageClient, { path, query }: vscode.Uri): Promise<string> {
  const params: RulePageParams = {
    rule: path.slice(1).replace(/\.md$/, ''),
    ...(query !== '' && { uri: query }),
  };
  const { text } = await ask<RulePageResult>(client, RULE_PAGE_REQUEST, params);
  return text || vscode.l10n.t('No rule of this id is in force here: {0}.', params.rule);
}
