/** An audit, and a comparison, as a page that needs nothing but a browser: no script, no network, light, dark and print. */
import type { AuditReport } from '../audit/audit-report.ts';
import type { ComparedShare, Comparison } from '../audit/compare-audits.ts';
import { sayInEnglish as say } from '../texts/say.ts';
import { drawShare } from './audit-charts.ts';
import { AUDIT_STYLE } from './audit-style.ts';
import { auditTables } from './audit-tables.ts';
import { describeSides, explainComparison, nameOfShare, type Side, showProbability } from './audit-text.ts';
import { DIFFERENCE_WORDS, showCount, showInterval, showShare } from './audit-words.ts';
import { htmlPage, toMarkup } from './html-page.ts';

export function formatAuditHtml(report: AuditReport): string {
  return writePage('Case Review audit', auditTables(report, { say, interactive: false }));
}

export function formatComparisonHtml({ compared, shares }: Comparison, a: Side, b: Side): string {
  const told = shares.filter(
    ({ difference, a, b }) => difference !== 'untold' && (a.count !== 0 || b.count !== 0),
  );
  const sentences = [...describeSides(a, b), explainComparison(compared, shares)];
  return writePage(
    `Case Review audits: ${a.name} and ${b.name}`,
    [
      ...sentences.map(sentence => `<p>${toMarkup(sentence)}</p>`),
      ...(told.length === 0 ? [] : [comparisonTable(told, a.name, b.name)]),
    ].join('\n'),
  );
}

function comparisonTable(shares: readonly ComparedShare[], a: string, b: string): string {
  const heads = ['What', `A: ${a}`, `B: ${b}`, 'B against A', 'p, adjusted'];
  const side = (share: ComparedShare['a']) =>
    `<td>${drawShare(share)} <b>${toMarkup(showShare(share))}</b><br>${toMarkup(`${showCount(share, say)} (${showInterval(share)})`)}</td>`;
  const rows = shares.map(
    share =>
      `<tr><th scope="row">${toMarkup(nameOfShare(share))}</th>${side(share.a)}${side(share.b)}` +
      `<td>${DIFFERENCE_WORDS[share.difference]}</td><td>${toMarkup(showProbability(share.adjusted ?? 1))}</td></tr>`,
  );
  return `<section class="audit"><h2>Shares</h2>
<div class="scroll" role="region" aria-label="Shares" tabindex="0"><table>
<thead><tr>${heads.map(words => `<th scope="col">${toMarkup(words)}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div></section>`;
}

const writePage = (title: string, main: string): string =>
  htmlPage({ title, style: `${AUDIT_STYLE}main { max-width: 80rem; }\n`, main });
