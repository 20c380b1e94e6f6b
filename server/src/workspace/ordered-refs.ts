/** Refs in order, each with the reviews that have it: what is looked up by its beginning, however many there are. */
import { UrisByRef } from './uris-by-ref.ts';

export class OrderedRefs {
  readonly #uris = new UrisByRef();
  readonly #order: string[] = [];

  /** Sorts once what is there from the start. */
  constructor(known: Iterable<readonly [uri: string, refs: readonly string[]]>) {
    for (const [uri, refs] of known)
      for (const ref of refs) if (this.#uris.add(ref, uri)) this.#order.push(ref);
    this.#order.sort();
  }

  add(ref: string, uri: string): void {
    if (this.#uris.add(ref, uri)) this.#order.splice(this.#placeOf(ref), 0, ref);
  }

  delete(ref: string, uri: string): void {
    if (this.#uris.delete(ref, uri)) this.#order.splice(this.#placeOf(ref), 1);
  }

  /** Each with a review that has it. */
  *beginningWith(beginning: string): Generator<readonly [ref: string, uri: string]> {
    for (let at = this.#placeOf(beginning); this.#order[at]?.startsWith(beginning); at++) {
      const ref = this.#order[at]!;
      yield [ref, this.#uris.first(ref)!];
    }
  }

  /** Of a text: where it stands, or would stand. */
  #placeOf(text: string): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#order[middle]! < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
