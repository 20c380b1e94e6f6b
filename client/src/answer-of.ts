/** Where the answer to a question of the checklist is written: what is typed there takes the place of `outstanding`. */
import * as vscode from 'vscode';
import type { ChecklistEntry } from '../../server/src/protocol.ts';

export function answerOf({ place, end }: ChecklistEntry): vscode.Range {
  return new vscode.Range(place.line, place.character, end.line, end.character);
}
