/** Starts the server of Red Hat's YAML extension for the documents for which that extension starts it. */
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const module = process.env.CASE_REVIEW_TEST_YAML_SERVER ?? '';
  const client = new LanguageClient(
    'yaml',
    'YAML Support',
    { module, transport: TransportKind.ipc },
    {
      documentSelector: [
        { language: 'yaml' },
        { language: 'dockercompose' },
        { language: 'github-actions-workflow' },
        { pattern: '*.y(a)ml' },
      ],
      synchronize: {
        configurationSection: ['yaml', 'http', 'editor', 'files'],
        fileEvents: [
          vscode.workspace.createFileSystemWatcher('**/*.?(e)y?(a)ml'),
          vscode.workspace.createFileSystemWatcher('**/*.json'),
        ],
      },
    },
  );
  context.subscriptions.push(client);
  await client.start();
}
