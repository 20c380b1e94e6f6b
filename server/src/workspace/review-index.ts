/** The index record of every review known, and who links to whom: what cross-file rules and re-checks ask. */
import type { EpisodeRecord, IndexRecord } from '../engine/report.ts';
import { OrderedRefs } from './ordered-refs.ts';
import { UrisByRef } from './uris-by-ref.ts';

export class ReviewIndex {
  readonly #records = new Map<string, IndexRecord>();
  /** By case or missing episode: the reviews that hold it. */
  readonly #holders = new UrisByRef();
  /** The reviews that link to it. */
  readonly #linkers = new UrisByRef();
  /** What a review holds and its officers in the case; made when it is first asked for, as an editor does. */
  #named: OrderedRefs | undefined;

  get(uri: string): IndexRecord | undefined {
    return this.#records.get(uri);
  }

  records(): Iterable<IndexRecord> {
    return this.#records.values();
  }

  /** Every URI, sorted. */
  uris(): string[] {
    return [...this.#records.keys()].sort();
  }

  /** The review that holds a ref; the first by URI where several do, but never `except`. */
  holder(ref: string, except?: string): IndexRecord | undefined {
    const [first] = this.#holders
      .of(ref)
      .filter(uri => uri !== except)
      .sort();
    return first === undefined ? undefined : this.#records.get(first);
  }

  /** The cases, missing episodes and officers in the case that begin so, in order, each with a review that names it. */
  *named(beginning: string): Generator<readonly [ref: string, record: IndexRecord]> {
    this.#named ??= new OrderedRefs([...this.#records].map(([uri, record]) => [uri, namedIn(record)]));
    for (const [ref, uri] of this.#named.beginningWith(beginning)) yield [ref, this.#records.get(uri)!];
  }

  /** Replaces a record (undefined forgets it). Returns the other reviews whose verdicts may depend on the change. */
  set(uri: string, record: IndexRecord | undefined): string[] {
    const old = this.#records.get(uri);
    if (sameFacts(old, record)) return [];
    this.#move(old, (uris, ref) => uris.delete(ref, uri));
    this.#move(record, (uris, ref) => uris.add(ref, uri));
    if (record) this.#records.set(uri, compact(uri, record));
    else this.#records.delete(uri);
    const held = [...refsOf(old), ...refsOf(record)];
    return [...new Set(held.flatMap(ref => this.#linkers.of(ref)))].filter(other => other !== uri).sort();
  }

  #move(record: IndexRecord | undefined, apply: (uris: UrisByRef | OrderedRefs, ref: string) => void): void {
    for (const ref of refsOf(record)) apply(this.#holders, ref);
    for (const ref of record?.links ?? []) apply(this.#linkers, ref);
    if (this.#named) for (const ref of namedIn(record)) apply(this.#named, ref);
  }
}

const NOTHING: readonly never[] = [];

/** The same record in less memory: it is kept for each of many reviews, and may have come from another thread. */
function compact(uri: string, { id, state, links, episodes, oics }: IndexRecord): IndexRecord {
  return {
    uri,
    id,
    state,
    links: links.length === 0 ? NOTHING : links,
    episodes: episodes.length === 0 ? NOTHING : episodes,
    oics: oics.length === 0 ? NOTHING : oics,
  };
}

/** What a review holds: its id and its missing episodes. */
export const refsOf = (record: IndexRecord | undefined): readonly string[] =>
  record ? [...(record.id === undefined ? [] : [record.id]), ...record.episodes.map(({ ref }) => ref)] : [];

const namedIn = (record: IndexRecord | undefined): readonly string[] =>
  record ? [...refsOf(record), ...record.oics] : [];

function sameFacts(a: IndexRecord | undefined, b: IndexRecord | undefined): boolean {
  if (!a || !b) return a === b;
  const same = <T>(x: readonly T[], y: readonly T[], equal = (p: T, q: T) => p === q) =>
    x.length === y.length && x.every((item, i) => equal(item, y[i]!));
  return (
    a.id === b.id &&
    a.state === b.state &&
    same(a.links, b.links) &&
    same(a.episodes, b.episodes, sameEpisode) &&
    same(a.oics, b.oics)
  );
}

const sameEpisode = (a: EpisodeRecord, b: EpisodeRecord) =>
  a.ref === b.ref && a.child === b.child && a.reportedAt === b.reportedAt;
