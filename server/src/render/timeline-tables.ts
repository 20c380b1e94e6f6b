/** The facts of a timeline as tables: events, limits and gaps, and dates that cannot be read. */
import { formatMoment } from '../calendar/index.ts';
import { byTime, eventsInOrder, type TimelineCase, type TimelineEvent } from '../check/timeline.ts';
import type { Span } from '../engine/located-tree.ts';
import type { Finding } from '../engine/report.ts';
import type { Say } from '../texts/say.ts';
import { toMarkup } from './html-page.ts';
import { describeState, nameCase, nameSection } from './timeline-words.ts';

export interface TableOptions {
  readonly say: Say;
  /** Whether what is in a row can be gone to: then it is a button that names it. */
  readonly interactive: boolean;
}

/** With more than one review each row says which it is of. */
export function timelineTables(cases: readonly TimelineCase[], options: TableOptions): string {
  const writer = new TableWriter(cases, options);
  return [...writer.events(), ...writer.limits(), ...writer.gaps(), ...writer.unread()].join('\n');
}

interface Row {
  readonly of: TimelineCase;
  readonly span: Span;
  /** The first is the head of the row. */
  readonly cells: readonly (string | Target)[];
  readonly findings?: readonly Finding[];
  readonly attributes?: string;
}

/** What can be gone to, as the page knows it. */
interface Target {
  readonly title: string;
  readonly place: string;
}

class TableWriter {
  readonly #cases: readonly TimelineCase[];
  readonly #say: Say;
  readonly #isInteractive: boolean;
  readonly #order: readonly { readonly of: TimelineCase; readonly event: TimelineEvent }[];
  readonly #numbers: ReadonlyMap<TimelineEvent, number>;

  constructor(cases: readonly TimelineCase[], { say, interactive }: TableOptions) {
    this.#cases = cases;
    this.#say = say;
    this.#isInteractive = interactive;
    this.#order = eventsInOrder(cases);
    this.#numbers = new Map(this.#order.map(({ event }, index) => [event, index]));
  }

  events(): string[] {
    const say = this.#say;
    const rows = this.#order.map(
      ({ of, event }, index): Row => ({
        of,
        span: event.span,
        cells: [formatMoment(event.moment), nameSection(of, event.section), this.#target(event.title, event)],
        findings: event.findings,
        attributes: ` data-row="${index}"`,
      }),
    );
    return this.#table(say('Events'), [say('When'), say('Section'), say('Event')], rows);
  }

  limits(): string[] {
    const say = this.#say;
    const rows = this.#all(of => of.limits).map(({ of, thing }): Row => {
      const { title, clock, from, due, event = from, findings } = thing;
      const start = `${from.title}, ${formatMoment(from.moment)}`;
      const words = [start, clock.elapsed, clock.limit, formatMoment(due), describeState(thing, say)];
      return { of, span: event.span, cells: [this.#target(title, event), ...words], findings };
    });
    const heads = [
      say('Limit for'),
      say('Counted from'),
      say('Passed'),
      say('Limit'),
      say('Due'),
      say('State'),
    ];
    return this.#table(say('Limits'), heads, rows);
  }

  gaps(): string[] {
    const say = this.#say;
    const rows = this.#all(of => of.gaps).map(({ of, thing: { from, to, length, finding } }): Row => {
      const words = [formatMoment(from.moment), formatMoment(to.moment), length];
      return { of, span: to.span, cells: [this.#target(to.title, to), ...words], findings: [finding] };
    });
    return this.#table(say('Gaps'), [say('Gap before'), say('From'), say('To'), say('Length')], rows);
  }

  unread(): string[] {
    const say = this.#say;
    const dates = this.#cases.flatMap(of => of.unread.map(date => ({ of, date })));
    const rows = dates.map(({ of, date: { span, title, section } }, index): Row => {
      const target = { title, place: `data-unread="${index}"` };
      return { of, span, cells: [target, nameSection(of, section)] };
    });
    return this.#table(say('Dates that cannot be read'), [say('Date'), say('Section')], rows);
  }

  #all<T extends { readonly from: TimelineEvent }>(things: (of: TimelineCase) => readonly T[]) {
    const all = this.#cases.flatMap(of => things(of).map(thing => ({ of, thing })));
    return all.sort((a, b) => byTime(a.thing.from, b.thing.from));
  }

  #target(title: string, event: TimelineEvent): Target {
    return { title, place: `data-event="${this.#numbers.get(event)}"` };
  }

  /** Nothing without rows. */
  #table(caption: string, heads: readonly string[], rows: readonly Row[]): string[] {
    if (rows.length === 0) return [];
    const say = this.#say;
    const hasCases = this.#cases.length > 1;
    const hasFindings = rows.some(({ findings = [] }) => findings.length > 0);
    const columns = [
      ...heads,
      ...(hasCases ? [say('Case')] : []),
      ...(hasFindings ? [say('Finding')] : []),
      say('Line'),
    ];
    const body = rows.map(({ of, span, cells, findings = [], attributes = '' }) => {
      const [head = '', ...others] = [
        ...cells.map(cell => this.#cell(cell)),
        ...(hasCases ? [toMarkup(nameCase(of, say))] : []),
        ...(hasFindings ? [toMarkup(findings.map(({ message }) => message).join(' '))] : []),
        String(of.lines.position(span.start).line + 1),
      ];
      return `<tr${attributes}><th scope="row">${head}</th>${others.map(html => `<td>${html}</td>`).join('')}</tr>`;
    });
    const name = toMarkup(caption);
    return [
      `<h2>${name}</h2>`,
      `<div class="scroll" role="region" aria-label="${name}" tabindex="0"><table>`,
      `<thead><tr>${columns.map(text => `<th scope="col">${toMarkup(text)}</th>`).join('')}</tr></thead>`,
      `<tbody>\n${body.join('\n')}\n</tbody>`,
      '</table></div>',
    ];
  }

  #cell(cell: string | Target): string {
    if (typeof cell === 'string') return toMarkup(cell);
    const title = toMarkup(cell.title);
    return this.#isInteractive ? `<button type="button" class="link" ${cell.place}>${title}</button>` : title;
  }
}
