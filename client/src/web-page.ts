/**
 * The page of a webview: no network, no inline script or style, nothing but a bundle of `dist/` with its stylesheet.
 * What it shows comes by messages; their types are in `protocol.ts`. It runs in VS Code for the web as well.
 */
import * as vscode from 'vscode';
import { writePage } from './page-text.ts';

/** The folder of the bundles; pages may load nothing else. */
const FOLDER = 'dist';

/**
 * Turns a webview into the page of a script of `client/web/`, such as `timeline-page`, and its stylesheet of the same
 * name. Listen to its messages before: the page tells when it is ready.
 */
export function showPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  name: string,
  title: string,
): void {
  const uriOf = (file: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, FOLDER, file)).toString();
  webview.options = pageOptions(extensionUri);
  webview.html = writePage({
    title,
    language: vscode.env.language,
    source: webview.cspSource,
    nonce: crypto.randomUUID(),
    script: uriOf(`${name}.js`),
    style: uriOf(`${name}.css`),
  });
}

/** Of the tab: a page belongs to the reviews. */
export function pageIcon(extensionUri: vscode.Uri): { light: vscode.Uri; dark: vscode.Uri } {
  const iconOf = (look: string) => vscode.Uri.joinPath(extensionUri, `client/media/review-${look}.svg`);
  return { light: iconOf('light'), dark: iconOf('dark') };
}

export function pageOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, FOLDER)] };
}
