/** Activates and deactivates the extension, and nothing else. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  CHECKLIST_CHANGED_NOTIFICATION,
  CHECKLIST_REQUEST,
  type ChecklistResult,
} from '../../server/src/protocol.ts';
import { registerChecklistView } from './checklist-view.ts';
import { registerCommands } from './commands.ts';
import { createLanguageClient, tellServerAboutTrust } from './language-client.ts';
import { registerNextQuestion } from './next-question.ts';
import { registerPolicyItem } from './policy-item.ts';
import { registerProgressItem } from './progress-item.ts';
import { registerRulePages } from './rule-pages.ts';
import { registerSampleReviews } from './sample-reviews.ts';
import { ShownAnswer } from './shown-answer.ts';
import { registerTimeline } from './timeline-panel.ts';

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('Case Review', { log: true });
  client = createLanguageClient(context, output);
  const shown = new ShownAnswer<ChecklistResult>(client, {
    request: CHECKLIST_REQUEST,
    changed: CHECKLIST_CHANGED_NOTIFICATION,
    paramsFor: uri => ({ uri }),
  });
  context.subscriptions.push(
    output,
    shown,
    ...registerChecklistView(shown),
    ...registerProgressItem(shown),
    ...registerPolicyItem(client),
    registerNextQuestion(client),
    registerSampleReviews(context),
    ...registerTimeline(context, client),
    ...registerCommands(client),
    ...registerRulePages(client),
    tellServerAboutTrust(client),
  );
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
