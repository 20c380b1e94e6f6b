/**
 * Runs the checks of a pack over the facts of one review. Each check is fenced: a crash becomes one finding and the
 * rest of the report stays whole. A check that touches an unreadable field says nothing.
 */
import { CannotTell, type Calendar, dayOf, parseAsOf } from '../calendar/index.ts';
import { Day } from '../calendar/day.ts';
import { type Entry, Unreadable } from '../engine/facts.ts';
import { findNode, keyedPath, pointerOf, spanOf } from '../engine/locate.ts';
import type { TreeNode } from '../engine/located-tree.ts';
import type { Clock, Finding, Fix, Outcome, PatchOperation, RelatedPlace, Severity } from '../engine/report.ts';
import type { CelEnvironment, Context, Expression } from './cel-environment.ts';
import type { Surroundings } from './cel-functions.ts';
import type { CheckHead, CompiledCheck, CompiledFix, CompiledOperation, Wording } from './compile-rule.ts';
import { judgeClock } from './judge-clock.ts';
import type { Parameter } from './pack.ts';

export interface RuleRun {
  readonly env: CelEnvironment;
  readonly checks: readonly CompiledCheck[];
  readonly calendar: Calendar;
  readonly parameters: ReadonlyMap<string, Parameter>;
  /** Severity of a rule as the configuration sets it; `off` leaves the rule out. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  /** In tests a crash is rethrown instead of reported. */
  readonly rethrow?: boolean;
}

export interface ReviewFacts {
  readonly text: string;
  readonly root: TreeNode | undefined;
  /** Sections by name, from the fact builder. */
  readonly sections: object;
  readonly id: string | undefined;
  readonly state: string | undefined;
  /** RFC 3339 instant or date; undefined when the review does not say. */
  readonly asOf: string | undefined;
  readonly surroundings: Surroundings;
}

export interface RuleResult {
  readonly findings: Finding[];
  readonly clocks: Clock[];
}

/** Runs every check of every rule that the configuration leaves on. */
export function runRules(run: RuleRun, facts: ReviewFacts, params: object): RuleResult {
  const context = contextOf(facts, params);
  const result: RuleResult = { findings: [], clocks: [] };
  const crashed = new Set<string>();
  run.env.enter(facts.surroundings);
  for (const check of run.checks) {
    if (run.severities[check.rule.id] === 'off') continue;
    try {
      runCheck(run, facts, check, context, result, crashed);
    } catch (error) {
      fence(run, facts, check, context, result, crashed, error);
    }
  }
  return result;
}

function contextOf(facts: ReviewFacts, params: object): Context {
  const context: Context = Object.create(facts.sections);
  context.params = params;
  context[KNOWN] = new Map();
  context[DATES] = new Map();
  const asOf = facts.asOf === undefined ? undefined : parseAsOf(facts.asOf);
  Object.defineProperty(context, 'as_of', {
    get() {
      if (!asOf) throw new Unreadable();
      return asOf;
    },
  });
  return context;
}

function runCheck(run: RuleRun, facts: ReviewFacts, check: CompiledCheck, context: Context, result: RuleResult, crashed: Set<string>): void {
  if (!check.each) {
    if (applies(check, context)) judge(run, facts, check, context, result);
    return;
  }
  const entries = [...(shared(check.each, context) as Iterable<unknown>)];
  if (entries.length === 0) return;
  // What does not depend on the entry is asked once and not for every entry.
  const { isPerEntry } = check.head();
  if (!isPerEntry && !applies(check, context)) return;
  for (const item of entries) {
    context[check.as] = item;
    try {
      if (!isPerEntry || applies(check, context)) judge(run, facts, check, context, result);
    } catch (error) {
      fence(run, facts, check, context, result, crashed, error);
    }
  }
}

function applies(check: CompiledCheck, context: Context): boolean {
  const { when } = check.head();
  return (!when || shared(when, context) === true) && isInForce(check, context);
}

function judge(run: RuleRun, facts: ReviewFacts, check: CompiledCheck, context: Context, result: RuleResult): void {
  const { lets, clock, require } = check.body();
  for (const [name, expression] of lets) context[name] = expression.evaluate(context);
  if (clock) return judgeTime(run, facts, check, context, result);
  if (!require!.evaluate(context)) result.findings.push(finding(run, facts, check, context, check.outcome));
}

/** The version is chosen by the date of the event judged; an event without a date is judged as of the review. */
function isInForce(check: CompiledCheck, context: Context): boolean {
  const day = dateOf(eventOf(check.head(), context) ?? context.as_of, context);
  return day >= check.from && (check.until === undefined || day <= check.until);
}

/** Undefined where the event has no date. Asking first where that is possible: an error costs thirty times as much. */
function eventOf({ event, eventGiven }: CheckHead, context: Context): unknown {
  if (!event || (eventGiven && shared(eventGiven, context) === false)) return undefined;
  try {
    return shared(event, context);
  } catch (error) {
    if ((error as { code?: string }).code === 'no_such_key') return undefined;
    throw error;
  }
}

/** `YYYY-MM-DD` in London. Most checks ask about the same few moments, so each is worked out once for a review. */
function dateOf(moment: unknown, context: Context): string {
  if (moment instanceof Day) return moment.iso;
  const dates = context[DATES] as Map<unknown, string>;
  let date = dates.get(moment);
  if (date === undefined) {
    date = dayOf(moment as Date).iso;
    dates.set(moment, date);
  }
  return date;
}

/** The value of an expression, kept for the other checks of the review where it is the same for all. */
function shared(expression: Expression, context: Context): unknown {
  if (!expression.isShared) return expression.evaluate(context);
  const known = context[KNOWN] as Map<Expression, unknown>;
  let value = known.get(expression);
  if (value === undefined) {
    value = expression.evaluate(context);
    known.set(expression, value);
  }
  return value;
}

/** Where a context keeps what was worked out so far; no expression can name these. */
const KNOWN = '$known';
const DATES = '$dates';

function judgeTime(run: RuleRun, facts: ReviewFacts, check: CompiledCheck, context: Context, result: RuleResult): void {
  const body = check.body();
  const reading = judgeClock(check, body.clock!, context, run.calendar);
  if (!reading) return;
  const { backwards, ...clock } = reading;
  result.clocks.push(clock);
  Object.assign(context, { elapsed: clock.elapsed, limit: clock.limit, due: clock.due });
  const { absent, due } = body.clock!;
  if (backwards) {
    const made = finding(run, facts, check, context, 'cannot-tell', clock);
    result.findings.push({ ...made, message: 'The clock stops before it starts: one of the two dates must be wrong.', fixes: [] });
  } else if (clock.state === 'over' && !body.require?.evaluate(context)) {
    result.findings.push(finding(run, facts, check, context, check.outcome, clock));
  } else if (clock.state === 'lapsed' && absent) {
    result.findings.push({ ...finding(run, facts, check, context, 'not-recorded', clock), message: absent.render(context) });
  } else if (clock.state === 'running' && due) {
    result.findings.push({ ...finding(run, facts, check, context, 'due-soon', clock), message: due.render(context), fixes: [] });
  }
}

function finding(run: RuleRun, facts: ReviewFacts, check: CompiledCheck, context: Context, outcome: Outcome, clock?: Clock): Finding {
  const body = check.body();
  const path = body.at.resolve(context);
  const wording = body.wording();
  const parameters = [...body.reads].map(name => run.parameters.get(name)).filter(parameter => parameter !== undefined);
  return {
    rule: check.rule.id,
    check: check.id,
    severity: severityOf(run, facts, check, outcome, parameters),
    message: wording.message.render(context),
    span: spanOf(facts.root, path, facts.text),
    path,
    fingerprint: fingerprint(facts, check, context, path),
    related: [...clockPlaces(facts, clock, path), ...relatedPlaces(facts, wording.related, context, path)],
    fixes: wording.fixes.filter(fix => !fix.when || fix.when.evaluate(context)).map(fix => renderFix(fix, context)),
    outcome,
    confidence: check.confidence,
    version: check.from,
    parameters: Object.fromEntries(parameters.filter(isLimit).map(parameter => [parameter.name, parameter.value])),
    ...(clock && { clock }),
  };
}

/** Says which entry was judged even where the finding stands elsewhere, such as at the list that lacks it. */
function fingerprint(facts: ReviewFacts, check: CompiledCheck, context: Context, path: string): string {
  const parts = [facts.id ?? '', check.rule.id, check.id, keyedPath(facts.root, path)];
  const item = check.each && context[check.as];
  if (typeof item === 'string') parts.push(item);
  const node = (item as Entry | undefined)?.$node;
  const entry = node && pointerOf(node);
  if (entry && !path.startsWith(entry)) parts.push(keyedPath(facts.root, entry));
  return parts.join('|');
}

function clockPlaces(facts: ReviewFacts, clock: Clock | undefined, path: string): RelatedPlace[] {
  if (!clock) return [];
  const place = (at: string, message: string) => ({ path: at, span: spanOf(facts.root, at, facts.text), message });
  const places = [place(clock.from, 'the clock starts here')];
  if (clock.to !== path && (clock.state === 'over' || clock.state === 'within')) places.push(place(clock.to, `and stops here, ${clock.elapsed} later`));
  return places;
}

function relatedPlaces(facts: ReviewFacts, related: Wording['related'], context: Context, path: string): RelatedPlace[] {
  return related
    .map(place => ({ path: place.at.resolve(context), message: place.message.render(context) }))
    .filter(place => place.path !== path && findNode(facts.root, place.path) !== undefined)
    .map(place => ({ ...place, span: spanOf(facts.root, place.path, facts.text) }));
}

function renderFix(fix: CompiledFix, context: Context): Fix {
  return {
    title: fix.title.render(context),
    safe: fix.safe,
    patch: fix.patch.flatMap(operation => renderOperation(operation, context)),
  };
}

function renderOperation({ each, as, op, at, value }: CompiledOperation, context: Context): PatchOperation[] {
  const render = (names: Context) => ({ op, path: at.resolve(names), ...(value && { value: value(names) }) });
  if (!each) return [render(context)];
  return [...(each.evaluate(context) as Iterable<unknown>)].map(item => render(Object.assign(Object.create(context), { [as]: item })));
}

/** Units of parameters that are limits; any other parameter is a list of questions. */
const LIMIT_UNITS = new Set(['minutes', 'hours', 'days', 'working_days', 'months', 'count']);

const isLimit = (parameter: Parameter): boolean => LIMIT_UNITS.has(parameter.unit);

/**
 * In a draft, what is merely unanswered is a hint; a breach counts at once. A limit that nobody published and
 * nobody adopted is a warning at most.
 */
function severityOf(run: RuleRun, facts: ReviewFacts, check: CompiledCheck, outcome: Outcome, parameters: readonly Parameter[]): Severity {
  if (outcome === 'due-soon') return 'information';
  if (outcome === 'not-recorded' && facts.state !== 'complete') return 'hint';
  if (outcome === 'cannot-tell') return facts.state === 'complete' ? 'warning' : 'information';
  const configured = run.severities[check.rule.id];
  if (configured && configured !== 'off') return configured;
  if (outcome === 'breach' && check.severity === 'error' && !isEstablished(check, parameters)) return 'warning';
  return check.severity;
}

function isEstablished(check: CompiledCheck, parameters: readonly Parameter[]): boolean {
  const limits = parameters.filter(isLimit);
  const unpublished = limits.some(limit => !limit.adopted && (limit.confidence === 'local' || limit.confidence === 'unconfirmed'));
  return !unpublished && check.confidence !== 'unconfirmed';
}

function fence(run: RuleRun, facts: ReviewFacts, check: CompiledCheck, context: Context, result: RuleResult, crashed: Set<string>, error: unknown): void {
  if (error instanceof Unreadable) return;
  if (error instanceof CannotTell) {
    result.findings.push({ ...unjudged(facts, check, context), severity: facts.state === 'complete' ? 'warning' : 'information', message: error.message, outcome: 'cannot-tell' });
    return;
  }
  if (run.rethrow) throw error;
  if (crashed.has(check.rule.id)) return;
  crashed.add(check.rule.id);
  const code = (error as { code?: string }).code ?? (error as Error).name;
  result.findings.push({
    ...unjudged(facts, check, context),
    rule: 'internal-error',
    severity: 'error',
    message: `The rule ${check.rule.id} could not be run (${code}). The fault is in the rule, not in this review; the other rules were judged.`,
  });
}

/** A finding for a check that came to no verdict; its own wording may be what failed, so none is used. */
function unjudged(facts: ReviewFacts, check: CompiledCheck, context: Context): Omit<Finding, 'severity' | 'message'> {
  let path = '';
  try {
    path = check.body().at.resolve(context);
  } catch {
    // The place cannot be worked out either; the finding stands at the head of the review.
  }
  return {
    rule: check.rule.id,
    check: check.id,
    span: spanOf(facts.root, path, facts.text),
    path,
    fingerprint: fingerprint(facts, check, context, path),
    related: [],
    fixes: [],
    confidence: check.confidence,
    version: check.from,
  };
}
