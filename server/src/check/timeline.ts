/**
 * The timeline of a case: what its review dates, the limits that rules let run between these dates, and the gaps that
 * rules found. Pure. It knows no rule: dates come from the schema, limits from clocks and gaps from findings.
 */
import {
  beginOf,
  Day,
  finishOf,
  formatElapsed,
  type Moment,
  parseAsOf,
  parseInstant,
  toDay,
} from '../calendar/index.ts';
import { LineIndex } from '../engine/line-index.ts';
import { parsePointer } from '../engine/locate.ts';
import { type Clock, type Finding, isCovered, type Report } from '../engine/report.ts';
import { unreadable } from './check-review.ts';
import { type DatedPlace, findDates, titleOf } from './dated-places.ts';
import type { Judged } from './explain-finding.ts';

/** A date that is written in the review. */
export interface TimelineDate extends DatedPlace {
  readonly section: string;
  /** Such as `Key event (Arrest): Victim told on`. */
  readonly title: string;
}

/** A date with what was found there; findings that somebody has answered for are left out. */
export interface TimelineEvent extends TimelineDate {
  readonly moment: Moment;
  /** When the moment begins and ends: an instant at once, a day at the next midnight. */
  readonly begin: Date;
  readonly finish: Date;
  readonly findings: readonly Finding[];
}

export function isBreached({ findings }: TimelineEvent): boolean {
  return findings.some(({ outcome }) => outcome === 'breach');
}

/** A clock between its moments. */
export interface TimelineLimit {
  readonly section: string;
  /** What the limit is for, in the words of the schema. */
  readonly title: string;
  readonly clock: Clock;
  /** Where it is judged; undefined where nothing is written. */
  readonly event: TimelineEvent | undefined;
  readonly from: TimelineEvent;
  readonly due: Moment;
  /** When it was met, or the as-of date. */
  readonly stop: Moment;
  readonly findings: readonly Finding[];
}

/** Two dates of one list between which, as a rule found, nothing happened for too long. */
export interface TimelineGap {
  readonly section: string;
  readonly from: TimelineEvent;
  readonly to: TimelineEvent;
  readonly length: string;
  readonly finding: Finding;
}

export interface TimelineSection {
  readonly key: string;
  readonly title: string;
}

/** A review on the timeline. */
export interface TimelineCase {
  readonly uri: string;
  /** Undefined where the review has none that can be read. */
  readonly id: string | undefined;
  readonly asOf: Date | undefined;
  /** Those with anything on the timeline, in the order of the schema. */
  readonly sections: readonly TimelineSection[];
  /** By time, then in the order of the text; a day comes before the hours of the same day. */
  readonly events: readonly TimelineEvent[];
  readonly limits: readonly TimelineLimit[];
  readonly gaps: readonly TimelineGap[];
  /** Dates that cannot be read, or may be misplaced because the YAML around them is broken. */
  readonly unread: readonly TimelineDate[];
  readonly lines: LineIndex;
}

/** An event with the review it stands in. */
export interface TimelineEntry {
  readonly of: TimelineCase;
  readonly event: TimelineEvent;
}

/** The events of several reviews in one order; those of one moment in the order of the reviews. */
export function eventsInOrder(cases: readonly TimelineCase[]): TimelineEntry[] {
  const entries = cases.flatMap(of => of.events.map(event => ({ of, event })));
  return entries.sort((a, b) => byTime(a.event, b.event));
}

/** Whether there is anything to show. */
export function hasDates(cases: readonly TimelineCase[]): boolean {
  return cases.some(({ events, unread }) => events.length + unread.length > 0);
}

export function readTimeline({ parsed, report, policy }: Judged): TimelineCase {
  const { root: schema } = policy.shape.guide;
  const broken = unreadable(parsed);
  const bounds = boundsReader();
  const found = findingsByPlace(report);
  const events: TimelineEvent[] = [];
  const unread: TimelineDate[] = [];
  for (const place of parsed.root ? findDates(parsed.root, schema) : []) {
    const { pointer, moment } = place;
    const date = { ...place, section: sectionOf(pointer), title: titleOf(parsed.root, schema, pointer) };
    const isMisplaced = broken.includes('') || broken.includes(`/${date.section}`);
    if (moment === undefined || isMisplaced) unread.push(date);
    else events.push({ ...date, moment, ...bounds(moment), findings: found.get(pointer) ?? [] });
  }
  events.sort(byTime);
  const byPointer = new Map(events.map(event => [event.pointer, event]));
  const limits = limitsOf(report, byPointer, pointer => titleOf(parsed.root, schema, pointer));
  const used = new Set([...events, ...limits, ...unread].map(({ section }) => section));
  return {
    uri: report.uri,
    id: report.id,
    asOf: report.asOf === undefined ? undefined : parseAsOf(report.asOf),
    sections: schema.properties
      .filter(({ key }) => used.has(key))
      .map(({ key, entry }) => ({ key, title: entry.title })),
    events,
    limits,
    gaps: gapsOf(report, byPointer),
    unread,
    lines: new LineIndex(parsed.text),
  };
}

/** Most reviews have many dates on few days, and London is asked once for each. */
function boundsReader(): (moment: Moment) => Pick<TimelineEvent, 'begin' | 'finish'> {
  const known = new Map<string, Pick<TimelineEvent, 'begin' | 'finish'>>();
  return moment => {
    if (!(moment instanceof Day)) return { begin: moment, finish: moment };
    const bounds = known.get(moment.iso) ?? { begin: beginOf(moment), finish: finishOf(moment) };
    known.set(moment.iso, bounds);
    return bounds;
  };
}

export function byTime(a: TimelineEvent, b: TimelineEvent): number {
  return a.begin.getTime() - b.begin.getTime();
}

function findingsByPlace({ findings }: Report): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (isCovered(finding)) continue;
    const list = found.get(finding.path);
    if (list) list.push(finding);
    else found.set(finding.path, [finding]);
  }
  return found;
}

/** Several checks may read the same clock; it is one limit. */
function limitsOf(
  { clocks, findings, asOf }: Report,
  events: ReadonlyMap<string, TimelineEvent>,
  titleAt: (pointer: string) => string,
): TimelineLimit[] {
  const judgedAt = asOf === undefined ? undefined : parseAsOf(asOf);
  const limits = new Map<string, TimelineLimit>();
  for (const clock of clocks) {
    const from = events.get(clock.from);
    const event = events.get(clock.to);
    const due = clock.dueAt === undefined ? undefined : (parseInstant(clock.dueAt) ?? Day.parse(clock.dueAt));
    const hasStopped = clock.state === 'within' || clock.state === 'over';
    const stop = hasStopped ? event?.moment : judgedAt;
    if (!from || !due || !stop) continue;
    const key = [clock.from, clock.to, clock.dueAt, clock.state].join(' ');
    const found = findings.filter(finding => finding.clock === clock && !isCovered(finding));
    limits.set(key, {
      section: sectionOf(clock.to),
      title: titleAt(clock.to),
      clock,
      event,
      from,
      due,
      stop,
      findings: [...(limits.get(key)?.findings ?? []), ...found],
    });
  }
  return [...limits.values()].sort((a, b) => byTime(a.from, b.from));
}

function gapsOf({ findings }: Report, events: ReadonlyMap<string, TimelineEvent>): TimelineGap[] {
  return findings.flatMap(finding => {
    const to = events.get(finding.path);
    if (to === undefined || finding.clock || finding.outcome !== 'breach' || isCovered(finding)) return [];
    const before = finding.related.find(
      ({ uri, path }) => uri === undefined && path !== to.pointer && listOf(path) === listOf(to.pointer),
    );
    const from = before && events.get(before.path);
    if (from === undefined || listOf(from.pointer) === undefined) return [];
    const days = toDay(to.moment).number - toDay(from.moment).number;
    return [{ section: to.section, from, to, length: formatElapsed(days, 'days'), finding }];
  });
}

/** The list and the field of a place in its entries, such as `/victim_contact/log/*\/at`; undefined outside of lists. */
function listOf(pointer: string): string | undefined {
  const pattern = pointer.replace(/\/\d+(?=\/[^/]+$)/, '/*');
  return pattern === pointer ? undefined : pattern;
}

function sectionOf(pointer: string): string {
  return parsePointer(pointer)?.[0] ?? '';
}
