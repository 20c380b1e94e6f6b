/** An audit as HTML: for each section a table with a drawing in each row, and behind it the numbers of the rounds. */
import type { AuditReport, Section, Share, ToldShare, ToldTable } from '../audit/audit-report.ts';
import type { Say } from '../texts/say.ts';
import { drawShare, drawTrend } from './audit-charts.ts';
import { titleOfSection } from './audit-titles.ts';
import {
  bySection,
  describeAudit,
  describeUntold,
  isTold,
  nameFigure,
  sharesToTell,
  showCount,
  showInterval,
  showLeftOut,
  showRound,
  showShare,
  worstFirst,
} from './audit-words.ts';
import { toMarkup } from './html-page.ts';

export interface AuditTableOptions {
  readonly say: Say;
  /** Whether a row leads to its reviews: then its name is a button that names table, share and round. */
  readonly interactive: boolean;
}

export function auditTables(report: AuditReport, options: AuditTableOptions): string {
  return new TableWriter(report, options).write();
}

class TableWriter {
  readonly #report: AuditReport;
  readonly #say: Say;
  readonly #isInteractive: boolean;

  constructor(report: AuditReport, { say, interactive }: AuditTableOptions) {
    this.#report = report;
    this.#say = say;
    this.#isInteractive = interactive;
  }

  write(): string {
    return [
      ...[
        ...describeAudit(this.#report, this.#say),
        this.#say(
          'A bar shows the share of the reviews in which something could be judged, and the line across its end the 95 % interval.',
        ),
      ].map(sentence => `<p>${toMarkup(sentence)}</p>`),
      ...bySection(this.#report.tables).map(([section, tables]) => this.#section(section, tables)),
    ].join('\n');
  }

  #section(section: Section, tables: readonly ToldTable[]): string {
    const told = tables.filter(isTold);
    const inOrder = section === 'rules' ? worstFirst(told) : told;
    const title = toMarkup(titleOfSection(section, this.#say));
    const untold = tables.length - told.length;
    return [
      `<section class="audit"><h2>${title}</h2>`,
      ...(inOrder.length > 0 ? [this.#figures(inOrder, title), this.#rounds(inOrder, title)] : []),
      ...(untold > 0 ? [`<p>${toMarkup(describeUntold(untold, tables.length, this.#say))}</p>`] : []),
      '</section>',
    ].join('\n');
  }

  #figures(tables: readonly ToldTable[], title: string): string {
    const say = this.#say;
    const rows = tables.flatMap(table =>
      sharesToTell(table).map((share, at) => ({ table, share, isFirst: at === 0 })),
    );
    const hasTrend = rows.some(({ share }) => this.#trend(share) !== '');
    const hasNote = tables.some(table => showLeftOut(table, say) !== '');
    const heads = [
      say('What'),
      say('Share'),
      say('Reviews'),
      say('95 % interval'),
      ...(hasTrend ? [say('By round')] : []),
      ...(hasNote ? [say('Not counted')] : []),
    ];
    return this.#table(
      title,
      heads,
      rows.map(({ table, share, isFirst }) => [
        this.#name(table, share),
        `${drawShare(share.total)} <b>${showMarkup(showShare(share.total))}</b>`,
        toMarkup(showCount(share.total, say)),
        showMarkup(showInterval(share.total)),
        ...(hasTrend ? [this.#trend(share)] : []),
        ...(hasNote ? [isFirst ? toMarkup(showLeftOut(table, say)) : ''] : []),
      ]),
    );
  }

  /** Over the rounds that have a code, which puts them in order. */
  #trend(share: ToldShare): string {
    const rounds = share.rounds.filter((_, at) => this.#report.rounds[at]!.round !== null);
    const drawing = drawTrend(rounds);
    if (drawing === '') return '';
    const ends = rounds.filter(share => showShare(share) !== '').map(showShare);
    return `${drawing} ${showMarkup(`${ends[0]} → ${ends.at(-1)}`)}`;
  }

  /** The numbers behind the drawings; nothing where there is one round. */
  #rounds(tables: readonly ToldTable[], title: string): string {
    const say = this.#say;
    const { rounds } = this.#report;
    if (rounds.length < 2) return '';
    const rows = tables.flatMap(table =>
      sharesToTell(table).map(share => [
        toMarkup(nameFigure(table, share.title)),
        ...share.rounds.map((one, at) => this.#cell(table, share, one, at)),
      ]),
    );
    const heads = [say('What'), ...rounds.map(({ round }) => showRound(round, say))];
    const name = toMarkup(say('{section}, by round', { section: titleOfSection(tables[0]!.section, say) }));
    return `<details><summary>${name}</summary>\n${this.#table(`${title}, ${toMarkup(say('By round'))}`, heads, rows)}</details>`;
  }

  #cell(table: ToldTable, share: ToldShare, one: Share, round: number): string {
    if (one.of === 0) return '–';
    const figure = toMarkup([showCount(one, this.#say), showShare(one)].filter(Boolean).join(', '));
    return this.#isInteractive && one.count !== 0 ? this.#button(figure, table, share, round) : figure;
  }

  #name(table: ToldTable, share: ToldShare): string {
    const name = toMarkup(nameFigure(table, share.title));
    return this.#isInteractive && share.total.count !== 0 ? this.#button(name, table, share) : name;
  }

  #button(words: string, table: ToldTable, share: ToldShare, round?: number): string {
    const place = `data-table="${toMarkup(table.id)}" data-share="${toMarkup(share.id)}"`;
    return `<button type="button" class="link" aria-expanded="false" ${place}${round === undefined ? '' : ` data-round="${round}"`}>${words}</button>`;
  }

  #table(name: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
    const head = heads.map(words => `<th scope="col">${toMarkup(words)}</th>`).join('');
    const body = rows.map(
      ([first, ...cells]) =>
        `<tr><th scope="row">${first}</th>${cells.map(cell => `<td>${cell}</td>`).join('')}</tr>`,
    );
    return `<div class="scroll" role="region" aria-label="${name}" tabindex="0"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table></div>`;
  }
}

/** A figure does not break. */
function showMarkup(figure: string): string {
  return toMarkup(figure).replaceAll(' ', '&nbsp;');
}
