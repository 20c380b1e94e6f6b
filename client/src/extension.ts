/** Activates and deactivates the extension, and nothing else. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { registerChecklistView } from './checklist-view.ts';
import { registerCommands } from './commands.ts';
import { createLanguageClient, tellServerAboutTrust } from './language-client.ts';
import { registerPolicyItem } from './policy-item.ts';
import { registerProgressItem } from './progress-item.ts';
import { registerRulePages } from './rule-pages.ts';
import { registerSampleReviews } from './sample-reviews.ts';
import { ShownChecklist } from './shown-checklist.ts';

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('Case Review', { log: true });
  client = createLanguageClient(context, output);
  const shown = new ShownChecklist(client);
  context.subscriptions.push(
    output,
    shown,
    ...registerChecklistView(shown),
    ...registerProgressItem(shown),
    ...registerPolicyItem(client),
    registerSampleReviews(context),
    ...registerCommands(client),
    ...registerRulePages(client),
    tellServerAboutTrust(client),
  );
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
