/** The checklist of the review looked at last: asked for when another is looked at, and when the server tells of a change. */
import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import {
  CHECKLIST_CHANGED_NOTIFICATION,
  CHECKLIST_REQUEST,
  type ChecklistParams,
  type ChecklistResult,
  LANGUAGE_ID,
} from '../../server/src/protocol.ts';

export class ShownChecklist implements vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[];
  #document: vscode.TextDocument | undefined;
  #checklist: ChecklistResult | undefined;
  #isAsking = false;
  #isStale = false;

  readonly onDidChange = this.#changed.event;

  constructor(client: LanguageClient) {
    this.#client = client;
    const look = (): void => this.#show(vscode.window.activeTextEditor?.document);
    this.#disposables = [
      this.#changed,
      vscode.window.onDidChangeActiveTextEditor(look),
      // The language of a document is changed by closing and opening it.
      vscode.workspace.onDidOpenTextDocument(look),
      vscode.workspace.onDidCloseTextDocument(document => {
        if (document === this.#document) this.#forget();
      }),
      client.onNotification(CHECKLIST_CHANGED_NOTIFICATION, () => this.#ask()),
      // A server that was restarted knows of nobody who asked.
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) this.#ask();
      }),
    ];
    look();
  }

  /** The document of the checklist, while a review is looked at. */
  get document(): vscode.TextDocument | undefined {
    return this.#document;
  }

  /** Undefined until the server has answered. */
  get checklist(): ChecklistResult | undefined {
    return this.#checklist;
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** Another kind of document, such as the page of a rule, leaves the review in view. */
  #show(document: vscode.TextDocument | undefined): void {
    if (document?.languageId !== LANGUAGE_ID || document === this.#document) return;
    this.#document = document;
    this.#checklist = undefined;
    void this.#ask();
  }

  #forget(): void {
    this.#document = undefined;
    this.#checklist = undefined;
    this.#changed.fire();
  }

  /** One question at a time: while the reviewer types, what is asked meanwhile is asked once. */
  async #ask(): Promise<void> {
    this.#isStale = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    while (this.#isStale && this.#document !== undefined && this.#client.isRunning()) {
      this.#isStale = false;
      const document = this.#document;
      const params: ChecklistParams = { uri: document.uri.toString() };
      const answer = await this.#client
        .sendRequest<ChecklistResult>(CHECKLIST_REQUEST, params)
        // The server has ended; another one is asked when it runs.
        .catch(() => undefined);
      if (answer === undefined || document !== this.#document) continue;
      this.#checklist = answer;
      this.#changed.fire();
    }
    this.#isAsking = false;
  }
}
