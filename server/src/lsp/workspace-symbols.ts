/** Workspace symbols: finds a case, a missing episode or a person by ref, or a case by the force's own reference. */
import {
  type CancellationToken,
  type SymbolInformation,
  SymbolKind,
  type WorkspaceSymbolParams,
} from 'vscode-languageserver';
import {
  findCaseReferences,
  findRefs,
  formOf,
  isCaseReferenceAt,
  isLocal,
  isNamedAt,
  type Ref,
  type RefForm,
} from '../engine/refs.ts';
import { nameOf } from './canonical-uri.ts';
import { toRange } from './convert.ts';
import { runInSlices } from './idle.ts';
import type { Session } from './session.ts';

/** More than this nobody reads; a longer query finds the rest. */
const MOST = 200;

const KINDS: Partial<Readonly<Record<RefForm, SymbolKind>>> = {
  CaseRef: SymbolKind.File,
  EpisodeRef: SymbolKind.Event,
};

export function provideWorkspaceSymbols(session: Session): void {
  session.connection.onWorkspaceSymbol(
    session.fence.request('workspace symbols', [], (params, token) => listSymbols(session, params, token)),
  );
}

async function listSymbols(
  session: Session,
  { query }: WorkspaceSymbolParams,
  token: CancellationToken,
): Promise<SymbolInformation[]> {
  session.documents.flush();
  const wanted = query.trim().toUpperCase();
  const symbols: SymbolInformation[] = [];
  const reviews = await session.mentions.all(token);
  const read = ([uri, refs]: readonly [string, string]): void => {
    if (symbols.length < MOST && refs.includes(wanted)) symbols.push(...symbolsIn(session, uri, wanted));
  };
  await runInSlices(reviews, read, token);
  return symbols.slice(0, MOST);
}

/** Only where a ref gets its name: a case is found in its own review and not in those that link to it. */
function symbolsIn({ workspace, documents }: Session, uri: string, wanted: string): SymbolInformation[] {
  const parsed = workspace.parsed(uri);
  const lines = documents.linesOf(parsed.text);
  const isWanted = ({ ref }: Ref): boolean => ref.toUpperCase().includes(wanted);
  const toSymbol = (place: Ref, kind: SymbolKind): SymbolInformation => {
    const location = { uri: documents.spelled(uri), range: toRange(lines, place) };
    return { name: place.ref, kind, location, containerName: nameOf(uri) };
  };
  const named = findRefs(parsed.text).flatMap(place => {
    const form = formOf(place.ref);
    if (form === undefined || isLocal(place.ref) || !isWanted(place) || !isNamedAt(parsed, place)) return [];
    return toSymbol(place, KINDS[form] ?? SymbolKind.Object);
  });
  const references = findCaseReferences(parsed.text)
    .filter(place => isWanted(place) && isCaseReferenceAt(parsed, place))
    .map(place => toSymbol(place, SymbolKind.File));
  return [...named, ...references];
}
