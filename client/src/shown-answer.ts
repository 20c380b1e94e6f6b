/** What the server says of the review looked at last: asked for when another is looked at, and when it has changed. */
import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { LANGUAGE_ID } from '../../server/src/protocol.ts';

export interface Question {
  readonly request: string;
  /** With which the server tells that the answer is another now. */
  readonly changed: string;
  /** Undefined while nothing is to be asked. */
  readonly paramsFor: (uri: string) => object | undefined;
  /** Whether the answer goes on being that of the review looked at before. */
  readonly staysWith?: (document: vscode.TextDocument) => boolean;
}

export class ShownAnswer<R> implements vscode.Disposable {
  readonly #client: BaseLanguageClient;
  readonly #question: Question;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[];
  #document: vscode.TextDocument | undefined;
  #answer: R | undefined;
  #isAsking = false;
  #isStale = false;

  readonly onDidChange = this.#changed.event;

  constructor(client: BaseLanguageClient, question: Question) {
    this.#client = client;
    this.#question = question;
    const look = (): void => {
      const document = vscode.window.activeTextEditor?.document;
      if (document && !question.staysWith?.(document)) this.show(document);
    };
    this.#disposables = [
      this.#changed,
      vscode.window.onDidChangeActiveTextEditor(look),
      // The language of a document is changed by closing and opening it.
      vscode.workspace.onDidOpenTextDocument(look),
      vscode.workspace.onDidCloseTextDocument(document => {
        if (document === this.#document) this.#forget();
      }),
      client.onNotification(question.changed, () => this.ask()),
      // A server that was restarted knows of nobody who asked.
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) this.ask();
      }),
    ];
    look();
  }

  /** The document of the answer, while a review is looked at. */
  get document(): vscode.TextDocument | undefined {
    return this.#document;
  }

  /** Undefined until the server has answered. */
  get answer(): R | undefined {
    return this.#answer;
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    this.#document = undefined;
  }

  /** Another kind of document, such as the page of a rule, leaves the review in view. */
  show(document: vscode.TextDocument): void {
    if (document.languageId !== LANGUAGE_ID || document === this.#document) return;
    this.#document = document;
    this.#answer = undefined;
    void this.ask();
  }

  /** One question at a time: while the reviewer types, what is asked meanwhile is asked once. */
  async ask(): Promise<void> {
    this.#isStale = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    while (this.#isStale && this.#document !== undefined && this.#client.isRunning()) {
      this.#isStale = false;
      const document = this.#document;
      const params = this.#question.paramsFor(document.uri.toString());
      if (params === undefined) break;
      const answer = await this.#client
        .sendRequest<R>(this.#question.request, params)
        // The server has ended; another one is asked when it runs.
        .catch(() => undefined);
      if (answer === undefined || document !== this.#document) continue;
      this.#answer = answer;
      this.#changed.fire();
    }
    this.#isAsking = false;
  }

  #forget(): void {
    this.#document = undefined;
    this.#answer = undefined;
    this.#changed.fire();
  }
}
