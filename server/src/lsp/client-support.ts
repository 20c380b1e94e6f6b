/** What the connected client can do, read once from `initialize`: the rest of the server asks here and nowhere else. */
import type { InitializeParams, PositionEncodingKind } from 'vscode-languageserver';
import type { InitializationOptions } from '../protocol.ts';
import { choosePositionEncoding } from './position-encoding.ts';

export interface ClientSupport {
  readonly positionEncoding: PositionEncodingKind;
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  /** Whether the client has the command that shows the page of a rule. */
  readonly rulePages: boolean;
  /** Whether the client has the commands to which a code lens of a review leads. */
  readonly lensCommands: boolean;
  /** Whether the client has the command that opens the list of suggestions. */
  readonly suggestCommand: boolean;
  /** Whether the client has a place for trouble with the policy. */
  readonly policyTrouble: boolean;
  /** Whether the client reads files for the server. */
  readonly readsFiles: boolean;
  readonly diagnosticTags: boolean;
  readonly diagnosticData: boolean;
  readonly codeActionLiterals: boolean;
  readonly preferredActions: boolean;
  readonly documentChanges: boolean;
  readonly snippets: boolean;
  readonly labelDetails: boolean;
  readonly insertTextModes: boolean;
  readonly markdownCompletion: boolean;
  readonly markdownHover: boolean;
  readonly symbolTree: boolean;
  /** Whether the client can be told which documents are formatted here. */
  readonly registersFormatting: boolean;
  readonly refreshesInlayHints: boolean;
  readonly refreshesCodeLenses: boolean;
  readonly configuration: boolean;
  readonly configurationPush: boolean;
  readonly watchedFiles: boolean;
  readonly folderChanges: boolean;
  readonly progress: boolean;
}

export function readClientSupport({ capabilities, initializationOptions }: InitializeParams): ClientSupport {
  const { textDocument, workspace, window } = capabilities;
  const diagnostic = { ...textDocument?.publishDiagnostics, ...textDocument?.diagnostic };
  const item = textDocument?.completion?.completionItem;
  const options: Partial<InitializationOptions> = initializationOptions ?? {};
  return {
    positionEncoding: choosePositionEncoding(capabilities),
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    // Clients that pull and say nothing more there can do what they say of pushed diagnostics.
    relatedInformation: diagnostic.relatedInformation === true,
    codeDescription: diagnostic.codeDescriptionSupport === true,
    rulePages: options.rulePages === true,
    lensCommands: options.lensCommands === true,
    suggestCommand: options.suggestCommand === true,
    policyTrouble: options.policyTrouble === true,
    readsFiles: options.readsFiles === true,
    diagnosticTags: diagnostic.tagSupport !== undefined,
    diagnosticData: diagnostic.dataSupport === true,
    codeActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    preferredActions: textDocument?.codeAction?.isPreferredSupport === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    snippets: item?.snippetSupport === true,
    labelDetails: item?.labelDetailsSupport === true,
    insertTextModes: item?.insertTextModeSupport !== undefined,
    markdownCompletion: item?.documentationFormat?.includes('markdown') === true,
    markdownHover: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    symbolTree: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    registersFormatting:
      textDocument?.formatting?.dynamicRegistration === true &&
      textDocument.rangeFormatting?.dynamicRegistration === true &&
      textDocument.onTypeFormatting?.dynamicRegistration === true,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
    configuration: workspace?.configuration === true,
    configurationPush: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    folderChanges: workspace?.workspaceFolders === true,
    progress: window?.workDoneProgress === true,
  };
}
