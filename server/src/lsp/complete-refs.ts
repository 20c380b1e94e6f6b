/** Completion of refs: the persons of this review, the officers, cases and missing episodes of the others. */
import { CompletionItemKind } from 'vscode-languageserver';
import { entriesAt, textAt } from '../engine/locate.ts';
import type { ParsedText } from '../engine/located-tree.ts';
import { findRefs, isDefinition, isLocal, isNamedAt } from '../engine/refs.ts';
import type { GuideEntry } from '../engine/schema-guide.ts';
import { randomRef } from '../files/random-ref.ts';
import { readPersons } from './persons.ts';
import type { Session } from './session.ts';
import type { Suggestion } from './suggestion.ts';

/** More are not sent; a client asks again when more has been typed. */
const MOST_REFS = 200;

/** A ref and what it stands for. */
type Known = readonly [ref: string, detail: string];

/** What is asked for: refs of the form that this place has, which begin as was typed. */
interface Wanted {
  readonly entry: GuideEntry;
  readonly pointer: string;
  readonly fits: (ref: string) => boolean;
  /** With one of these every ref begins that fits, in capital letters. */
  readonly beginnings: readonly string[];
}

export function completeRefs(
  session: Session,
  uri: string,
  entry: GuideEntry,
  pointer: string,
  begun: string,
): Suggestion[] {
  const isMixed = entry.name === 'ContactParty';
  const pattern = isMixed ? session.workspace.guide(uri).definition('PersonRef')?.pattern : entry.pattern;
  if (pattern === undefined || !(isMixed || /(?:Ref|(?:Line|Action|Device)Id)$/.test(entry.name ?? '')))
    return [];
  const form = new RegExp(pattern);
  const start = begun.toUpperCase();
  const wanted: Wanted = {
    entry,
    pointer,
    // One that is written out is not offered: Enter is to end the line then.
    fits: ref => ref !== start && ref.startsWith(start) && form.test(ref),
    beginnings: kindsOf(pattern).flatMap(kind =>
      kind.startsWith(start) ? kind : start.startsWith(kind) ? start : [],
    ),
  };
  const found = new Map<string, string>();
  const known = isDefinition(pointer) ? unnamedRefs : isMixed ? listed : mentionedRefs;
  for (const [ref, detail] of known(session, uri, wanted)) {
    if (found.size === MOST_REFS) break;
    if (!found.has(ref)) found.set(ref, detail);
  }
  return [...found].map(([ref, detail]) => ({
    label: ref,
    kind: CompletionItemKind.Reference,
    detail,
    documentation: '',
    text: ref,
  }));
}

/** Such as `VIC-` and `SUS-`, with which refs of a form begin. */
function kindsOf(pattern: string): string[] {
  return [...pattern.matchAll(/(?<![\w-])[A-Z]{3,}(?=[|)-])/g)].map(([kind]) => `${kind}-`);
}

/** Where a ref mentions something: what is nearest first. */
function* mentionedRefs(session: Session, uri: string, wanted: Wanted): Generator<Known> {
  yield* listed(session, uri, wanted);
  const parsed = session.workspace.parsed(uri);
  const { entry } = wanted;
  if (entry.name === 'EvidenceRef') {
    yield* entriesOf(parsed, wanted);
    return;
  }
  const isPerson = new RegExp(session.workspace.guide(uri).definition('PersonRef')?.pattern ?? '$^');
  for (const ref of refsIn(parsed, wanted))
    if (isPerson.test(ref)) yield [ref, session.say('Mentioned in this review')];
    else if (isLocal(ref)) yield [ref, entry.title];
  const own = textAt(parsed.root, '/review/id');
  for (const known of elsewhere(session, wanted)) if (known[0] !== own) yield known;
}

/** Where something gets its name: only what has none yet. */
function* unnamedRefs(session: Session, uri: string, wanted: Wanted): Generator<Known> {
  const { entry, pointer, fits } = wanted;
  const persons = new Set(listed(session, uri, wanted).map(([ref]) => ref));
  const parsed = session.workspace.parsed(uri);
  if (pointer.endsWith('/id')) yield* nextIds(parsed.text, entry.title).filter(([ref]) => fits(ref));
  else if (pointer.startsWith('/persons/')) {
    for (const ref of refsIn(parsed, wanted))
      if (!persons.has(ref)) yield [ref, session.say('Mentioned in this review')];
    for (const known of elsewhere(session, wanted)) if (!persons.has(known[0])) yield known;
  }
  yield* newRefs(wanted, session);
}

function refsIn({ text }: ParsedText, { fits }: Wanted): readonly string[] {
  return [...new Set(findRefs(text).map(({ ref }) => ref))].filter(fits);
}

/** The persons of the review, with the part they play. */
function listed({ documents, workspace }: Session, uri: string, { fits }: Wanted): Known[] {
  documents.flush();
  const persons = readPersons(workspace.parsed(uri).root, workspace.guide(uri));
  return persons.filter(({ ref }) => fits(ref)).map(({ ref, part }) => [ref, part]);
}

/** What can show something: what the review itself names, and the cases that it links to. */
function entriesOf(parsed: ParsedText, { entry, fits }: Wanted): Known[] {
  const named = findRefs(parsed.text).filter(place => fits(place.ref) && isNamedAt(parsed, place));
  const linked = entriesAt(parsed.root, '/links/cases').flatMap(
    linkedCase => textAt(linkedCase, '/ref') ?? [],
  );
  const own = textAt(parsed.root, '/review/id');
  return [...named.map(({ ref }) => ref), ...linked.filter(fits)]
    .filter(ref => ref !== own)
    .map(ref => [ref, entry.title]);
}

/** The cases, missing episodes and officers in the case of all reviews. */
function* elsewhere({ workspace, say }: Session, { entry, beginnings, fits }: Wanted): Generator<Known> {
  for (const beginning of beginnings)
    for (const [ref, { id, oics }] of workspace.named(beginning)) {
      if (!fits(ref)) continue;
      if (!oics.includes(ref)) yield [ref, entry.title];
      else if (id) yield [ref, say('Officer in the case of {id}', { id })];
      else yield [ref, say('Officer in the case of another review')];
    }
}

/** A new pseudonym of each kind that may stand here, so that nobody makes one up from a name. */
function newRefs({ beginnings, fits }: Wanted, { say }: Session): Known[] {
  return beginnings
    .map(beginning => randomRef(beginning.replace(/-.*/, '')))
    .filter(fits)
    .map(ref => [ref, say('New pseudonym')]);
}

/** The first number that no line of enquiry, action or device of the review has yet. */
function nextIds(text: string, title: string): Known[] {
  const taken = findRefs(text).filter(({ ref }) => isLocal(ref));
  return ['LOE', 'ACT', 'DEV'].map(prefix => {
    const numbers = taken.filter(({ ref }) => ref.startsWith(prefix)).map(({ ref }) => Number(ref.slice(4)));
    return [`${prefix}-${Math.max(0, ...numbers) + 1}`, title];
  });
}
