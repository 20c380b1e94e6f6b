/** The commands: make a new review, run an example of a rule, restart the server, show the output. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  COMMANDS,
  KINDS_REQUEST,
  type KindsResult,
  LANGUAGE_ID,
  NEW_REVIEW_REQUEST,
  type NewReviewParams,
  type NewReviewResult,
  RUN_EXAMPLE_REQUEST,
  type RunExampleParams,
  type RunExampleResult,
} from '../../server/src/protocol.ts';
import { ask } from './ask.ts';
import { chooseKinds } from './choose-kinds.ts';
import { exists } from './exists.ts';

export function registerCommands(client: BaseLanguageClient): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand(COMMANDS.newReview, (kinds?: string[]) => createReview(client, kinds)),
    vscode.commands.registerCommand(COMMANDS.runExample, (uri: string, path: string) =>
      runExample(client, { uri, path }),
    ),
    vscode.commands.registerCommand(COMMANDS.restartServer, async () => {
      await client.stop();
      await client.start();
    }),
    vscode.commands.registerCommand(COMMANDS.showOutput, () => client.outputChannel.show()),
  ];
}

/** With `kinds`, as a key binding may pass them, nothing is asked. */
async function createReview(client: BaseLanguageClient, kinds?: readonly string[]): Promise<void> {
  const chosen = kinds?.length ? kinds : await chooseKinds(await ask<KindsResult>(client, KINDS_REQUEST));
  if (chosen === undefined) return;
  const params: NewReviewParams = { kinds: chosen };
  const review = await ask<NewReviewResult>(client, NEW_REVIEW_REQUEST, params);
  const document = await openUntitled(review);
  const cursor = document.positionAt(review.cursor);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(cursor, cursor) });
}

/** Shows an example of a rule beside it, with the findings that it has. */
async function runExample(client: BaseLanguageClient, params: RunExampleParams): Promise<void> {
  const result = await ask<RunExampleResult>(client, RUN_EXAMPLE_REQUEST, params);
  const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: result.text });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}

/** An untitled document that will be saved under the suggested name in the workspace, where there is one. */
async function openUntitled({ text, suggestedName }: NewReviewResult): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  const uri = folder && vscode.Uri.joinPath(folder.uri, suggestedName);
  if (!uri || (await isTaken(uri))) {
    return vscode.workspace.openTextDocument({ language: LANGUAGE_ID, content: text });
  }
  const document = await vscode.workspace.openTextDocument(uri.with({ scheme: 'untitled' }));
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(edit);
  return document;
}

/** True where a file of this name exists, or a new review of this name is open and not yet saved. */
async function isTaken(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.textDocuments.some(({ uri: { path } }) => path === uri.path) || (await exists(uri));
}
