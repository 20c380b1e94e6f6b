/** What the expressions of one evaluation see. Always of one shape, which is what makes reading it cheap. */
import { type Entry, UNREADABLE } from '../engine/facts.ts';

/** Entries that one check may look at, those of lists within lists counted each time. 10,000 lines take a quarter. */
const MOST_STEPS = 1_000_000;

/** Thrown by a check that would go on for seconds. */
export class TooLong extends Error {
  override readonly name = 'TooLong';
}

export class Context {
  readonly sections: Entry;
  readonly params: object;
  /** The check's own: the entry of `each`, values of `let`, the wording of its clock. */
  names: Record<string, unknown> = {};
  readonly #asOf: Date | undefined;
  #stepsLeft = MOST_STEPS;

  constructor(sections: Entry, params: object, asOf: Date | undefined) {
    this.sections = sections;
    this.params = params;
    this.#asOf = asOf;
  }

  /** Throws `Unreadable` where nobody knows as of when the review is judged. */
  get asOf(): Date {
    if (!this.#asOf) throw UNREADABLE;
    return this.#asOf;
  }

  /** Begins a check: no names, and all the time it may take. */
  begin(names: Record<string, unknown>): void {
    this.names = names;
    this.#stepsLeft = MOST_STEPS;
  }

  /** To be called for each entry that an expression looks at, so that nothing hangs; throws `TooLong`. */
  step(count = 1): void {
    this.#stepsLeft -= count;
    if (this.#stepsLeft < 0)
      throw new TooLong(
        'This review holds more entries than this check goes through. Divide it into several.',
      );
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
