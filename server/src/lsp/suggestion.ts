/** One completion before it becomes LSP's. */
import type { CompletionItemKind, InsertTextFormat } from 'vscode-languageserver';

export interface Suggestion {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly detail: string;
  readonly documentation: string;
  readonly text: string;
  readonly format?: InsertTextFormat;
}
