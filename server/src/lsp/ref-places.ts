/** Where a ref stands, in this review and in the others. */
import type { CancellationToken, Location, TextDocumentPositionParams } from 'vscode-languageserver';
import { findDefinition, findRefs, isLocal, type Ref, refAt } from '../engine/refs.ts';
import { type Lines, toOffset, toRange } from './convert.ts';
import { runInSlices } from './idle.ts';
import { type OpenReview, openReview } from './open-review.ts';
import { readLines } from './read-lines.ts';
import type { Session } from './session.ts';

export interface RefInReview {
  readonly uri: string;
  readonly lines: Lines;
  readonly places: readonly Ref[];
}

/** The ref at the cursor. */
export function findRefAtCursor(
  session: Session,
  { textDocument, position }: TextDocumentPositionParams,
): (OpenReview & { readonly found: Ref }) | undefined {
  const open = openReview(session, textDocument);
  const found = open && refAt(open.document.getText(), toOffset(open.document, position));
  return open && found && { ...open, found };
}

export function placesIn(session: Session, uri: string, ref: string): RefInReview {
  const lines = readLines(session, uri);
  return { uri, lines, places: findRefs(lines.getText()).filter(place => place.ref === ref) };
}

/**
 * Every review in which the ref means the same as in the review named; that one first, then in the order of URIs.
 * Incomplete when cancelled.
 */
export async function findPlaces(
  session: Session,
  uri: string,
  ref: string,
  token: CancellationToken,
): Promise<RefInReview[]> {
  const others = isLocal(ref) ? [] : await urisOf(session, ref, token);
  const found: RefInReview[] = [];
  const uris = [uri, ...others.filter(other => other !== uri)];
  await runInSlices(uris, each => void found.push(placesIn(session, each, ref)), token);
  return found;
}

/** The place where a ref gets its name: here, or else wherever another review names it. */
export async function findDefinitions(
  session: Session,
  uri: string,
  ref: string,
  token: CancellationToken,
): Promise<Location[]> {
  const own = definitionIn(session, uri, ref);
  if (own.length > 0 || isLocal(ref)) return own;
  const holder = session.workspace.holder(ref, uri)?.uri;
  const uris = holder === undefined ? await urisOf(session, ref, token) : [holder];
  return uris.flatMap(other => definitionIn(session, other, ref));
}

export function toLocation({ documents }: Session, uri: string, lines: Lines, place: Ref): Location {
  return { uri: documents.spelled(uri), range: toRange(lines, place) };
}

function definitionIn(session: Session, uri: string, ref: string): Location[] {
  const parsed = session.workspace.parsed(uri);
  const place = findDefinition(parsed, ref);
  return place === undefined ? [] : [toLocation(session, uri, readLines(session, uri), place)];
}

async function urisOf({ mentions }: Session, ref: string, token: CancellationToken): Promise<string[]> {
  const all = await mentions.all(token);
  return all.filter(([, refs]) => refs.includes(` ${ref} `)).map(([uri]) => uri);
}
