/** When the server ends unasked: it is started again without a word, and when that happens too often, the user decides. */
import * as vscode from 'vscode';
import { type BaseLanguageClient, CloseAction, ErrorAction, type ErrorHandler } from 'vscode-languageclient';

const MOST_ENDS = 5;
const WITHIN_MS = 3 * 60_000;
/** A connection that fails once or twice may recover. */
const MOST_ERRORS = 3;

/** `ask` is called when the server stays away. The library keeps the documents and tells a new server of them. */
export function restartQuietly(ask: () => void): ErrorHandler {
  let ends: number[] = [];
  return {
    error(_error, _message, count = 0) {
      if (count <= MOST_ERRORS) return { action: ErrorAction.Continue, handled: true };
      ask();
      return { action: ErrorAction.Shutdown, handled: true };
    },
    closed() {
      const now = Date.now();
      ends = [...ends.filter(end => now - end < WITHIN_MS), now];
      if (ends.length < MOST_ENDS) return { action: CloseAction.Restart, handled: true };
      ends = [];
      ask();
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}

export async function offerRestart(client: BaseLanguageClient): Promise<void> {
  const again = vscode.l10n.t('Start Again');
  const chosen = await vscode.window.showErrorMessage(
    vscode.l10n.t('Reviews are no longer checked: the server of Case Review has ended again and again.'),
    again,
  );
  if (chosen === again) await client.start();
}
