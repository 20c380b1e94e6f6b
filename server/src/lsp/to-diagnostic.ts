/** A finding as LSP's diagnostic. */
import { type Diagnostic, DiagnosticTag } from 'vscode-languageserver';
import { type Finding, isCovered, type RelatedPlace } from '../engine/report.ts';
import type { Say } from '../texts/say.ts';
import type { ClientSupport } from './client-support.ts';
import { type Lines, toRange, toSeverity } from './convert.ts';

export const SOURCE = 'case-review';

/** Findings that only say that something is not needed: editors fade the place. */
const UNNECESSARY: readonly string[] = ['waivers/used'];

/** Where the finding's document and the documents of its related places are, and their lines. */
export interface Places {
  readonly uri: string;
  readonly lines: Lines;
  linesOf(uri: string): Lines;
  spelled(uri: string): string;
}

export function toDiagnostic(
  finding: Finding,
  places: Places,
  /** Where its rule is explained. */
  href: string | undefined,
  client: ClientSupport,
  say: Say,
): Diagnostic {
  return {
    range: toRange(places.lines, finding.span),
    severity: toSeverity(isCovered(finding) ? 'hint' : finding.severity),
    source: SOURCE,
    code: finding.rule,
    ...(client.codeDescription && href !== undefined && { codeDescription: { href } }),
    message: finding.message + coverOf(finding, say),
    ...(client.diagnosticTags && UNNECESSARY.includes(finding.rule) && { tags: [DiagnosticTag.Unnecessary] }),
    ...(client.relatedInformation &&
      finding.related.length > 0 && {
        relatedInformation: finding.related.map(place => toRelated(place, places)),
      }),
    // How a quick fix finds its finding again; message texts are never compared.
    ...(client.diagnosticData && { data: finding.fingerprint }),
  };
}

function coverOf({ waived, baselined }: Finding, say: Say): string {
  if (waived) return ` (${say('waived')})`;
  return baselined ? ` (${say('in the baseline')})` : '';
}

function toRelated({ uri = '', span, message }: RelatedPlace, places: Places) {
  const isElsewhere = uri !== '' && uri !== places.uri;
  const lines = isElsewhere ? places.linesOf(uri) : places.lines;
  return { location: { uri: places.spelled(uri || places.uri), range: toRange(lines, span) }, message };
}
