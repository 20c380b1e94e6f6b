/** The index record of every review known, and who links to whom: what cross-file rules and re-checks ask. */
import type { EpisodeRecord, IndexRecord } from '../engine/report.ts';

export class ReviewIndex {
  readonly #records = new Map<string, IndexRecord>();
  /** By case or missing episode: the reviews that hold it. */
  readonly #holders = new UrisByRef();
  /** The reviews that link to it. */
  readonly #linkers = new UrisByRef();

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

  /** Replaces a record (undefined forgets it). Returns the other reviews whose verdicts may depend on the change. */
  set(uri: string, record: IndexRecord | undefined): string[] {
    const old = this.#records.get(uri);
    if (sameFacts(old, record)) return [];
    if (old) this.#move(old, (uris, ref) => uris.delete(ref, uri));
    if (record) {
      this.#records.set(uri, compact(uri, record));
      this.#move(record, (uris, ref) => uris.add(ref, uri));
    } else this.#records.delete(uri);
    const held = [...refsOf(old), ...refsOf(record)];
    return [...new Set(held.flatMap(ref => this.#linkers.of(ref)))].filter(other => other !== uri).sort();
  }

  #move(record: IndexRecord, apply: (uris: UrisByRef, ref: string) => void): void {
    for (const ref of refsOf(record)) apply(this.#holders, ref);
    for (const ref of record.links) apply(this.#linkers, ref);
  }
}

/** Most refs have one URI: a set for each would be as large as all the rest of the index. */
class UrisByRef {
  readonly #uris = new Map<string, string | Set<string>>();

  of(ref: string): readonly string[] {
    const uris = this.#uris.get(ref) ?? [];
    return typeof uris === 'string' ? [uris] : [...uris];
  }

  add(ref: string, uri: string): void {
    const uris = this.#uris.get(ref);
    if (typeof uris === 'object') uris.add(uri);
    else this.#uris.set(ref, uris === undefined || uris === uri ? uri : new Set([uris, uri]));
  }

  delete(ref: string, uri: string): void {
    const uris = this.#uris.get(ref);
    if (typeof uris === 'object') uris.delete(uri);
    else if (uris === uri) this.#uris.delete(ref);
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
