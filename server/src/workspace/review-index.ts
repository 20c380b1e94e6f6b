/** The index record of every review known, and who links to whom: what cross-file rules and re-checks ask. */
import type { EpisodeRecord, IndexRecord } from '../engine/report.ts';

export class ReviewIndex {
  readonly #records = new Map<string, IndexRecord>();
  /** Ref (case or missing episode) to the URIs of the reviews that hold it. */
  readonly #holders = new Map<string, Set<string>>();
  /** Ref to the URIs of the reviews that link to it. */
  readonly #linkers = new Map<string, Set<string>>();

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
    const [first] = [...(this.#holders.get(ref) ?? [])].filter(uri => uri !== except).sort();
    return first === undefined ? undefined : this.#records.get(first);
  }

  /** Replaces a record (undefined forgets it). Returns the other reviews whose verdicts may depend on the change. */
  set(uri: string, record: IndexRecord | undefined): string[] {
    const old = this.#records.get(uri);
    if (sameFacts(old, record)) return [];
    if (old) this.#move(old, (refs, ref) => refs.get(ref)?.delete(uri));
    if (record) {
      this.#records.set(uri, record);
      this.#move(record, (refs, ref) => (refs.get(ref) ?? refs.set(ref, new Set()).get(ref)!).add(uri));
    } else this.#records.delete(uri);
    const held = [...refsOf(old), ...refsOf(record)];
    return [...new Set(held.flatMap(ref => [...(this.#linkers.get(ref) ?? [])]))]
      .filter(other => other !== uri)
      .sort();
  }

  #move(record: IndexRecord, apply: (refs: Map<string, Set<string>>, ref: string) => unknown): void {
    for (const ref of refsOf(record)) apply(this.#holders, ref);
    for (const ref of record.links) apply(this.#linkers, ref);
  }
}

const refsOf = (record: IndexRecord | undefined): readonly string[] =>
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
