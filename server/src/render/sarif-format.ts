/** SARIF 2.1.0: results first, so that they need not be kept, then the rules and the invocation that made them. */

import type { Span } from '../engine/located-tree.ts';
import { type Finding, type Fix, isCovered, type RelatedPlace, type Report } from '../engine/report.ts';
import type { RuleDescription } from '../policy/pack.ts';
import type { Format, FormatContext, RunResult } from './format.ts';
import { toRegion } from './place.ts';
import { isShowable, showFingerprint } from './quotable.ts';
import { builtInToSarif, levelOf, ruleToSarif } from './sarif-rule.ts';
import { isAtLeast, isDraft } from './summary.ts';

const BASE = '%SRCROOT%';

/**
 * Each operation of a fix costs another reading of the review, since edits are proved before they are offered. A review
 * with more to mend than this is mended in the editor, not from a report.
 */
const OPERATIONS_PER_REVIEW = 5;

export function createSarifFormat(context: FormatContext): Format {
  const rules = new Map<string, RuleDescription>();
  const reported = new Set<string>();
  let known: readonly RuleDescription[] | undefined;

  /** Reviews share their list of rules as long as they share their configuration. */
  const learnRules = (uri: string): void => {
    const list = context.rulesOf(uri);
    if (list === known) return;
    known = list;
    for (const rule of list) if (!rules.has(rule.id)) rules.set(rule.id, rule);
  };

  return {
    begin: () =>
      '{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [{' +
      '"columnKind": "utf16CodeUnits", "results": [\n',
    review: report => {
      learnRules(report.uri);
      const findings = report.findings.filter(({ severity }) =>
        isAtLeast(severity, context.threshold.listed),
      );
      for (const finding of findings) reported.add(finding.rule);
      const fixesOf = createFixes(report.uri, context);
      return findings
        .map(finding => JSON.stringify(toResult(report, finding, fixesOf(finding), context)))
        .join(',\n');
    },
    separator: ',\n',
    end: result => {
      const ids = [...new Set([...rules.keys(), ...reported])].sort();
      const described = ids.map(id => {
        const rule = rules.get(id);
        return rule === undefined ? builtInToSarif(id) : ruleToSarif(rule);
      });
      return `\n],\n${toRunTail(result, described, context)}}]}\n`;
    },
  };
}

function toResult(
  report: Report,
  finding: Finding,
  fixes: readonly object[],
  context: FormatContext,
): object {
  const { uri } = report;
  const { outcome, confidence, version, severity, check } = finding;
  return {
    ruleId: finding.rule,
    level: isDraft(report) ? 'note' : levelOf(severity), // A draft decides nothing.
    message: { text: finding.message },
    locations: [
      { ...toLocation(uri, finding.span, context), logicalLocations: [{ fullyQualifiedName: finding.path }] },
    ],
    ...(finding.related.length > 0 && { relatedLocations: relatedLocations(uri, finding.related, context) }),
    partialFingerprints: { 'caseReview/v1': showFingerprint(finding.fingerprint) },
    ...(fixes.length > 0 && { fixes }),
    ...(isCovered(finding) && { suppressions: suppressionsOf(finding) }),
    properties: { check, severity, outcome, confidence, version, state: report.state, asOf: report.asOf },
  };
}

/** A waiver stands in the review, the baseline in a file of its own. */
function suppressionsOf({ waived, baselined }: Finding): object[] {
  return [
    ...(waived ? [{ kind: 'inSource', status: 'accepted' }] : []),
    ...(baselined ? [{ kind: 'external', status: 'accepted', justification: 'In the baseline.' }] : []),
  ];
}

function relatedLocations(uri: string, related: readonly RelatedPlace[], context: FormatContext): object[] {
  return related.map((place, at) => ({
    id: at + 1,
    ...toLocation(place.uri ?? uri, place.span, context),
    message: { text: place.message },
  }));
}

function createFixes(uri: string, context: FormatContext): (finding: Finding) => readonly object[] {
  let left = OPERATIONS_PER_REVIEW;
  return ({ fixes }) =>
    fixes
      .filter(fix => isShowable(fix, context.includeText))
      .filter(fix => {
        left -= fix.patch.length;
        return left >= 0;
      })
      .map(fix => toFix(uri, fix, context))
      .filter(fix => fix !== undefined);
}

function toFix(uri: string, fix: Fix, context: FormatContext): object | undefined {
  const edits = context.editsOf(uri, fix);
  if (edits.length === 0) return undefined;
  const replacements = edits.map(edit => ({
    deletedRegion: toSarifRegion(uri, edit, context),
    insertedContent: { text: edit.newText },
  }));
  return {
    description: { text: fix.title },
    artifactChanges: [{ artifactLocation: toArtifact(uri, context), replacements }],
    properties: { safe: fix.safe },
  };
}

function toLocation(uri: string, span: Span, context: FormatContext): { readonly physicalLocation: object } {
  return {
    physicalLocation: {
      artifactLocation: toArtifact(uri, context),
      region: toSarifRegion(uri, span, context),
    },
  };
}

/** Relative to the folder of the run; a file outside of it keeps its full address. */
function toArtifact(uri: string, context: FormatContext): object {
  const path = context.pathOf(uri);
  if (path === uri || path.startsWith('../') || path.startsWith('/') || /^[A-Za-z]:/.test(path))
    return { uri };
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: BASE };
}

function toSarifRegion(uri: string, span: Span, context: FormatContext): object {
  const { start, end } = toRegion(context.sourceOf(uri), span);
  return {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
    charOffset: start.offset,
    charLength: end.offset - start.offset,
  };
}

function toRunTail(result: RunResult, rules: readonly object[], context: FormatContext): string {
  const problems = result.policyProblems;
  const notifications = [...new Set(problems.map(problem => problem.finding.rule))].map(id => ({ id }));
  const driver = { name: 'Case Review', semanticVersion: context.version, rules, notifications };
  const tail = {
    tool: { driver },
    invocations: [
      {
        executionSuccessful: result.exitCode < 2,
        exitCode: result.exitCode,
        toolConfigurationNotifications: [
          ...problems.map(({ uri, finding }) => ({
            descriptor: { id: finding.rule },
            level: levelOf(finding.severity),
            message: { text: finding.message },
            locations: [toLocation(uri, finding.span, context)],
          })),
          ...result.inputProblems.map(({ path, message }) => ({
            level: 'error',
            message: { text: `${path}: ${message}` },
          })),
        ],
      },
    ],
    originalUriBaseIds: { [BASE]: { description: { text: 'The folder the command ran in.' } } },
    properties: { asOf: context.asOf ?? null, ...(context.noWaivers && { noWaivers: true }) },
  };
  return JSON.stringify(tail).slice(1, -1);
}
