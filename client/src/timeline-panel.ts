/** The panel "Timeline": the events of the review looked at, beside its text. It follows the cursor, and leads to it. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  COMMANDS,
  LANGUAGE_ID,
  TIMELINE_CHANGED_NOTIFICATION,
  TIMELINE_PANEL,
  TIMELINE_REQUEST,
  type TimelineFormat,
  type TimelineHostMessage,
  type TimelineLabels,
  type TimelineLooks,
  type TimelinePageMessage,
  type TimelineParams,
  type TimelinePlace,
  type TimelineResult,
} from '../../server/src/protocol.ts';
import { eventAt } from './event-at.ts';
import { goTo, isAt } from './go-to.ts';
import { nameOf } from './review-name.ts';
import { saveTimeline } from './save-timeline.ts';
import { ShownAnswer } from './shown-answer.ts';
import { pageIcon, pageOptions, showPage } from './web-page.ts';

export function registerTimeline(
  context: vscode.ExtensionContext,
  client: BaseLanguageClient,
): vscode.Disposable[] {
  let open: TimelinePanel | undefined;
  const adopt = (panel: vscode.WebviewPanel): TimelinePanel => {
    panel.iconPath = pageIcon(context.extensionUri);
    const own = new TimelinePanel(panel, context.extensionUri, client);
    open = own;
    panel.onDidDispose(() => {
      own.dispose();
      if (open === own) open = undefined;
    });
    return own;
  };
  const show = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    if (open === undefined) {
      const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      adopt(
        vscode.window.createWebviewPanel(TIMELINE_PANEL, vscode.l10n.t('Timeline'), where, {
          ...pageOptions(context.extensionUri),
          enableFindWidget: true,
        }),
      );
    } else {
      open.show(document);
    }
  };
  const save = (format: TimelineFormat) => {
    const active = vscode.window.activeTextEditor?.document;
    const document = active?.languageId === LANGUAGE_ID ? active : open?.document;
    return saveTimeline(client, document, { format, linked: open?.isLinked ?? true });
  };
  return [
    vscode.commands.registerCommand(COMMANDS.showTimeline, show),
    vscode.commands.registerCommand(COMMANDS.saveTimelineSvg, () => save('svg')),
    vscode.commands.registerCommand(COMMANDS.saveTimelineHtml, () => save('html')),
    vscode.window.registerWebviewPanelSerializer(TIMELINE_PANEL, {
      deserializeWebviewPanel: (panel, looks?: TimelineLooks) => adopt(panel).restore(looks),
    }),
    { dispose: () => open?.dispose() },
  ];
}

class TimelinePanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #client: BaseLanguageClient;
  readonly #shown: ShownAnswer<TimelineResult>;
  readonly #disposables: vscode.Disposable[];
  /** Undefined until the page has told how much room there is. */
  #look: Pick<TimelineParams, 'width' | 'linked'> | undefined;

  constructor(panel: vscode.WebviewPanel, extensionUri: vscode.Uri, client: BaseLanguageClient) {
    this.#panel = panel;
    this.#client = client;
    this.#shown = new ShownAnswer(client, {
      request: TIMELINE_REQUEST,
      changed: TIMELINE_CHANGED_NOTIFICATION,
      // A page that was hidden is built anew when it is shown, and asks then.
      paramsFor: uri => (panel.visible && this.#look ? { uri, ...this.#look } : undefined),
      // Going to an event of a linked review leaves the case in view.
      staysWith: ({ uri }) => this.#events.some(event => isAt(event, uri)),
    });
    this.#disposables = [
      this.#shown,
      this.#shown.onDidChange(() => this.#tell()),
      panel.webview.onDidReceiveMessage((message: TimelineHostMessage) => this.#receive(message)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#follow(textEditor)),
    ];
    showPage(panel.webview, extensionUri, 'timeline-page', vscode.l10n.t('Timeline'));
  }

  get document(): vscode.TextDocument | undefined {
    return this.#shown.document;
  }

  get isLinked(): boolean {
    return this.#look?.linked ?? true;
  }

  show(document: vscode.TextDocument | undefined): void {
    this.#panel.reveal(undefined, true);
    if (document) this.#shown.show(document);
  }

  /** After a start of the editor nobody may be looking at the review that the panel showed. */
  async restore(looks: TimelineLooks | undefined): Promise<void> {
    if (looks?.uri === undefined || this.document !== undefined) return;
    const uri = vscode.Uri.parse(looks.uri);
    // One that was never saved would be made anew, empty.
    if (uri.scheme === 'untitled') return;
    const document = await vscode.workspace.openTextDocument(uri).then(
      found => found,
      () => undefined, // It is gone, which the panel says.
    );
    if (document && this.document === undefined) this.#shown.show(document);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  get #events(): readonly TimelinePlace[] {
    return this.#shown?.answer?.events ?? [];
  }

  #receive(message: TimelineHostMessage): void {
    switch (message.type) {
      case 'ready':
        this.#post({ type: 'labels', labels: labels() });
        if (this.#shown.document === undefined) this.#tell();
        return;
      case 'look':
        this.#look = { width: message.width, linked: message.linked };
        void this.#shown.ask();
        return;
      case 'go':
        this.#go(this.#shown.answer?.[message.list][message.index]);
        return;
      case 'save':
        void saveTimeline(this.#client, this.document, { format: message.format, linked: this.isLinked });
    }
  }

  #tell(): void {
    const { document, answer } = this.#shown;
    if (document === undefined) {
      const message = vscode.l10n.t('No case review is open. Open one, and its dates are shown here.');
      this.#post({ type: 'nothing', message });
    } else if (answer?.message) {
      this.#post({ type: 'nothing', message: answer.message });
    } else if (answer) {
      const uri = document.uri.toString();
      this.#post({ type: 'timeline', uri, name: nameOf(document), timeline: answer });
      const editor = vscode.window.activeTextEditor;
      if (editor) this.#follow(editor);
    }
  }

  #follow({ document, selection }: vscode.TextEditor): void {
    if (document.languageId !== LANGUAGE_ID) return;
    const uri = this.#events.find(event => isAt(event, document.uri))?.uri;
    const event = uri === undefined ? undefined : eventAt(this.#events, uri, selection.active);
    this.#post({ type: 'cursor', ...(event !== undefined && { event }) });
  }

  #go(place: TimelinePlace | undefined): void {
    if (place) void goTo(place);
  }

  #post(message: TimelinePageMessage): void {
    void this.#panel.webview.postMessage(message);
  }
}

function labels(): TimelineLabels {
  return {
    title: vscode.l10n.t('Timeline'),
    zoomIn: vscode.l10n.t('Zoom In'),
    zoomOut: vscode.l10n.t('Zoom Out'),
    fit: vscode.l10n.t('Fit'),
    linked: vscode.l10n.t('Linked cases'),
    saveSvg: vscode.l10n.t('Save as SVG…'),
    saveHtml: vscode.l10n.t('Save as HTML…'),
    keys: vscode.l10n.t(
      'Left and Right: the event before and after. Up and Down: the section above and below. Enter: its line in the review. Plus and minus: zoom.',
    ),
    drawing: vscode.l10n.t('Drawing'),
  };
}
