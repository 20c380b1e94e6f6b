/** Which reviews have a ref. Most refs have one: a set for each would be as large as all the rest of the index. */
export class UrisByRef {
  readonly #uris = new Map<string, string | Set<string>>();

  of(ref: string): readonly string[] {
    const uris = this.#uris.get(ref) ?? [];
    return typeof uris === 'string' ? [uris] : [...uris];
  }

  first(ref: string): string | undefined {
    const uris = this.#uris.get(ref);
    return typeof uris === 'object' ? uris.values().next().value : uris;
  }

  /** Whether no review had it. */
  add(ref: string, uri: string): boolean {
    const uris = this.#uris.get(ref);
    if (typeof uris === 'object') uris.add(uri);
    else this.#uris.set(ref, uris === undefined || uris === uri ? uri : new Set([uris, uri]));
    return uris === undefined;
  }

  /** Whether no review has it any more. */
  delete(ref: string, uri: string): boolean {
    const uris = this.#uris.get(ref);
    if (typeof uris === 'object') uris.delete(uri);
    const isGone = uris === uri || (typeof uris === 'object' && uris.size === 0);
    if (isGone) this.#uris.delete(ref);
    return isGone;
  }
}
