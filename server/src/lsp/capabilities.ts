/** What this server says of itself in `initialize`. */
import { CodeActionKind, type InitializeResult, TextDocumentSyncKind } from 'vscode-languageserver';
import type { ClientSupport } from './client-support.ts';
import { ON_TYPE } from './formatting.ts';
import { TOKEN_LEGEND } from './semantic-tokens.ts';

/** The code action kind under which clients run our safe fixes on save. */
export const FIX_ALL_KIND = 'source.fixAll.caseReview';

export const EXTRACT_KIND = CodeActionKind.RefactorExtract;

export function serverCapabilities(client: ClientSupport): InitializeResult {
  return {
    serverInfo: { name: 'case-review' },
    capabilities: {
      positionEncoding: client.positionEncoding,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: true },
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, EXTRACT_KIND, FIX_ALL_KIND] },
      completionProvider: { triggerCharacters: [':', ' ', '-', '.', '"', "'"] },
      hoverProvider: true,
      inlayHintProvider: true,
      codeLensProvider: { resolveProvider: true },
      documentSymbolProvider: true,
      foldingRangeProvider: true,
      selectionRangeProvider: true,
      semanticTokensProvider: { legend: TOKEN_LEGEND, full: true, range: true },
      // Others are told for which documents, once they are there.
      ...(!client.registersFormatting && {
        documentFormattingProvider: true,
        documentRangeFormattingProvider: true,
        documentOnTypeFormattingProvider: ON_TYPE,
      }),
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      renameProvider: { prepareProvider: true },
      documentLinkProvider: {},
      workspaceSymbolProvider: true,
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}
