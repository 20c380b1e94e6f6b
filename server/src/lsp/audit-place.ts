/** Where a review says what a figure of the audit counts: the line of the breach, of the grade or of the result. */
import type { ToldTable } from '../audit/audit-report.ts';
import { spanOf } from '../engine/locate.ts';
import type { Report } from '../engine/report.ts';
import type { TimelinePlace } from '../protocol.ts';
import { nameOf } from './canonical-uri.ts';
import { toRange } from './convert.ts';
import type { Session } from './session.ts';

export function placeOfFigure(
  { workspace, documents }: Session,
  uri: string,
  table: ToldTable,
): TimelinePlace {
  const { report, parsed } = workspace.judged(uri);
  const finding = breachOf(report, rulesOf(table, workspace.rules(uri)));
  const span = finding?.span ?? spanOf(parsed.root, pathOf(table), parsed.text);
  const name = report.id ?? nameOf(uri);
  return {
    uri,
    words: finding ? `${name}: ${finding.message}` : name,
    ...toRange(documents.linesOf(parsed.text), span),
  };
}

function rulesOf(
  { section, id }: ToldTable,
  rules: ReturnType<Session['workspace']['rules']>,
): readonly string[] {
  if (section === 'rules') return [id];
  return section === 'failings'
    ? rules.filter(({ catches }) => catches.includes(id)).map(rule => rule.id)
    : [];
}

function breachOf({ findings }: Report, rules: readonly string[]) {
  return findings.find(
    ({ rule, outcome, waived }) => outcome === 'breach' && !waived && rules.includes(rule),
  );
}

function pathOf({ section, id }: ToldTable): string {
  if (section === 'outcomes') return '/audit/disposition';
  return section === 'themes' ? `/grades/themes/${id}` : '/grades/overall';
}
