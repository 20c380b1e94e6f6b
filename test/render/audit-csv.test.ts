/** An audit as CSV: what a spreadsheet reads back is what was counted. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tellAudit } from '../../server/src/audit/audit-report.ts';
import { countAudit } from '../../server/src/audit/count-audit.ts';
import { formatAuditCsv } from '../../server/src/render/audit-csv.ts';
import { RULES, several } from '../support/audit-reviews.ts';

const csvOf = (title: string, smallestCell: number) => {
  const rules = RULES.map((rule, at) => (at === 0 ? { ...rule, title } : rule));
  const reviews = [
    ...several(6, { rules, round: '2025-Q4', verdicts: ['broken', 'kept', 'kept'] }),
    ...several(3, { rules, round: '2026-Q1', verdicts: ['kept', 'kept', 'kept'] }),
  ];
  const titles = { titleOf: () => 'Title', columnTitleOf: () => 'Column' };
  return formatAuditCsv(tellAudit(countAudit(reviews), { smallestCell, ...titles })).split('\r\n');
};
const rowsOf = (lines: readonly string[], figure: string) =>
  lines.filter(line => line.startsWith('rules,victim-contact') && line.includes(figure));

test('a share has its population and interval, over all rounds and in each', () => {
  assert.deepEqual(rowsOf(csvOf('Seen', 1), 'share:broken'), [
    'rules,victim-contact/child-seen-promptly,Seen,share:broken,all,6,9,0.3542,0.8794',
    'rules,victim-contact/child-seen-promptly,Seen,share:broken,2025-Q4,6,6,0.6097,1',
    'rules,victim-contact/child-seen-promptly,Seen,share:broken,2026-Q1,0,3,0,0.5615',
  ]);
});

test('a number that is not told is empty', () => {
  assert.deepEqual(rowsOf(csvOf('Seen', 5), 'number:kept'), [
    'rules,victim-contact/child-seen-promptly,Seen,number:kept,all,,9,,',
    'rules,victim-contact/child-seen-promptly,Seen,number:kept,2025-Q4,,6,,',
    'rules,victim-contact/child-seen-promptly,Seen,number:kept,2026-Q1,,3,,',
  ]);
});

test('a title with commas and quotes is quoted, and one that looks like a formula is a text', () => {
  const [quoted] = rowsOf(csvOf('Seen, "soon"', 1), 'share:broken');
  assert.match(quoted!, /,"Seen, ""soon""",share/);
  const [formula] = rowsOf(csvOf('=1+1', 1), 'share:broken');
  assert.match(formula!, /,'=1\+1,share/);
});
