/** What the expressions of one evaluation see. Always of one shape, which is what makes reading it cheap. */
import type { Entry } from '../engine/facts.ts';
import { Unreadable } from '../engine/facts.ts';

export class Context {
  readonly sections: Entry;
  readonly params: object;
  /** The check's own: the entry of `each`, values of `let`, the wording of its clock. */
  names: Record<string, unknown> = {};
  readonly #asOf: Date | undefined;

  constructor(sections: Entry, params: object, asOf: Date | undefined) {
    this.sections = sections;
    this.params = params;
    this.#asOf = asOf;
  }

  /** Throws `Unreadable` where nobody knows as of when the review is judged. */
  get asOf(): Date {
    if (!this.#asOf) throw new Unreadable();
    return this.#asOf;
  }

  /** The same with one more name. */
  with(name: string, value: unknown): Context {
    const context = new Context(this.sections, this.params, this.#asOf);
    context.names = { ...this.names, [name]: value };
    return context;
  }

  /** As the CEL library wants it: every name a property. */
  toObject(): object {
    const asOf = () => this.asOf;
    return Object.defineProperty(
      Object.assign(Object.create(this.sections), { params: this.params }, this.names),
      'as_of',
      { get: asOf },
    );
  }
}
