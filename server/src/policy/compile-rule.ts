/** Turns a rule file into checks that can be run: expressions, places and messages compiled, names typed. */
import type { LimitUnit } from '../calendar/index.ts';
import type { Confidence, Outcome, Severity } from '../engine/report.ts';
import { type CelEnvironment, type Expression, ExpressionError, type Names } from './cel-environment.ts';
import type { Context } from './context.ts';
import type { RuleDescription } from './pack.ts';
import { compilePlace, type Place } from './place.ts';
import type { CheckFile, ClockFile, FixFile, OperationFile, RuleFile } from './rule-file.ts';
import { compileTemplate, compileValue, type Template } from './template.ts';

export interface CompiledClock {
  readonly from: Place;
  readonly to: Place;
  readonly start: Expression;
  readonly stop: Expression;
  readonly started: Expression;
  readonly stopped: Expression;
  readonly limit: Expression;
  readonly unit: LimitUnit;
  readonly absent: Template | undefined;
  readonly due: Template | undefined;
}

export interface CompiledFix {
  readonly each: Expression | undefined;
  readonly as: string;
  readonly title: Template;
  readonly safe: boolean;
  readonly when: Expression | undefined;
  readonly patch: readonly CompiledOperation[];
}

export interface CompiledOperation {
  readonly each: Expression | undefined;
  readonly as: string;
  readonly op: 'add' | 'replace' | 'remove' | 'redact';
  readonly at: Place;
  readonly value: ((context: Context) => unknown) | undefined;
}

/** What is said: worked out only when a check fires, so compiled only then. */
export interface Wording {
  readonly message: Template;
  readonly related: readonly { readonly at: Place; readonly message: Template }[];
  readonly fixes: readonly CompiledFix[];
}

/** When a check is made. */
export interface CheckHead {
  readonly when: Expression | undefined;
  readonly event: Expression | undefined;
  /** Whether the event has a date, where that can be asked without reading it. */
  readonly eventGiven: Expression | undefined;
  /** Whether `when` or `event` look at the entry of `each`. */
  readonly isPerEntry: boolean;
}

/** What a check asks once it applies. */
export interface CheckBody {
  readonly lets: readonly (readonly [string, Expression])[];
  readonly require: Expression | undefined;
  readonly clock: CompiledClock | undefined;
  readonly at: Place;
  /** Names of the parameters the verdict depends on. */
  readonly reads: ReadonlySet<string>;
  readonly wording: () => Wording;
}

export interface CompiledCheck {
  readonly id: string;
  readonly rule: RuleDescription;
  readonly from: string;
  readonly until: string | undefined;
  readonly each: Expression | undefined;
  readonly as: string;
  readonly outcome: Exclude<Outcome, 'due-soon'>;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Judged when all other rules have been, by what failed in them. */
  readonly isAfterOthers: boolean;
  /** Compiled when first asked for: many lists are empty and many checks do not apply, and a server that starts has no time for them. */
  readonly head: () => CheckHead;
  readonly body: () => CheckBody;
}

const INSTANT = 'google.protobuf.Timestamp';

/** Names that a rule judged after all others has besides. */
export const AFTER_OTHERS_NAMES = { failed: 'list<string>' };

/** Names that a clock adds to its messages. */
export const CLOCK_NAMES = { elapsed: 'string', limit: 'string', due: 'string' };

/** Throws `ExpressionError` at the first expression that cannot be used. */
export function compileRule(env: CelEnvironment, file: RuleFile, rule: RuleDescription): CompiledCheck[] {
  return file.versions.flatMap(version =>
    version.checks.map(check => compileCheck(env, file, rule, version.from, version.until, check)),
  );
}

function compileCheck(
  env: CelEnvironment,
  file: RuleFile,
  rule: RuleDescription,
  from: string,
  until: string | undefined,
  check: CheckFile,
): CompiledCheck {
  const isAfterOthers = file.after_others === true;
  const names: Record<string, string> = isAfterOthers ? { ...AFTER_OTHERS_NAMES } : {};
  const itemPatterns: Record<string, string> = {};
  const as = check.as ?? 'item';
  const optional = (source: string | undefined, type?: string) =>
    source === undefined ? undefined : env.compile(source, names, type);
  const each = optional(check.each);
  if (each) {
    names[as] = itemType(each);
    itemPatterns[as] = itemPattern(env, each.source, names);
  }
  let head: CheckHead | undefined;
  let body: CheckBody | undefined;
  const headOf = () => (head ??= compileHead(optional, check.event ?? file.event, check.when, as));
  return {
    id: check.id,
    rule,
    from,
    until,
    each,
    as,
    outcome: check.outcome ?? 'breach',
    severity: check.severity ?? file.severity,
    confidence: check.confidence ?? file.confidence,
    isAfterOthers,
    head: headOf,
    body: () => (body ??= compileBody(env, check, { ...names }, itemPatterns, [each, headOf().when])),
  };
}

function compileHead(
  compile: (source: string | undefined, type?: string) => Expression | undefined,
  eventSource: string | undefined,
  whenSource: string | undefined,
  as: string,
): CheckHead {
  const event = compile(eventSource);
  const when = compile(whenSource, 'bool');
  return {
    event,
    when,
    eventGiven: event && /^\w+(\.\w+)+$/.test(event.source) ? compile(`has(${event.source})`) : undefined,
    isPerEntry: [when, event].some(expression => expression?.variables.includes(as)),
  };
}

function compileBody(
  env: CelEnvironment,
  check: CheckFile,
  names: Record<string, string>,
  itemPatterns: Record<string, string>,
  head: readonly (Expression | undefined)[],
): CheckBody {
  const lets = Object.entries(check.let ?? {}).map(([name, source]) => {
    const value = env.compile(source, names);
    names[name] = value.type;
    return [name, value] as const;
  });
  const require = check.require === undefined ? undefined : env.compile(check.require, names, 'bool');
  const clock = check.clock && compileClock(env, check.clock, names, itemPatterns);
  if (!require && !clock) throw new ExpressionError('A check needs "require" or "clock".', '', 0, 0);
  const verdict = [...head, ...lets.map(([, value]) => value), require, clock?.limit];
  let wording: Wording | undefined;
  return {
    lets,
    require,
    clock,
    at: compilePlace(env, check.at, names, itemPatterns),
    reads: new Set(verdict.flatMap(expression => expression?.reads ?? [])),
    wording: () =>
      (wording ??= compileWording(env, check, clock ? { ...names, ...CLOCK_NAMES } : names, itemPatterns)),
  };
}

function compileClock(
  env: CelEnvironment,
  clock: ClockFile,
  names: Record<string, string>,
  itemPatterns: Record<string, string>,
): CompiledClock {
  const said = { ...names, ...CLOCK_NAMES };
  const optional = (source: string | undefined) =>
    source === undefined ? undefined : compileTemplate(env, source, said);
  const [start, stop] = [env.compile(clock.from, names), env.compile(clock.to, names)];
  for (const { source, type } of [start, stop]) {
    if (clock.unit === 'hours' && type !== INSTANT)
      throw new ExpressionError('An hour clock needs a date with a time.', source, 0, source.length);
  }
  return {
    from: compilePlace(env, clock.from, names, itemPatterns),
    to: compilePlace(env, clock.to, names, itemPatterns),
    start,
    stop,
    started: env.compile(`has(${clock.from})`, names),
    stopped: env.compile(`has(${clock.to})`, names),
    limit: env.compile(clock.limit, names, 'int'),
    unit: clock.unit,
    absent: optional(clock.absent),
    due: optional(clock.due),
  };
}

function compileWording(
  env: CelEnvironment,
  check: CheckFile,
  names: Record<string, string>,
  itemPatterns: Record<string, string>,
): Wording {
  return {
    message: compileTemplate(env, check.message, names),
    related: (check.related ?? []).map(place => ({
      at: compilePlace(env, place.at, names, itemPatterns),
      message: compileTemplate(env, place.message, names),
    })),
    fixes: (check.fixes ?? []).map(fix => compileFix(env, fix, names, itemPatterns)),
  };
}

function compileFix(
  env: CelEnvironment,
  fix: FixFile,
  outer: Record<string, string>,
  outerPatterns: Record<string, string>,
): CompiledFix {
  const { entries, names, itemPatterns } = compileEntries(env, fix, outer, outerPatterns);
  return {
    ...entries,
    title: compileTemplate(env, fix.title, names),
    safe: fix.safe,
    when: fix.when === undefined ? undefined : env.compile(fix.when, outer, 'bool'),
    patch: fix.patch.map(operation => compileOperation(env, operation, names, itemPatterns)),
  };
}

function compileOperation(
  env: CelEnvironment,
  file: OperationFile,
  outer: Record<string, string>,
  outerPatterns: Record<string, string>,
): CompiledOperation {
  const { entries, names, itemPatterns } = compileEntries(env, file, outer, outerPatterns);
  return {
    ...entries,
    op: file.op,
    at: compilePlace(env, file.at, names, itemPatterns),
    value: file.value === undefined ? undefined : compileValue(env, file.value, names),
  };
}

/** The list that a fix or an operation is made for, and what may be named in it. */
function compileEntries(
  env: CelEnvironment,
  { each: source, as = 'item' }: FixFile | OperationFile,
  outer: Record<string, string>,
  outerPatterns: Record<string, string>,
) {
  const each = source === undefined ? undefined : env.compile(source, outer);
  return {
    entries: { each, as },
    names: each ? { ...outer, [as]: itemType(each) } : outer,
    itemPatterns: each ? { ...outerPatterns, [as]: itemPattern(env, each.source, outer) } : outerPatterns,
  };
}

function itemType(each: Expression): string {
  const type = /^list<(.+)>$/.exec(each.type)?.[1];
  if (!type && each.type !== 'list' && each.type !== 'dyn') {
    throw new ExpressionError(
      `"each" must be a list; this is ${each.type}.`,
      each.source,
      0,
      each.source.length,
    );
  }
  return type ?? 'dyn';
}

/** Where the entries of a list stand, as far as the expression says: `persons.filter(…)` gives `/persons/*`. */
function itemPattern(env: CelEnvironment, source: string, names: Names): string {
  const selection = /^[\w.]+?(?=\.(?:filter|map)\(|$)/.exec(source)?.[0];
  try {
    return selection ? `${compilePlace(env, selection, names, {}).pattern}/*` : '/*';
  } catch {
    return '/*';
  }
}
