/** An audit and a comparison as text, for people: a line for each figure, with its population. */
import type { AuditReport, ToldShare, ToldTable } from '../audit/audit-report.ts';
import {
  type ComparedShare,
  type Comparison,
  type Difference,
  SIGNIFICANT,
} from '../audit/compare-audits.ts';
import { sayInEnglish as say } from '../texts/say.ts';
import { titleOfSection } from './audit-titles.ts';
import {
  bySection,
  DIFFERENCE_WORDS,
  describeAudit,
  describeReviews,
  describeTelling,
  describeUntold,
  isAlone,
  isTold,
  nameFigure,
  plural,
  sharesToTell,
  showCount,
  showInterval,
  showLeftOut,
  showRound,
  showShare,
  worstFirst,
} from './audit-words.ts';
import type { Paint } from './paint.ts';

export function formatAuditText(report: AuditReport, paint: Paint): string {
  const blocks = [describeAudit(report, say).join('\n')];
  for (const [section, tables] of bySection(report.tables)) {
    const told = tables.filter(isTold);
    const rows = (section === 'rules' ? worstFirst(told) : told).flatMap(table => [
      ...sharesToTell(table).map(share => rowOf(table, share, report)),
      ...(isAlone(table) ? [] : noteRows(table)),
    ]);
    const untold = tables.length - told.length;
    const lines = [
      ...columns(rows),
      ...(untold > 0 ? [`  ${describeUntold(untold, tables.length, say)}`] : []),
    ];
    blocks.push([paint.bold(titleOfSection(section, say)), ...lines].join('\n'));
  }
  return `${blocks.join('\n\n')}\n`;
}

function noteRows(table: ToldTable): string[][] {
  const note = noteOf(table);
  return note === '' ? [] : [[note, '', '', '', '']];
}

function rowOf(table: ToldTable, share: ToldShare, report: AuditReport): string[] {
  const { total } = share;
  const interval = showInterval(total);
  return [
    nameFigure(table, share.title),
    showCount(total, say),
    showShare(total),
    interval && `(${interval})`,
    [trendOf(share, report), isAlone(table) ? noteOf(table) : ''].filter(Boolean).join('; '),
  ];
}

function noteOf(table: ToldTable): string {
  const leftOut = showLeftOut(table, say);
  return leftOut && `not counted: ${leftOut}`;
}

/** `2025-Q4 40 %, 2026-Q1 33 %` where several rounds have a figure. */
function trendOf({ rounds }: ToldShare, report: AuditReport): string {
  if (rounds.filter(share => showShare(share) !== '').length < 2) return '';
  return report.rounds
    .map(({ round }, at) => `${showRound(round, say)} ${showShare(rounds[at]!) || '-'}`)
    .join(', ');
}

function columns(rows: readonly (readonly string[])[]): string[] {
  // A note has the line for itself.
  const aligned = rows.filter(([, figure]) => figure !== '');
  const widths = [0, 1, 2, 3].map(at => Math.max(0, ...aligned.map(row => row[at]!.length)));
  return rows.map(row => `  ${row.map((text, at) => text.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd());
}

const ORDER: readonly Difference[] = ['higher', 'lower', 'within_chance'];

export interface Side {
  readonly name: string;
  readonly report: AuditReport;
}

export function formatComparisonText(
  { compared, shares }: Comparison,
  a: Side,
  b: Side,
  paint: Paint,
): string {
  const blocks = [describeSides(a, b).join('\n')];
  for (const difference of ORDER) {
    // What nobody has on either side is no news.
    const found = shares.filter(
      share => share.difference === difference && (share.a.count !== 0 || share.b.count !== 0),
    );
    if (found.length === 0) continue;
    blocks.push(
      [paint.bold(`In B ${DIFFERENCE_WORDS[difference]}`), ...columns(found.map(comparedRow))].join('\n'),
    );
  }
  blocks.push(explainComparison(compared, shares));
  return `${blocks.join('\n\n')}\n`;
}

/** Which is which, and how the figures were made: once, where that is the same for both. */
export function describeSides(a: Side, b: Side): string[] {
  const [ofA, ofB] = [a, b].map(({ report }) => describeTelling(report, say).join(' ')) as [string, string];
  const line = (letter: string, { name, report }: Side, telling: string) =>
    `${letter}: ${name}. ${[describeReviews(report, say), telling].filter(Boolean).join(' ')}`;
  if (ofA !== ofB) return [line('A', a, ofA), line('B', b, ofB)];
  return [line('A', a, ''), line('B', b, ''), ofA].filter(Boolean);
}

function comparedRow(share: ComparedShare): string[] {
  const { a, b, adjusted } = share;
  return [
    nameOfShare(share),
    `A ${showCount(a, say)}, ${showShare(a)} (${showInterval(a)})`,
    `B ${showCount(b, say)}, ${showShare(b)} (${showInterval(b)})`,
    adjusted === null ? '' : `p ${showProbability(adjusted)}`,
    '',
  ];
}

export function nameOfShare({ table, shareTitle, ...share }: ComparedShare): string {
  return nameFigure({ ...share, id: table }, shareTitle);
}

export function showProbability(probability: number): string {
  return probability < 0.001 ? '< 0.001' : probability.toFixed(3);
}

/** How a comparison is to be read. */
export function explainComparison(compared: number, shares: readonly ComparedShare[]): string {
  const untold = shares.filter(({ difference }) => difference === 'untold').length;
  const because = 'one side has nothing to judge, or too few to tell';
  if (compared === 0) return `Nothing could be compared: of every share ${because}.`;
  const left = untold === 0 ? '' : ` ${plural(untold, 'more share')} could not be: ${because}.`;
  const found = shares.filter(({ difference }) => difference === 'higher' || difference === 'lower').length;
  return (
    `${plural(compared, 'share')} compared, of which ${found === 0 ? 'none' : found} ${found > 1 ? 'differ' : 'differs'} by more than chance.${left} ` +
    'In brackets stand 95 % intervals. ' +
    `Each pair is judged by Fisher's exact test, and p is adjusted for all ${compared} (Holm): where nothing has changed, ` +
    `fewer than ${SIGNIFICANT * 100} of 100 such reports claim any difference. ` +
    'No difference beyond chance does not mean that the two are alike.'
  );
}
