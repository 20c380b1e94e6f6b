/** An audit and a comparison as CSV (RFC 4180), one figure a line, for spreadsheets. A number that is not told is empty. */
import type { AuditReport, Share, ToldTable } from '../audit/audit-report.ts';
import type { Comparison } from '../audit/compare-audits.ts';

type Value = string | number | null | undefined;

const AUDIT_HEAD = ['section', 'id', 'title', 'figure', 'round', 'count', 'of', 'low', 'high'];

export function formatAuditCsv(report: AuditReport): string {
  return toCsv([AUDIT_HEAD, ...report.tables.flatMap(table => rowsOf(table, report))]);
}

/** First the shares, which have a population, and then the columns, which add up to the reviews. */
function rowsOf(table: ToldTable, { rounds, reviews }: AuditReport): Value[][] {
  const head = [table.section, table.id, table.title];
  const codes = rounds.map(({ round }) => round ?? 'none');
  const shareRow = (figure: string, round: string, { count, of, low, high }: Share): Value[] => [
    ...head,
    figure,
    round,
    count,
    of,
    low,
    high,
  ];
  return [
    ...table.shares.flatMap(({ id, total, rounds }) => [
      shareRow(`share:${id}`, 'all', total),
      ...rounds.map((share, at) => shareRow(`share:${id}`, codes[at]!, share)),
    ]),
    ...table.columns.flatMap(({ id, total, rounds: cells }) => [
      [...head, `number:${id}`, 'all', total, reviews],
      ...cells.map((cell, at) => [...head, `number:${id}`, codes[at]!, cell, rounds[at]!.reviews]),
    ]),
  ];
}

const SIDE_HEAD = ['count', 'of', 'low', 'high'];
const COMPARISON_HEAD = [
  ...['section', 'id', 'title', 'share'],
  ...SIDE_HEAD.map(name => `a_${name}`),
  ...SIDE_HEAD.map(name => `b_${name}`),
  ...['probability', 'adjusted', 'difference'],
];

export function formatComparisonCsv({ shares }: Comparison): string {
  const side = ({ count, of, low, high }: Share) => [count, of, low, high];
  return toCsv([
    COMPARISON_HEAD,
    ...shares.map(({ section, table, title, share, a, b, probability, adjusted, difference }) => [
      section,
      table,
      title,
      share,
      ...side(a),
      ...side(b),
      probability,
      adjusted,
      difference,
    ]),
  ]);
}

function toCsv(rows: readonly (readonly Value[])[]): string {
  const width = Math.max(...rows.map(row => row.length));
  const line = (row: readonly Value[]) =>
    Array.from({ length: width }, (_, at) => toField(row[at])).join(',');
  return rows.map(row => `${line(row)}\r\n`).join('');
}

/** A title that a spreadsheet would take for a formula is kept a text by an apostrophe. */
function toField(value: Value): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' && /^[=+\-@\t]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
