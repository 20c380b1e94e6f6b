/** Activates and deactivates the extension in whatever host, and nothing else. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  CHECKLIST_CHANGED_NOTIFICATION,
  CHECKLIST_REQUEST,
  type ChecklistResult,
} from '../../server/src/protocol.ts';
import { registerAudit } from './audit-panel.ts';
import { registerChecklistView } from './checklist-view.ts';
import { registerCommands } from './commands.ts';
import { registerGoTo } from './go-to.ts';
import { type CreateClient, createLanguageClient, tellServerAboutTrust } from './language-client.ts';
import { registerNextQuestion } from './next-question.ts';
import { registerPolicyItem } from './policy-item.ts';
import { registerProgressItem } from './progress-item.ts';
import { registerRulePages } from './rule-pages.ts';
import { registerRuleTests } from './rule-tests.ts';
import { registerSampleReviews } from './sample-reviews.ts';
import { ShownAnswer } from './shown-answer.ts';
import { registerTimeline } from './timeline-panel.ts';
import { registerTrustItem } from './trust-item.ts';

/** What VS Code calls. */
export interface Extension {
  activate(context: vscode.ExtensionContext): Promise<void>;
  deactivate(): Promise<void>;
}

export function createExtension(create: CreateClient): Extension {
  let client: BaseLanguageClient | undefined;
  return {
    activate: context => {
      client = createClient(context, create);
      return client.start();
    },
    deactivate: async () => client?.stop(),
  };
}

function createClient(context: vscode.ExtensionContext, create: CreateClient): BaseLanguageClient {
  const output = vscode.window.createOutputChannel('Case Review', { log: true });
  const client = createLanguageClient(context, output, create);
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
    registerNextQuestion(client, shown),
    registerGoTo(),
    registerSampleReviews(context),
    ...registerTimeline(context, client),
    ...registerAudit(context, client),
    ...registerCommands(client),
    ...registerRulePages(client),
    ...registerRuleTests(client),
    tellServerAboutTrust(client),
    ...registerTrustItem(),
  );
  return client;
}
