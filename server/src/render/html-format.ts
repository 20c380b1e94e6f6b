/** One page that needs nothing but a browser: no script, no network, light and dark, a table per review. */
import { escapeUTF8 } from 'entities/lib/escape.js';
import type { Finding, RelatedPlace, Report } from '../engine/report.ts';
import type { RuleDescription } from '../policy/pack.ts';
import { formatFrame } from './code-frame.ts';
import type { Format, FormatContext, RunResult } from './format.ts';
import { htmlPage, toMarkup } from './html-page.ts';
import { NO_PAINT } from './paint.ts';
import { toPosition } from './place.ts';
import { formatParameter, formatSource } from './rule-text.ts';
import { isDraft, isListed } from './summary.ts';
import { formatSummary } from './text-summary.ts';

const FRAME_WIDTH = 110;

export function createHtmlFormat(context: FormatContext): Format {
  const sections = new Map<string, string>();
  const rules = new Map<string, RuleDescription>();
  return {
    begin: () => '',
    review: report => {
      const listed = report.findings.filter(finding => isListed(finding, context.threshold));
      if (listed.length === 0) return '';
      sections.set(report.uri, formatReview(report, listed, context));
      const described = context.rulesOf(report.uri);
      for (const { rule } of listed) {
        const description = rules.has(rule) ? undefined : described.find(({ id }) => id === rule);
        if (description) rules.set(rule, description);
      }
      return ''; // The verdict is known at the end and stands first.
    },
    separator: '',
    end: result => {
      const inOrder = [...sections.keys()].sort().map(uri => sections.get(uri) ?? '');
      const described = [...rules.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
      return formatPage(
        [...formatVerdict(result, context), ...formatTrouble(result, context), ...inOrder],
        described,
        context,
      );
    },
  };
}

function formatPage(
  sections: readonly string[],
  rules: readonly RuleDescription[],
  context: FormatContext,
): string {
  const explained =
    rules.length === 0 ? [] : ['<h2>The rules behind the findings</h2>', ...rules.map(formatRule)];
  return htmlPage({
    title: 'Case Review report',
    main: [...sections, ...explained].join('\n'),
    footer: `Case Review ${context.version}`,
  });
}

function formatVerdict(result: RunResult, context: FormatContext): string[] {
  const [first = '', ...more] = formatSummary(result, context, NO_PAINT);
  const passed = result.exitCode === 0;
  return [
    `<p class="verdict ${passed ? 'passed' : 'failed'}"><strong>${passed ? 'Passed' : 'Failed'}.</strong> ${toMarkup(first)}</p>`,
    ...more.map(sentence => `<p>${toMarkup(sentence)}</p>`),
  ];
}

function formatTrouble({ policyProblems, inputProblems }: RunResult, context: FormatContext): string[] {
  const items = [
    ...policyProblems.map(({ uri, finding }) => [
      `${context.pathOf(uri)}:${placeOf(uri, finding.span.start, context)}`,
      finding.message,
    ]),
    ...inputProblems.map(({ path, message }) => [path, message]),
  ].map(([place = '', message = '']) => `<li><code>${toMarkup(place)}</code> ${toMarkup(message)}</li>`);
  return items.length === 0
    ? []
    : [`<h2>Configuration, packs and paths</h2>\n<ul>\n${items.join('\n')}\n</ul>`];
}

function formatReview(report: Report, findings: readonly Finding[], context: FormatContext): string {
  const path = toMarkup(context.pathOf(report.uri));
  const about = [
    report.state ?? 'state not readable',
    ...(report.asOf === undefined ? [] : [`as of ${report.asOf}`]),
  ];
  return `<section${isDraft(report) ? ' class="draft"' : ''}>
<h2><code>${path}</code></h2>
<p>${toMarkup(about.join(', '))}</p>
<div class="scroll" role="region" aria-label="Findings in ${path}" tabindex="0"><table>
<caption>${findings.length} finding${findings.length === 1 ? '' : 's'}</caption>
<thead><tr><th scope="col">Place</th><th scope="col">Severity</th><th scope="col">Finding</th><th scope="col">Rule</th></tr></thead>
<tbody>
${findings.map(finding => formatFinding(report.uri, finding, context)).join('\n')}
</tbody>
</table></div>
</section>`;
}

function formatFinding(uri: string, finding: Finding, context: FormatContext): string {
  const { rule, severity, message, related, span } = finding;
  const isDescribed = context.rulesOf(uri).some(({ id }) => id === rule);
  const name = isDescribed ? `<a href="#${anchorOf(rule)}">${toMarkup(rule)}</a>` : toMarkup(rule);
  const frame = context.includeText
    ? `<pre>${escapeUTF8(formatFrame(context.sourceOf(uri), span, FRAME_WIDTH, NO_PAINT, text => text).join('\n'))}</pre>`
    : '';
  const places = related.map(place => `<li>${formatRelated(uri, place, context)}</li>`).join('');
  return `<tr><th scope="row">${placeOf(uri, span.start, context)}</th><td class="${severity}">${severity}</td><td>${toMarkup(message)}${frame}${places === '' ? '' : `<ul>${places}</ul>`}</td><td>${name}</td></tr>`;
}

function formatRelated(uri: string, related: RelatedPlace, context: FormatContext): string {
  const file = related.uri ?? uri;
  const prefix = file === uri ? '' : `${context.pathOf(file)}:`;
  return toMarkup(`${prefix}${placeOf(file, related.span.start, context)} ${related.message}`);
}

function formatRule(rule: RuleDescription): string {
  const items = [...rule.parameters.map(formatParameter), ...rule.sources.map(formatSource)];
  return `<section id="${anchorOf(rule.id)}">
<h3>${toMarkup(rule.id)} (${toMarkup(rule.ref)})</h3>
<p>${toMarkup(rule.title)}. ${toMarkup(rule.why)}</p>
${items.length === 0 ? '' : `<ul>\n${items.map(item => `<li>${toMarkup(item)}</li>`).join('\n')}\n</ul>\n`}</section>`;
}

function placeOf(uri: string, offset: number, context: FormatContext): string {
  const { line, column } = toPosition(context.sourceOf(uri), offset);
  return `${line}:${column}`;
}

function anchorOf(rule: string): string {
  return `rule-${rule.replaceAll(/[^\w-]/g, '-')}`;
}
