/** The page of an audit: every figure in words beside its drawing, and nothing that runs or loads. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tellAudit } from '../../server/src/audit/audit-report.ts';
import { compareAudits } from '../../server/src/audit/compare-audits.ts';
import { countAudit } from '../../server/src/audit/count-audit.ts';
import { formatAuditHtml, formatComparisonHtml } from '../../server/src/render/audit-file.ts';
import { auditTables } from '../../server/src/render/audit-tables.ts';
import { auditTitles } from '../../server/src/render/audit-titles.ts';
import { sayInEnglish as say } from '../../server/src/texts/say.ts';
import { RULES, several } from '../support/audit-reviews.ts';

const rules = RULES.map((rule, at) => (at === 0 ? { ...rule, title: 'Seen <soon>' } : rule));
const round = (code: string, broken: number, kept: number) => [
  ...several(broken, { rules, round: code, verdicts: ['broken'] }),
  ...several(kept, { rules, round: code, verdicts: ['kept'] }),
];
const tell = (reviews: ReturnType<typeof several>) =>
  tellAudit(countAudit(reviews), { smallestCell: 5, ...auditTitles(say) });
const both = tell([...round('2025-Q4', 30, 10), ...round('2026-Q1', 5, 45)]);

describe('the page of an audit', () => {
  const page = formatAuditHtml(both);

  test('runs and loads nothing', () => {
    assert.doesNotMatch(page, /<script|javascript:|\bon\w+=|https?:|url\(|@import/);
    assert.match(page, /Content-Security-Policy" content="default-src 'none'/);
  });

  test('says each figure beside its bar, and the change beside its trend', () => {
    const [row] = /<tr><th scope="row">VIC-01[\s\S]*?<\/tr>/.exec(page)!;
    assert.match(row, /VIC-01 Seen &lt;soon&gt;/);
    assert.match(row, /<svg class="share".*<b>39&nbsp;%<\/b>/);
    assert.match(row, /35 of 90.*29&nbsp;to&nbsp;49&nbsp;%/);
    assert.match(row, /<svg class="trend".*75&nbsp;%&nbsp;→&nbsp;10&nbsp;%/);
  });

  test('has the numbers of each round behind the drawings', () => {
    assert.match(page, /VIC-01 Seen &lt;soon&gt;<\/th><td>30 of 40, 75 %<\/td><td>5 of 50, 10 %<\/td>/);
  });

  test('leads to no reviews; in the editor, every figure that has some does', () => {
    assert.doesNotMatch(page, /<button/);
    const tables = auditTables(both, { say, interactive: true });
    assert.match(tables, /data-table="F3" data-share="broken">F3/);
    assert.match(tables, /data-table="F3" data-share="broken" data-round="1">5 of 50/);
    assert.doesNotMatch(tables, /data-share="inadequate"/);
  });
});

test('the page of a comparison says what differs by more than chance', () => {
  const [a, b] = [tell(round('2025-Q4', 30, 10)), tell(round('2026-Q1', 5, 45))];
  const page = formatComparisonHtml(
    compareAudits(a, b),
    { name: 'A&A', report: a },
    { name: 'B', report: b },
  );
  assert.match(
    page,
    /<th scope="row">VIC-01[\s\S]*?<td>lower, by more than chance<\/td><td>&lt; 0\.001<\/td>/,
  );
  assert.match(page, /<th scope="col">A: A&amp;A<\/th>/);
});
