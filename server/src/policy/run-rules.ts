/**
 * Runs the checks of a pack over the facts of one review. Each check is fenced: a crash becomes one finding and the
 * rest of the report stays whole. A check that touches an unreadable field says nothing.
 */
import { type Calendar, CannotTell, Day, dayOf, parseAsOf } from '../calendar/index.ts';
import { Unreadable } from '../engine/facts.ts';
import { findNode } from '../engine/locate.ts';
import { isBlank } from '../engine/plain-value.ts';
import type { Clock, Finding, Outcome, Severity } from '../engine/report.ts';
import type { CelEnvironment, Expression } from './cel-environment.ts';
import type { Surroundings } from './cel-functions.ts';
import type { CheckHead, CompiledCheck } from './compile-rule.ts';
import { Context, TooLong } from './context.ts';
import { judgeClock } from './judge-clock.ts';
import { FindingMaker } from './make-finding.ts';
import type { Parameter } from './pack.ts';
import type { ReviewFacts } from './review-facts.ts';
import type { Template } from './template.ts';
import {
  type EarlierVerdicts,
  OTHER_CHECKS,
  OTHER_REVIEWS,
  type Verdict,
  type Verdicts,
  WHOLE_TEXT,
} from './verdicts.ts';

/** What is the same for every review under one policy. */
export interface RuleRun {
  readonly env: CelEnvironment;
  /** Of the rules that the configuration leaves on. */
  readonly checks: readonly CompiledCheck[];
  readonly calendar: Calendar;
  readonly parameters: ReadonlyMap<string, Parameter>;
  /** The parameters' values as CEL sees them. */
  readonly params: object;
  /** Severity of a rule as the configuration sets it. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  /** In tests a crash is rethrown instead of reported. */
  readonly rethrow: boolean;
}

export interface RuleResult {
  readonly findings: readonly Finding[];
  readonly clocks: readonly Clock[];
  /** Undefined after a crash, which is to be seen again. */
  readonly verdicts: Verdicts | undefined;
  /** Ids of the rules of which a check came to a verdict, and of those of which a check could not be made. */
  readonly judged: readonly string[];
  readonly unread: readonly string[];
}

/**
 * Runs every check, last those that ask what failed in the others. With `earlier`, only those that looked at something
 * that has changed; the as-of date, the state and the id of the review must be the same.
 */
export function runRules(run: RuleRun, facts: ReviewFacts, earlier?: EarlierVerdicts): RuleResult {
  const review = new ReviewRun(run, facts, earlier);
  for (const check of run.checks) if (!check.isAfterOthers) review.check(check);
  review.noteFailed();
  for (const check of run.checks) if (check.isAfterOthers) review.check(check);
  return review;
}

class ReviewRun implements RuleResult {
  readonly findings: Finding[] = [];
  readonly clocks: Clock[] = [];
  readonly #run: RuleRun;
  readonly #facts: ReviewFacts;
  readonly #maker: FindingMaker;
  readonly #context: Context;
  readonly #earlier: EarlierVerdicts | undefined;
  readonly #ofCheck = new Map<CompiledCheck, Verdict>();
  /** Values of expressions that are the same for every check, with the bits of what they look at. */
  readonly #known = new Map<Expression, { readonly value: unknown; readonly reads: number }>();
  /** `YYYY-MM-DD` in London of the moments asked for: most checks ask about the same few. */
  readonly #dates = new Map<Date, string>();
  readonly #crashed = new Set<string>();
  /** Of the check that is being made. */
  #isJudged = false;
  #isUnread = false;
  /** Refs of the rules that failed, for the checks that are made after all others. */
  #failed: readonly string[] = [];

  constructor(run: RuleRun, facts: ReviewFacts, earlier: EarlierVerdicts | undefined) {
    this.#run = run;
    this.#facts = facts;
    this.#earlier = earlier;
    run.env.enter(noting(facts));
    this.#maker = new FindingMaker(facts, run.parameters, run.severities);
    const asOf = facts.asOf === undefined ? undefined : parseAsOf(facts.asOf);
    this.#context = new Context(facts.sections, run.params, asOf);
  }

  /** Silence is no failure, and neither is what nobody stands behind yet or what somebody waived. */
  noteFailed(): void {
    const failed = this.findings.filter(
      finding =>
        finding.outcome === 'breach' && finding.severity === 'error' && !this.#facts.isWaived(finding),
    );
    const ids = new Set(failed.map(finding => finding.rule));
    const refs = this.#run.checks.filter(({ rule }) => ids.has(rule.id)).map(({ rule }) => rule.ref);
    this.#failed = [...new Set(refs)].sort();
  }

  get verdicts(): Verdicts | undefined {
    return this.#crashed.size > 0 ? undefined : { ofCheck: this.#ofCheck, failed: this.#failed };
  }

  get judged(): readonly string[] {
    return this.#rulesWith(({ isJudged }) => isJudged);
  }

  get unread(): readonly string[] {
    return this.#rulesWith(({ isUnread }) => isUnread);
  }

  #rulesWith(test: (verdict: Verdict) => boolean): string[] {
    const found = new Set<string>();
    for (const [{ rule }, verdict] of this.#ofCheck) if (test(verdict)) found.add(rule.id);
    return [...found];
  }

  check(check: CompiledCheck): void {
    const known = this.#stillTrue(check);
    if (known) {
      this.findings.push(...known.findings.map(finding => this.#maker.placed(finding)));
      this.clocks.push(...known.clocks);
      this.#ofCheck.set(check, known);
      return;
    }
    const { $reads } = this.#facts.sections;
    $reads.bits = check.isAfterOthers ? OTHER_CHECKS : 0;
    const [findings, clocks] = [this.findings.length, this.clocks.length];
    this.#isJudged = this.#isUnread = false;
    this.#make(check);
    this.#ofCheck.set(check, {
      reads: $reads.bits,
      findings: this.findings.slice(findings),
      clocks: this.clocks.slice(clocks),
      isJudged: this.#isJudged,
      isUnread: this.#isUnread,
    });
  }

  /** What the check found before, unless something has changed that it looked at. */
  #stillTrue(check: CompiledCheck): Verdict | undefined {
    if (!this.#earlier) return undefined;
    const { verdicts, changed } = this.#earlier;
    const verdict = verdicts.ofCheck.get(check);
    if (!verdict || (verdict.reads & changed) !== 0) return undefined;
    return (verdict.reads & OTHER_CHECKS) === 0 || isEqual(verdicts.failed, this.#failed)
      ? verdict
      : undefined;
  }

  #make(check: CompiledCheck): void {
    this.#context.begin(check.isAfterOthers ? { failed: this.#failed } : {});
    try {
      if (check.each) this.#checkEach(check, this.#shared(check.each) as readonly unknown[]);
      else if (this.#applies(check)) this.#judge(check);
    } catch (error) {
      this.#catch(check, error);
    }
  }

  #checkEach(check: CompiledCheck, entries: readonly unknown[]): void {
    if (entries.length === 0) return;
    // What does not depend on the entry is asked once and not for every entry.
    const { isPerEntry } = check.head();
    if (!isPerEntry && !this.#applies(check)) return;
    for (const entry of entries) {
      this.#context.names[check.as] = entry;
      try {
        if (!isPerEntry || this.#applies(check)) this.#judge(check);
      } catch (error) {
        // Of the entries that are left it would say the same.
        if (error instanceof TooLong) throw error;
        this.#catch(check, error);
      }
    }
  }

  #applies(check: CompiledCheck): boolean {
    const { when } = check.head();
    return (!when || this.#shared(when) === true) && this.#isInForce(check);
  }

  /** The version is chosen by the date of the event judged; an event without a date is judged as of the review. */
  #isInForce(check: CompiledCheck): boolean {
    const date = this.#dateOf(this.#eventOf(check.head()) ?? this.#context.asOf);
    return date >= check.from && (check.until === undefined || date <= check.until);
  }

  /** Undefined where the event has no date. Asking first where that is possible: an error costs thirty times as much. */
  #eventOf({ event, eventGiven }: CheckHead): unknown {
    if (!event || (eventGiven && this.#shared(eventGiven) === false)) return undefined;
    try {
      return this.#shared(event);
    } catch (error) {
      if ((error as { code?: string }).code === 'no_such_key') return undefined;
      throw error;
    }
  }

  #dateOf(moment: unknown): string {
    if (moment instanceof Day) return moment.iso;
    const instant = moment as Date;
    let date = this.#dates.get(instant);
    if (date === undefined) {
      date = dayOf(instant).iso;
      this.#dates.set(instant, date);
    }
    return date;
  }

  #shared(expression: Expression): unknown {
    if (!expression.isShared) return expression.evaluate(this.#context);
    const { $reads } = this.#facts.sections;
    const before = $reads.bits;
    let known = this.#known.get(expression);
    if (known === undefined) {
      $reads.bits = 0;
      try {
        known = { value: expression.evaluate(this.#context), reads: $reads.bits };
      } finally {
        $reads.bits |= before;
      }
      this.#known.set(expression, known);
    }
    $reads.bits = before | known.reads;
    return known.value;
  }

  #judge(check: CompiledCheck): void {
    const { lets, clock, require } = check.body();
    for (const [name, expression] of lets) this.#context.names[name] = expression.evaluate(this.#context);
    if (clock) {
      this.#judgeTime(check);
      return;
    }
    const holds = require!.evaluate(this.#context);
    if (this.#facts.isCounted) this.#isJudged ||= !holds || this.#isWritten(check);
    if (!holds) this.findings.push(this.#maker.make(check, this.#context, check.outcome));
  }

  /** What holds of something that is not there, such as a lead where no officers differ, was not judged. */
  #isWritten(check: CompiledCheck): boolean {
    const { root, sections } = this.#facts;
    try {
      const path = check.body().at.resolve(this.#context);
      sections.$reads.note(path);
      const node = findNode(root, path);
      return node !== undefined && !isBlank(node);
    } catch {
      return false; // Of an entry that is not there.
    }
  }

  #judgeTime(check: CompiledCheck): void {
    const { clock, require } = check.body();
    const read = judgeClock(check, clock!, this.#context, this.#run.calendar);
    if (!read) return;
    const { absent, due } = clock!;
    this.clocks.push(read);
    if (read.state === 'within' || read.state === 'over') this.#isJudged = true;
    const say = (outcome: Outcome, message?: Template) => {
      Object.assign(this.#context.names, { elapsed: read.elapsed, limit: read.limit, due: read.due });
      this.findings.push(this.#maker.make(check, this.#context, outcome, read, message));
    };
    if (read.isBackwards) this.findings.push(this.#maker.unjudged(check, this.#context, BACKWARDS));
    else if (read.state === 'over' && !require?.evaluate(this.#context)) say(check.outcome);
    else if (read.state === 'lapsed' && absent) say('not-recorded', absent);
    else if (read.state === 'running' && due) say('due-soon', due);
  }

  /** The fence around each check and each of its entries. */
  #catch(check: CompiledCheck, error: unknown): void {
    this.#isUnread = true;
    if (error instanceof Unreadable) return;
    if (error instanceof CannotTell || error instanceof TooLong) {
      this.findings.push(this.#maker.unjudged(check, this.#context, error.message));
      return;
    }
    if (this.#run.rethrow) throw error;
    this.#reportCrash(check, error as Error & { readonly code?: string });
  }

  /** One finding for a rule, however many entries it crashed on; the error's own text may quote the review. */
  #reportCrash(check: CompiledCheck, { code, name }: Error & { readonly code?: string }): void {
    if (this.#crashed.has(check.rule.id)) return;
    this.#crashed.add(check.rule.id);
    const message = `The rule ${check.rule.id} could not be run (${code ?? name}). The fault is in the rule, not in this review; the other rules were judged.`;
    const finding = this.#maker.unjudged(check, this.#context, message);
    this.findings.push({ ...finding, rule: 'internal-error', severity: 'error' });
  }
}

/** The surroundings of the review, which note that they were asked. */
function noting({ sections: { $reads }, surroundings }: ReviewFacts): Surroundings {
  return {
    linked(ref) {
      $reads.bits |= OTHER_REVIEWS;
      return surroundings.linked(ref);
    },
    identifiers() {
      $reads.bits |= WHOLE_TEXT;
      return surroundings.identifiers();
    },
  };
}

function isEqual(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, i) => text === other[i]);
}

const BACKWARDS = 'The clock stops before it starts: one of the two dates must be wrong.';
