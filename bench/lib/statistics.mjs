// Medians, percentiles, and a Markdown table that reads well in a terminal too.

const sorted = values => [...values].sort((a, b) => a - b);

export function median(values) {
  const list = sorted(values);
  if (list.length === 0) return undefined;
  const middle = list.length >> 1;
  return list.length % 2 === 1 ? list[middle] : (list[middle - 1] + list[middle]) / 2;
}

/** Nearest rank. */
export function percentile(values, share) {
  const list = sorted(values);
  return list[Math.max(0, Math.ceil(share * list.length) - 1)];
}

/** The median of the ratios of neighbours: what other work on the machine disturbs least. */
export const medianRatio = (ours, floor) => median(ours.map((value, k) => value / floor[k]));

/** Three significant digits. */
export function format(value) {
  if (value === undefined) return '';
  if (typeof value !== 'number') return value;
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

export function table(head, rows) {
  const cells = [head, ...rows].map(row => row.map(format));
  const widths = head.map((_, column) => Math.max(...cells.map(row => row[column].length)));
  const line = row =>
    `| ${row.map((cell, k) => (k === 0 ? cell.padEnd(widths[k]) : cell.padStart(widths[k]))).join(' | ')} |`;
  const rule = `|${widths.map((width, k) => '-'.repeat(width + 1) + (k === 0 ? '-' : ':')).join('|')}|`;
  return [line(cells[0]), rule, ...cells.slice(1).map(line)].join('\n');
}
