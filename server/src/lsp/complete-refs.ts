/** Completion of refs: the persons of this review, the officers, cases and missing episodes of the others. */
import { CompletionItemKind } from 'vscode-languageserver';
import { findRefs, isDefinition, isLocal } from '../engine/refs.ts';
import type { GuideEntry } from '../engine/schema-guide.ts';
import { randomRef } from '../files/random-ref.ts';
import { readPersons } from './persons.ts';
import type { Session } from './session.ts';
import type { Suggestion } from './suggestion.ts';

/** More are not sent; a client asks again when more has been typed. */
export const MOST_REFS = 200;

/** A ref and what it stands for. */
type Known = readonly [ref: string, detail: string];

export function completeRefs(
  session: Session,
  uri: string,
  entry: GuideEntry,
  pointer: string,
  begun: string,
): Suggestion[] {
  const isMixed = entry.name === 'ContactParty';
  if (
    !isMixed &&
    !(entry.pattern !== undefined && /(?:Ref|(?:Line|Action|Device)Id)$/.test(entry.name ?? ''))
  )
    return [];
  const form = isMixed ? /^/ : new RegExp(entry.pattern ?? '');
  const start = begun.toUpperCase();
  const found = new Map<string, string>();
  for (const [ref, detail] of knownRefs(session, uri, entry, pointer, isMixed, start)) {
    if (found.size === MOST_REFS) break;
    // One that is written out is not offered: Enter is to end the line then.
    if (!found.has(ref) && ref !== start && ref.startsWith(start) && form.test(ref)) found.set(ref, detail);
  }
  return [...found].map(([ref, detail]) => ({
    label: ref,
    kind: CompletionItemKind.Reference,
    detail,
    documentation: '',
    text: ref,
  }));
}

/** What is nearest first. Where something gets its name, only what has none yet is offered. */
function* knownRefs(
  session: Session,
  uri: string,
  entry: GuideEntry,
  pointer: string,
  isMixed: boolean,
  start: string,
): Generator<Known> {
  session.documents.flush();
  const { root, text } = session.workspace.parsed(uri);
  const persons = readPersons(root, session.workspace.guide(uri)).map(({ ref, part }): Known => [ref, part]);
  if (!isDefinition(pointer)) {
    yield* persons;
    if (isMixed) return;
    const isPerson = new RegExp(session.workspace.guide(uri).definition('PersonRef')?.pattern ?? '$^');
    for (const { ref } of findRefs(text))
      if (isLocal(ref)) yield [ref, entry.title];
      else if (isPerson.test(ref)) yield [ref, session.say('Mentioned in this review')];
    yield* casesOf(session, uri, entry.title, start);
    yield* officersOf(session, start);
  } else if (/\/id$/.test(pointer)) {
    yield* nextIds(text, entry.title);
  } else if (pointer.startsWith('/persons/')) {
    const listed = new Set(persons.map(([ref]) => ref));
    for (const { ref } of findRefs(text))
      if (!listed.has(ref)) yield [ref, session.say('Mentioned in this review')];
    for (const officer of officersOf(session, start)) if (!listed.has(officer[0])) yield officer;
  }
  if (isDefinition(pointer)) yield* newRefs(entry, session);
}

/** A new pseudonym of each kind that may stand here, so that nobody makes one up from a name. */
function newRefs({ pattern }: GuideEntry, { say }: Session): Known[] {
  const prefixes = /^\^\(?([A-Z|]+)\)?-/.exec(pattern ?? '')?.[1]?.split('|') ?? [];
  return prefixes.map(prefix => [randomRef(prefix), say('New pseudonym')]);
}

/** The first number that no line of enquiry, action or device of the review has yet. */
function nextIds(text: string, title: string): Known[] {
  const taken = findRefs(text).filter(({ ref }) => isLocal(ref));
  return ['LOE', 'ACT', 'DEV'].map(prefix => {
    const numbers = taken.filter(({ ref }) => ref.startsWith(prefix)).map(({ ref }) => Number(ref.slice(4)));
    return [`${prefix}-${Math.max(0, ...numbers) + 1}`, title];
  });
}

/** Missing episodes of all reviews, and the cases of the others, that begin so: in a large folder most do not. */
function casesOf({ workspace }: Session, uri: string, title: string, start: string): Known[] {
  const refs = new Set<string>();
  for (const record of workspace.records()) {
    if (record.uri !== uri && record.id?.startsWith(start)) refs.add(record.id);
    for (const { ref } of record.episodes) if (ref.startsWith(start)) refs.add(ref);
  }
  return [...refs].sort().map(ref => [ref, title]);
}

function* officersOf({ workspace, say }: Session, start: string): Generator<Known> {
  for (const { oics, id } of workspace.records())
    for (const officer of oics.filter(ref => ref.startsWith(start)))
      yield [
        officer,
        id ? say('Officer in the case of {id}', { id }) : say('Officer in the case of another review'),
      ];
}
