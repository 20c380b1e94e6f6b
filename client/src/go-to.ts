/** From a place that the server named to its line in an editor. */
import * as vscode from 'vscode';
import { COMMANDS, type TimelinePlace } from '../../server/src/protocol.ts';

type Place = Pick<TimelinePlace, 'uri' | 'start'>;

const BEGIN = { line: 0, character: 0 };

/** For commands of the server, whose addresses VS Code's own command does not find where the files are on another machine. */
export function registerGoTo(): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.goTo, (uri: string, start = BEGIN) => goTo({ uri, start }));
}

/** Where the review is seen already, else in the first column. */
export async function goTo(place: Place): Promise<void> {
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
export function isAt({ uri }: Place, other: vscode.Uri): boolean {
  return vscode.Uri.parse(uri).toString() === other.toString();
}
