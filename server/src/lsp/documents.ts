/** The open documents: their texts as the client edits them, and when the workspace hears of them. */
import { type Connection, type PositionEncodingKind, TextDocuments } from 'vscode-languageserver';
import { LANGUAGE_ID, REVIEW_EXTENSIONS } from '../protocol.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { canonicalUri } from './canonical-uri.ts';
import type { Lines } from './convert.ts';
import type { Fence } from './fence.ts';
import { createIdleCall, type Pace } from './idle.ts';
import { documentsIn, type OpenDocument } from './position-encoding.ts';

/** News that the reports of some reviews may have changed. */
export interface Change {
  readonly uris: readonly string[];
  /** The document whose editing is the cause; a client that pulls asks for this one unprompted. */
  readonly edited?: string;
}

export interface Documents {
  /** The open document of a canonical URI. It is changed in place: never key anything by its identity. */
  get(uri: string): OpenDocument | undefined;
  /** Whether a document is a review: by its language while it is open, or by its name. */
  isReview(uri: string): boolean;
  /** The canonical URIs of all open documents. */
  all(): readonly string[];
  /** The lines of a text that is not open, or of another version. */
  linesOf(text: string): Lines;
  /** The URI as the client spells it. */
  spelled(uri: string): string;
  /** Takes in open files that have become policy since they were opened: a pack was made, or the workspace is trusted. */
  adopt(): void;
  /** Hands edited texts to the workspace, before anything is read from it. Of several edits only the last counts. */
  flush(): void;
}

export function createDocuments(
  connection: Connection,
  workspace: Workspace,
  fence: Fence,
  pace: Pace,
  encoding: PositionEncodingKind,
  tellChange: (change: Change) => void,
): Documents {
  const making = documentsIn(encoding);
  const texts = new TextDocuments(making);
  const opened = new Set<string>();
  const edited = new Set<string>();
  // Kept after closing as well, because the news that a file is clean again goes to this address.
  const spellings = new Map<string, string>();
  const get = (uri: string): OpenDocument | undefined => texts.get(spellings.get(uri) ?? uri);
  // Some editors call everything that they send by the one language.
  const isReview = (uri: string): boolean =>
    REVIEW_EXTENSIONS.some(extension => uri.endsWith(extension)) ||
    (get(uri)?.languageId === LANGUAGE_ID && workspace.desk.kindOf(uri) === undefined);

  /** For reviews, configuration and packs count as they are on disk; any other file is none of our business. */
  const openPolicy = (uri: string, text: string): string[] => {
    if (workspace.desk.kindOf(uri) === undefined) return [];
    workspace.desk.openText(uri, text);
    return [uri];
  };

  const flush = (): void => {
    for (const uri of edited) {
      edited.delete(uri);
      const document = get(uri);
      if (document === undefined) continue;
      const uris = isReview(uri)
        ? [...new Set([uri, ...workspace.openText(uri, document.getText())])]
        : openPolicy(uri, document.getText());
      if (uris.length === 0) continue;
      tellChange(opened.delete(uri) ? { uris } : { uris, edited: uri });
    }
  };
  const flushWhenIdle = createIdleCall(fence.event('edits', flush));

  texts.onDidOpen(({ document }) => void opened.add(canonicalUri(document.uri)));
  texts.onDidChangeContent(({ document }) => {
    pace.note();
    const uri = canonicalUri(document.uri);
    spellings.set(uri, document.uri);
    edited.add(uri);
    flushWhenIdle();
  });
  texts.onDidClose(
    fence.event('closing', ({ document }) => {
      const uri = canonicalUri(document.uri);
      edited.delete(uri);
      opened.delete(uri);
      workspace.desk.closeText(uri);
      tellChange({ uris: [...new Set([uri, ...workspace.closeText(uri)])] });
    }),
  );
  texts.listen(connection);

  return {
    get,
    isReview,
    all: () => texts.keys().map(canonicalUri),
    linesOf: text => making.create('', '', 0, text),
    spelled: uri => spellings.get(uri) ?? uri,
    adopt() {
      for (const uri of texts.keys().map(canonicalUri))
        if (!isReview(uri) && workspace.desk.parsed(uri) === undefined) edited.add(uri);
      flush();
    },
    flush,
  };
}
