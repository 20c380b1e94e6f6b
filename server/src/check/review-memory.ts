/**
 * What is known of one review from one edit to the next, so that an edit costs what it changes. Everything comes out
 * as without it; a test holds that over edits.
 */
import type { Sections, SectionsBefore } from '../engine/facts.ts';
import type { ParsedText } from '../engine/located-tree.ts';
import type { SoundSections } from '../engine/validate-shape.ts';
import type { Policy } from '../policy/policy.ts';
import { type EarlierVerdicts, OTHER_REVIEWS, type Verdicts, WHOLE_TEXT } from '../policy/verdicts.ts';
import { reviewShape } from './review-shape.ts';

/** What verdicts rest on beside the sections. */
interface Basis {
  readonly policy: Policy;
  readonly asOf: string | undefined;
  readonly id: string | undefined;
  readonly state: string | undefined;
  /** Equal while the reviews that are linked to say the same. */
  readonly linkedKey: string;
}

export class ReviewMemory {
  /** As the text was read last. Whoever reads it anew takes its tree apart. */
  parsed: ParsedText | undefined;
  /** The sections whose form is right. */
  readonly sound: SoundSections = new WeakSet();
  #basis: Basis | undefined;
  #sections: SectionsBefore | undefined;
  #verdicts: Verdicts | undefined;

  /** Takes over what the sections said before, and gives the verdicts that may still hold. */
  recall(sections: Sections, basis: Basis): EarlierVerdicts | undefined {
    const { now, changed } = reviewShape.builder.compare(sections, this.#sections);
    const before = this.#basis;
    this.#sections = now;
    this.#basis = basis;
    const verdicts = this.#verdicts;
    this.#verdicts = undefined;
    if (!before || !verdicts) return undefined;
    const { policy, asOf, id, state, linkedKey } = basis;
    if (before.policy !== policy || before.asOf !== asOf || before.id !== id || before.state !== state)
      return undefined;
    return {
      verdicts,
      changed: changed | WHOLE_TEXT | (before.linkedKey === linkedKey ? 0 : OTHER_REVIEWS),
    };
  }

  keep(verdicts: Verdicts | undefined): void {
    this.#verdicts = verdicts;
  }
}
