/**
 * Why a check fired: the fields it looked at, the clock counted out, the parameters with their origin, the version
 * chosen and what would have satisfied it. Plain data; what it holds of a review may be shown anywhere.
 */
import {
  type Calendar,
  CannotTell,
  type CountedDay,
  countWorkingDays,
  Day,
  type Moment,
  parseAsOf,
  parseInstant,
  toDay,
} from '../calendar/index.ts';
import { findNode, nearest } from '../engine/locate.ts';
import type { ParsedText, Span, TreeNode } from '../engine/located-tree.ts';
import type { Clock, Finding, Report } from '../engine/report.ts';
import { joinPointer } from '../engine/schema-guide.ts';
import { reviewGuide } from '../engine/validate-shape.ts';
import type { Expression } from '../policy/cel-environment.ts';
import type { AstNode } from '../policy/cel-node.ts';
import type { CheckBody, CompiledCheck } from '../policy/compile-rule.ts';
import { fieldsRead, type Patterns } from '../policy/fields-read.ts';
import type { Parameter, RuleDescription } from '../policy/pack.ts';
import { matchesPattern } from '../policy/place.ts';
import type { Policy } from '../policy/policy.ts';
import { reviewShape } from './review-shape.ts';
import { type ShownValue, shownValue } from './shown-value.ts';

/** A field that a check looked at. */
export interface Fact {
  readonly pointer: string;
  readonly title: string;
  /** Undefined where the review does not say. */
  readonly span: Span | undefined;
  readonly value: ShownValue;
}

/** A clock with its ends, and its working days where it counts these. */
export interface Interval {
  readonly clock: Clock;
  readonly from: Fact;
  /** Without a date of its own where the clock was not stopped: then it ran to the as-of date. */
  readonly to: Fact;
  readonly days: readonly CountedDay[];
}

export interface Explanation {
  readonly finding: Finding;
  readonly rule: RuleDescription;
  readonly version: RuleDescription['versions'][number];
  /** Where the date stands that chose the version; empty where the as-of date did. */
  readonly events: readonly Fact[];
  readonly facts: readonly Fact[];
  readonly interval: Interval | undefined;
  readonly parameters: readonly Parameter[];
  readonly asOf: Date | undefined;
  /** The severity of the check itself, before outcome, state and configuration. */
  readonly severity: Finding['severity'];
  readonly remedies: readonly Remedy[];
}

/** One of the ways to satisfy a check. */
export type Remedy =
  | { readonly kind: 'date'; readonly title: string; readonly due: string }
  /** All of these hold; each is a field that has a value, or an expression of the rule. */
  | { readonly kind: 'condition'; readonly parts: readonly RemedyPart[] }
  | { readonly kind: 'fix'; readonly title: string };

export type RemedyPart =
  | { readonly given: string }
  /** With the names that the check gives to intermediate results. */
  | { readonly expression: string; readonly where: readonly (readonly [string, string])[] };

/** A review with everything its findings rest on. */
export interface Judged {
  readonly parsed: ParsedText;
  readonly report: Report;
  readonly policy: Policy;
}

/** Undefined for a finding of the parser or the schema, which no check made. */
export function explainFinding(finding: Finding, judged: Judged): Explanation | undefined {
  const { policy } = judged;
  const check = policy.checkOf(finding);
  if (!check) return undefined;
  const { scope, inEntry } = scopeOf(check, finding.path);
  const { when, event } = check.head();
  const { lets, require, reads } = check.body();
  const asked = [check.each, when, ...lets.map(([, value]) => value), require].filter(
    asked => asked !== undefined,
  );
  const factsOf = (expressions: readonly Expression[]) =>
    fields(expressions, scope, lets)
      .map(inEntry)
      .flatMap(pattern => placesOf(judged.parsed.root, pattern))
      .map(factAt);
  const factAt = (pointer: string) => factOf(judged.parsed.root, pointer);
  return {
    finding,
    rule: check.rule,
    version: { from: check.from, ...(check.until !== undefined && { until: check.until }) },
    events: event ? factsOf([event]) : [],
    facts: distinct(factsOf(asked)),
    interval: finding.clock && explainClock(finding.clock, judged),
    parameters: [...reads].flatMap(name => policy.parameters.get(name) ?? []),
    asOf: asOfOf(judged.report),
    severity: check.severity,
    // A check that came to no verdict has no parameters, and nothing that would satisfy it.
    remedies: finding.parameters ? remediesOf(check, finding, factAt, scope) : [],
  };
}

/** The clock with its two dates; a clock that was kept can be explained as well. */
export function explainClock(clock: Clock, { parsed, report, policy }: Judged): Interval {
  const hasStopped = clock.state === 'over' || clock.state === 'within';
  const start = momentAt(parsed.root, clock.from);
  const stop = hasStopped ? momentAt(parsed.root, clock.to) : asOfOf(report);
  return {
    clock,
    from: factOf(parsed.root, clock.from),
    to: factOf(parsed.root, clock.to),
    days: clock.unit === 'working_days' && start && stop ? count(policy.calendar, start, stop) : [],
  };
}

function asOfOf({ asOf }: Report): Date | undefined {
  return asOf === undefined ? undefined : parseAsOf(asOf);
}

function count(calendar: Calendar, start: Moment, stop: Moment): readonly CountedDay[] {
  try {
    return countWorkingDays(calendar, toDay(start), toDay(stop));
  } catch (error) {
    if (error instanceof CannotTell) return [];
    throw error;
  }
}

function momentAt(root: TreeNode | undefined, pointer: string): Moment | undefined {
  const node = findNode(root, pointer);
  const text = node?.kind === 'scalar' ? String(node.value) : '';
  return parseInstant(text) ?? Day.parse(text);
}

interface Scope {
  /** Where the names of a check stand. */
  readonly scope: Patterns;
  /** Narrows the list of `each` to the entry judged, which is known where the finding stands in it. */
  readonly inEntry: (pattern: string) => string;
}

function scopeOf(check: CompiledCheck, path: string): Scope {
  const sections = Object.fromEntries(Object.keys(reviewShape.sections).map(name => [name, `/${name}`]));
  const list = check.each && fieldsRead(check.each.ast, sections).pattern;
  if (list === undefined) return { scope: sections, inEntry: pattern => pattern };
  const any = `${list}/*`;
  const entry = path.split('/').slice(0, any.split('/').length).join('/');
  const isKnown = matchesPattern(any, entry);
  return {
    scope: { ...sections, [check.as]: isKnown ? entry : any },
    inEntry: pattern => (isKnown && pattern.startsWith(any) ? entry + pattern.slice(any.length) : pattern),
  };
}

/** What the expressions look at, without what they look through: of `/persons` and `/persons/*` the latter. */
function fields(
  expressions: readonly Expression[],
  scope: Patterns,
  lets: CheckBody['lets'],
): readonly string[] {
  const patterns: Record<string, string | undefined> = { ...scope };
  for (const [name, value] of lets) patterns[name] = fieldsRead(value.ast, patterns).pattern;
  const found = [...new Set(expressions.flatMap(({ ast }) => [...fieldsRead(ast, patterns).fields]))];
  return found.filter(pattern => !found.some(other => other.startsWith(`${pattern}/`)));
}

/** The places of a pattern in the text. Of a list that is absent or empty, the list; of anything else absent, its place. */
function placesOf(root: TreeNode | undefined, pattern: string): readonly string[] {
  const at = pattern.indexOf('/*');
  if (at < 0) return [pattern];
  const [list, rest] = [pattern.slice(0, at), pattern.slice(at + 2)];
  const node = findNode(root, list);
  const entries = keysOf(node)
    .map(key => joinPointer(list, key))
    // A key that the schema does not know may be anything, and is not repeated.
    .filter(entry => reviewGuide.at(entry) !== undefined);
  return entries.length === 0 ? [list] : entries.flatMap(entry => placesOf(root, entry + rest));
}

function keysOf(node: TreeNode | undefined): readonly (string | number)[] {
  if (node?.kind === 'seq') return node.items.map((_, i) => i);
  return node?.kind === 'map' ? node.pairs.map(({ key }) => key) : [];
}

function factOf(root: TreeNode | undefined, pointer: string): Fact {
  const place = nearest(root, pointer);
  const entry = reviewGuide.at(pointer);
  return {
    pointer,
    title: entry?.title ?? pointer,
    span: place?.found ? place.node : undefined,
    value: shownValue(place?.found ? place.node : undefined, entry),
  };
}

function distinct(facts: readonly Fact[]): readonly Fact[] {
  return [...new Map(facts.map(fact => [fact.pointer, fact])).values()];
}

function remediesOf(
  check: CompiledCheck,
  finding: Finding,
  factAt: (pointer: string) => Fact,
  scope: Patterns,
): Remedy[] {
  const { require, lets } = check.body();
  const { clock, fixes } = finding;
  const remedies: Remedy[] = [];
  if (clock) remedies.push({ kind: 'date', title: factAt(clock.to).title, due: clock.due });
  // What excuses a late entry does not excuse an absent one.
  if (require && (!clock || clock.state === 'over'))
    for (const alternative of operands(require.ast, '||')) {
      const parts = operands(alternative, '&&').map(node => partOf(node, require, lets, factAt, scope));
      remedies.push({ kind: 'condition', parts });
    }
  return [...remedies, ...fixes.map(({ title }) => ({ kind: 'fix' as const, title }))];
}

/** `has(field)` as the field's title, anything else as it stands in the rule. */
function partOf(
  node: AstNode,
  { source }: Expression,
  lets: CheckBody['lets'],
  factAt: (pointer: string) => Fact,
  scope: Patterns,
): RemedyPart {
  const [name, args] = node.op === 'call' ? (node.args as [string, AstNode[]]) : [];
  const place = name === 'has' && args?.[0] ? fieldsRead(args[0], scope).pattern : undefined;
  if (place !== undefined && !place.includes('*')) return { given: factAt(place).title };
  const expression = source.slice(node.start, node.end);
  return { expression, where: namesIn(expression, lets) };
}

/** The names that an expression uses, and those that their own expressions use, in the order of the check. */
function namesIn(expression: string, lets: CheckBody['lets']): (readonly [string, string])[] {
  const used: (readonly [string, string])[] = [];
  for (const [name, { source }] of lets.toReversed()) {
    const uses = new RegExp(`\\b${name}\\b`);
    if ([expression, ...used.map(([, other]) => other)].some(text => uses.test(text)))
      used.unshift([name, source]);
  }
  return used;
}

/** What a chain of one operator joins. */
function operands(node: AstNode, op: '&&' | '||'): readonly AstNode[] {
  return node.op === op ? (node.args as AstNode[]).flatMap(part => operands(part, op)) : [node];
}
