/** The facts of a timeline as tables: events, limits and gaps, and dates that cannot be read. */
import { escapeUTF8 } from 'entities/lib/escape.js';
import { beginOf, formatMoment } from '../calendar/index.ts';
import { eventsInOrder, type TimelineCase, type TimelineGap, type TimelineLimit } from '../check/timeline.ts';
import type { Span } from '../engine/located-tree.ts';
import type { Say } from '../texts/say.ts';
import { describeState, nameCase, nameSection } from './timeline-words.ts';

export interface TableOptions {
  readonly say: Say;
  /** Whether what is in a row can be gone to: then it is a button that names it. */
  readonly interactive: boolean;
}

/** With more than one review each row says which it is of. */
export function timelineTables(cases: readonly TimelineCase[], options: TableOptions): string {
  return [
    ...eventsTable(cases, options),
    ...limitsTable(cases, options),
    ...gapsTable(cases, options),
    ...unreadTable(cases, options),
  ].join('\n');
}

function eventsTable(cases: readonly TimelineCase[], options: TableOptions): string[] {
  const { say } = options;
  const rows = eventsInOrder(cases).map(({ of, event }, index) => {
    const findings = event.findings.map(({ message }) => message).join(' ');
    const cells = [nameSection(of, event.section), ...caseCell(cases, of, say), findings];
    const what = cellOf(event.title, `data-event="${index}"`, options);
    const [section = '', ...others] = cells.map(escapeUTF8).map(inCell);
    const line = inCell(String(lineOf(of, event.span)));
    return `<tr data-row="${index}"><th scope="row">${escapeUTF8(formatMoment(event.moment))}</th>${section}<td>${what}</td>${others.join('')}${line}</tr>`;
  });
  const heads = [
    say('When'),
    say('Section'),
    say('Event'),
    ...caseHead(cases, say),
    say('Finding'),
    say('Line'),
  ];
  return toTable(say('Events'), heads, rows);
}

function limitsTable(cases: readonly TimelineCase[], options: TableOptions): string[] {
  const { say } = options;
  const limits = cases
    .flatMap(of => of.limits.map(limit => ({ of, limit })))
    .sort(byBeginning(({ limit }) => limit));
  const rows = limits.map(({ of, limit }) => {
    const { title, clock, from } = limit;
    const findings = limit.findings.map(({ message }) => message).join(' ');
    const cells = [
      `${from.title}, ${formatMoment(from.moment)}`,
      clock.elapsed,
      clock.limit,
      formatMoment(limit.due),
      describeState(limit, say),
      ...caseCell(cases, of, say),
      findings,
      String(lineOf(of, (limit.event ?? from).span)),
    ];
    const what = cellOf(title, placeOf(of, limit.event ?? from, cases), options);
    return `<tr><th scope="row">${what}</th>${cells.map(escapeUTF8).map(inCell).join('')}</tr>`;
  });
  const heads = [
    say('Limit for'),
    say('Counted from'),
    say('Passed'),
    say('Limit'),
    say('Due'),
    say('State'),
    ...caseHead(cases, say),
    say('Finding'),
    say('Line'),
  ];
  return toTable(say('Limits'), heads, rows);
}

function gapsTable(cases: readonly TimelineCase[], options: TableOptions): string[] {
  const { say } = options;
  const gaps = cases.flatMap(of => of.gaps.map(gap => ({ of, gap }))).sort(byBeginning(({ gap }) => gap));
  const rows = gaps.map(({ of, gap: { from, to, length, finding } }) => {
    const what = cellOf(to.title, placeOf(of, to, cases), options);
    const cells = [
      formatMoment(from.moment),
      formatMoment(to.moment),
      length,
      ...caseCell(cases, of, say),
      finding.message,
      String(lineOf(of, to.span)),
    ];
    return `<tr><th scope="row">${what}</th>${cells.map(escapeUTF8).map(inCell).join('')}</tr>`;
  });
  const heads = [say('Gap before'), say('From'), say('To'), say('Length')];
  return toTable(say('Gaps'), [...heads, ...caseHead(cases, say), say('Finding'), say('Line')], rows);
}

function unreadTable(cases: readonly TimelineCase[], options: TableOptions): string[] {
  const { say } = options;
  const dates = cases.flatMap(of => of.unread.map(date => ({ of, date })));
  const rows = dates.map(({ of, date }, index) => {
    const what = cellOf(date.title, `data-unread="${index}"`, options);
    const cells = [nameSection(of, date.section), ...caseCell(cases, of, say), String(lineOf(of, date.span))];
    return `<tr><th scope="row">${what}</th>${cells.map(escapeUTF8).map(inCell).join('')}</tr>`;
  });
  const heads = [say('Date'), say('Section'), ...caseHead(cases, say), say('Line')];
  return toTable(say('Dates that cannot be read'), heads, rows);
}

/** The event among all events, as the drawing names it. */
function placeOf(of: TimelineCase, event: object, cases: readonly TimelineCase[]): string {
  return `data-event="${eventsInOrder(cases).findIndex(entry => entry.of === of && entry.event === event)}"`;
}

function byBeginning<T>(of: (thing: T) => TimelineLimit | TimelineGap): (a: T, b: T) => number {
  const time = (thing: T) => beginOf(of(thing).from.moment).getTime();
  return (a, b) => time(a) - time(b);
}

function caseHead(cases: readonly TimelineCase[], say: Say): string[] {
  return cases.length > 1 ? [say('Case')] : [];
}

function caseCell(cases: readonly TimelineCase[], of: TimelineCase, say: Say): string[] {
  return cases.length > 1 ? [nameCase(of, say)] : [];
}

function lineOf({ lines }: TimelineCase, { start }: Span): number {
  return lines.position(start).line + 1;
}

function cellOf(title: string, place: string, { interactive }: TableOptions): string {
  const words = escapeUTF8(title);
  return interactive ? `<button type="button" class="link" ${place}>${words}</button>` : words;
}

function inCell(html: string): string {
  return `<td>${html}</td>`;
}

/** Nothing without rows. */
function toTable(caption: string, heads: readonly string[], rows: readonly string[]): string[] {
  if (rows.length === 0) return [];
  const head = heads.map(text => `<th scope="col">${escapeUTF8(text)}</th>`).join('');
  return [
    `<h2>${escapeUTF8(caption)}</h2>`,
    `<div class="scroll" role="region" aria-label="${escapeUTF8(caption)}" tabindex="0"><table>`,
    `<thead><tr>${head}</tr></thead>`,
    `<tbody>\n${rows.join('\n')}\n</tbody>`,
    '</table></div>',
  ];
}
