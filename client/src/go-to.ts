/** From a place that the server named to its line in an editor. */
import * as vscode from 'vscode';
import type { TimelinePlace } from '../../server/src/protocol.ts';

/** Where the review is seen already, else in the first column. */
export async function goTo(place: TimelinePlace): Promise<void> {
  const uri = vscode.Uri.parse(place.uri);
  const document = [...vscode.workspace.textDocuments].find(one => isAt(place, one.uri)) ?? uri;
  const editor = vscode.window.visibleTextEditors.find(one => isAt(place, one.document.uri));
  const at = new vscode.Position(place.start.line, place.start.character);
  const options = {
    viewColumn: editor?.viewColumn ?? vscode.ViewColumn.One,
    selection: new vscode.Range(at, at),
  };
  if (document instanceof vscode.Uri) await vscode.window.showTextDocument(document, options);
  else await vscode.window.showTextDocument(document, options);
}

/** The server writes addresses in a form of its own. */
export function isAt({ uri }: TimelinePlace, other: vscode.Uri): boolean {
  return vscode.Uri.parse(uri).toString() === other.toString();
}
