/** What a check that fired says: message, place, related places, fixes and a fingerprint that survives moving entries. */
import { type Entry, Unreadable } from '../engine/facts.ts';
import { findNode, ItemKeys, keyedPath, pointerOf, spanOf } from '../engine/locate.ts';
import type { Span } from '../engine/located-tree.ts';
import type {
  Clock,
  Finding,
  Fix,
  Outcome,
  PatchOperation,
  RelatedPlace,
  Severity,
} from '../engine/report.ts';
import type { Identifier } from '../identifiers/identifier.ts';
import type { CompiledCheck, CompiledFix, CompiledOperation, Wording } from './compile-rule.ts';
import type { Context } from './context.ts';
import type { Parameter } from './pack.ts';
import type { ReviewFacts } from './review-facts.ts';
import { isLimit, severityOf } from './severity.ts';
import type { Template } from './template.ts';

export class FindingMaker {
  readonly #facts: ReviewFacts;
  readonly #parameters: ReadonlyMap<string, Parameter>;
  readonly #severities: Readonly<Record<string, Severity | 'off'>>;
  readonly #keys = new ItemKeys();

  constructor(
    facts: ReviewFacts,
    parameters: ReadonlyMap<string, Parameter>,
    severities: Readonly<Record<string, Severity | 'off'>>,
  ) {
    this.#facts = facts;
    this.#parameters = parameters;
    this.#severities = severities;
  }

  /** Says `message`, or else the check's own, about the entry that the context holds. */
  make(check: CompiledCheck, context: Context, outcome: Outcome, clock?: Clock, message?: Template): Finding {
    const { at, reads, wording } = check.body();
    const said = wording();
    const path = at.resolve(context);
    const configured = this.#severities[check.rule.id];
    const limits = [...reads]
      .map(name => this.#parameters.get(name))
      .filter(parameter => parameter !== undefined && isLimit(parameter)) as Parameter[];
    return {
      ...this.#place(check, context, path),
      severity: severityOf(
        check,
        outcome,
        this.#facts.state,
        configured === 'off' ? undefined : configured,
        limits,
      ),
      message: (message ?? said.message).render(context),
      related: [...this.#clockPlaces(clock, path), ...this.#relatedPlaces(said.related, context, path)],
      fixes: outcome === 'due-soon' ? [] : renderFixes(said.fixes, context, stretchOf(check, context)),
      outcome,
      parameters: Object.fromEntries(limits.map(({ name, value }) => [name, value])),
      ...(clock && { clock }),
    };
  }

  /** The same finding where it stands now: its paths hold, but what stands before them has moved. */
  placed(finding: Finding): Finding {
    return {
      ...finding,
      span: this.#spanOf(finding.path),
      related: finding.related.map(place => ({ ...place, span: this.#spanOf(place.path) })),
    };
  }

  /** For a check that came to no verdict; its own wording may be what failed, so none is used. */
  unjudged(check: CompiledCheck, context: Context, message: string): Finding {
    let path = '';
    try {
      path = check.body().at.resolve(context);
    } catch {
      // The place cannot be worked out either; the finding stands at the head of the review.
    }
    const severity = severityOf(check, 'cannot-tell', this.#facts.state, undefined, []);
    return {
      ...this.#place(check, context, path),
      severity,
      message,
      related: [],
      fixes: [],
      outcome: 'cannot-tell',
    };
  }

  #place(check: CompiledCheck, context: Context, path: string) {
    return {
      rule: check.rule.id,
      check: check.id,
      span: stretchOf(check, context) ?? this.#spanOf(path),
      path,
      fingerprint: this.#fingerprint(check, context, path),
      confidence: check.confidence,
      version: check.from,
    };
  }

  /** Says which entry was judged even where the finding stands elsewhere, such as at the list that lacks it. */
  #fingerprint(check: CompiledCheck, context: Context, path: string): string {
    const { id = '', root, sections } = this.#facts;
    sections.$reads.note(path);
    const parts = [id, check.rule.id, check.id, keyedPath(root, path, this.#keys)];
    const item = check.each && context.names[check.as];
    if (typeof item === 'string') parts.push(item);
    const node = (item as Entry | undefined)?.$node;
    const entry = node && pointerOf(node);
    if (entry && !path.startsWith(entry)) parts.push(keyedPath(root, entry, this.#keys));
    return parts.join('|');
  }

  #clockPlaces(clock: Clock | undefined, path: string): RelatedPlace[] {
    if (!clock) return [];
    const place = (at: string, message: string) => ({ path: at, span: this.#spanOf(at), message });
    const hasStopped = clock.state === 'over' || clock.state === 'within';
    return [
      place(clock.from, 'the clock starts here'),
      ...(hasStopped ? [place(clock.to, `and stops here, ${clock.elapsed} later`)] : []),
    ].filter(other => other.path !== path);
  }

  #relatedPlaces(related: Wording['related'], context: Context, path: string): RelatedPlace[] {
    return related
      .map(({ at, message }) => ({ path: at.resolve(context), message: message.render(context) }))
      .filter(place => place.path !== path && this.#isThere(place.path))
      .map(place => ({ ...place, span: this.#spanOf(place.path) }));
  }

  /** Asks the text and no section, so that it was asked is noted here. */
  #isThere(path: string): boolean {
    this.#facts.sections.$reads.note(path);
    return findNode(this.#facts.root, path) !== undefined;
  }

  #spanOf(path: string) {
    return spanOf(this.#facts.root, path, this.#facts.text);
  }
}

/** What an entry of `each` is about where that is less than a whole value: some characters of a text or a comment. */
function stretchOf(check: CompiledCheck, context: Context): Span | undefined {
  return check.each && (context.names[check.as] as Partial<Identifier> | undefined)?.$span;
}

/** A fix that needs what cannot be read is not offered; the finding stands all the same. */
function renderFixes(fixes: readonly CompiledFix[], context: Context, stretch: Span | undefined): Fix[] {
  return fixes.flatMap(fix => {
    try {
      if (fix.when && !fix.when.evaluate(context)) return [];
      return forEntries(fix, context).map(names => ({
        title: fix.title.render(names),
        safe: fix.safe,
        patch: fix.patch.flatMap(operation => renderOperation(operation, names, stretch)),
      }));
    } catch (error) {
      if (error instanceof Unreadable) return [];
      throw error;
    }
  });
}

function renderOperation(
  operation: CompiledOperation,
  context: Context,
  stretch: Span | undefined,
): PatchOperation[] {
  const { op, at, value } = operation;
  return forEntries(operation, context).map(names => ({
    op,
    path: at.resolve(names),
    ...(value && { value: value(names) }),
    ...(op === 'redact' && stretch && { span: stretch }),
  }));
}

/** The context once, or with each entry of a list under its name. */
function forEntries({ each, as }: CompiledFix | CompiledOperation, context: Context): Context[] {
  if (!each) return [context];
  const items = [...(each.evaluate(context) as Iterable<unknown>)];
  return items.map(item => context.with(as, item));
}
