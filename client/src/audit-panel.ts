/** The panel "Audit": the figures of all reviews in the folders, which lead to the reviews and follow their changes. */
import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import {
  AUDIT_CHANGED_NOTIFICATION,
  AUDIT_PANEL,
  AUDIT_REQUEST,
  AUDIT_REVIEWS_REQUEST,
  type AuditFigure,
  type AuditHostMessage,
  type AuditPageMessage,
  type AuditResult,
  type AuditReviewsResult,
  COMMANDS,
} from '../../server/src/protocol.ts';
import { ask } from './ask.ts';
import { goTo } from './go-to.ts';
import { pageIcon, pageOptions, showPage } from './web-page.ts';

export function registerAudit(
  context: vscode.ExtensionContext,
  client: BaseLanguageClient,
): vscode.Disposable[] {
  let open: vscode.WebviewPanel | undefined;
  const adopt = (panel: vscode.WebviewPanel): void => {
    open = panel;
    panel.iconPath = pageIcon(context.extensionUri);
    const own = new AuditPanel(panel, context.extensionUri, client);
    panel.onDidDispose(() => {
      own.dispose();
      if (open === panel) open = undefined;
    });
  };
  const create = () =>
    vscode.window.createWebviewPanel(AUDIT_PANEL, vscode.l10n.t('Audit'), vscode.ViewColumn.Active, {
      ...pageOptions(context.extensionUri),
      enableFindWidget: true,
    });
  return [
    vscode.commands.registerCommand(COMMANDS.showAudit, () => (open ? open.reveal() : adopt(create()))),
    vscode.window.registerWebviewPanelSerializer(AUDIT_PANEL, {
      deserializeWebviewPanel: async panel => adopt(panel),
    }),
  ];
}

class AuditPanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #client: BaseLanguageClient;
  readonly #disposables: vscode.Disposable[];
  #isReady = false;
  #isAsking = false;
  #isStale = false;

  constructor(panel: vscode.WebviewPanel, extensionUri: vscode.Uri, client: BaseLanguageClient) {
    this.#panel = panel;
    this.#client = client;
    this.#disposables = [
      panel.webview.onDidReceiveMessage((message: AuditHostMessage) => this.#receive(message)),
      client.onNotification(AUDIT_CHANGED_NOTIFICATION, () => this.#show()),
      // A server that was restarted knows of nobody who asked.
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) void this.#show();
      }),
    ];
    showPage(panel.webview, extensionUri, 'audit-page', vscode.l10n.t('Audit'));
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #receive(message: AuditHostMessage): void {
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        this.#tell({ message: vscode.l10n.t('Counting the reviews…'), style: '', tables: '' });
        void this.#show();
        return;
      case 'reviews':
        void this.#list(message.figure);
        return;
      case 'go':
        void goTo(message.place);
    }
  }

  /** One question at a time: what changes meanwhile is asked for once. A page that is hidden asks when it is shown. */
  async #show(): Promise<void> {
    this.#isStale = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    while (this.#isStale && this.#isReady && this.#panel.visible && this.#client.isRunning()) {
      this.#isStale = false;
      const audit = await this.#client.sendRequest<AuditResult>(AUDIT_REQUEST, {}).catch(() => undefined);
      if (audit) this.#tell(audit);
    }
    this.#isAsking = false;
  }

  #tell(audit: AuditResult): void {
    this.#post({ type: 'audit', title: vscode.l10n.t('Audit'), audit });
  }

  async #list(figure: AuditFigure): Promise<void> {
    const reviews = await ask<AuditReviewsResult>(this.#client, AUDIT_REVIEWS_REQUEST, figure);
    this.#post({ type: 'reviews', figure, reviews });
  }

  #post(message: AuditPageMessage): void {
    void this.#panel.webview.postMessage(message);
  }
}
