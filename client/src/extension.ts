/** Activates and deactivates the extension, and nothing else. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { registerCommands } from './commands.ts';
import { createLanguageClient, tellServerAboutTrust } from './language-client.ts';
import { registerRulePages } from './rule-pages.ts';

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('Case Review', { log: true });
  client = createLanguageClient(context, output);
  context.subscriptions.push(
    output,
    ...registerCommands(client),
    ...registerRulePages(client),
    tellServerAboutTrust(client),
  );
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
