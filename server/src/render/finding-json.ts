/**
 * A finding and a review as plain data for other programs, the same from the command line and from the server.
 * The order of the keys is part of the promise; `schemas/report.schema.json` describes it.
 */
import type {
  AuditFacts,
  Clock,
  Finding,
  Fix,
  PatchOperation,
  RelatedPlace,
  Report,
} from '../engine/report.ts';
import { type Position, type Source, toRegion } from './place.ts';
import { isShowable, showFingerprint, showId } from './quotable.ts';

/** The few things that turn a finding into data; every `FormatContext` has them. */
export interface JsonContext {
  readonly includeText: boolean;
  readonly pathOf: (uri: string) => string;
  readonly sourceOf: (uri: string) => Source;
}

export interface RelatedJson {
  readonly path: string;
  readonly pointer: string;
  readonly start: Position;
  readonly end: Position;
  readonly message: string;
}

export interface FixJson {
  readonly title: string;
  readonly safe: boolean;
  /** Absent where the change holds words of the review, unless these were asked for. */
  readonly patch?: readonly PatchOperation[];
}

export interface FindingJson {
  readonly rule: string;
  readonly check: string;
  readonly severity: string;
  readonly outcome?: string;
  readonly message: string;
  readonly start: Position;
  readonly end: Position;
  readonly pointer: string;
  readonly fingerprint: string;
  readonly waived: boolean;
  readonly baselined: boolean;
  readonly related: readonly RelatedJson[];
  readonly fixes: readonly FixJson[];
  readonly confidence?: string;
  readonly version?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly clock?: ClockJson;
}

export interface ReviewJson {
  readonly path: string;
  readonly id: string | null;
  readonly state: string | null;
  readonly asOf: string | null;
  readonly audit?: AuditFacts;
  readonly findings: readonly FindingJson[];
}

export function reviewToJson(report: Report, context: JsonContext): ReviewJson {
  return {
    path: context.pathOf(report.uri),
    id: showId(report.id),
    state: report.state ?? null,
    asOf: report.asOf ?? null,
    ...(report.audit !== undefined && { audit: report.audit }),
    findings: report.findings.map(finding => findingToJson(report.uri, finding, context)),
  };
}

export function findingToJson(uri: string, finding: Finding, context: JsonContext): FindingJson {
  const { outcome, confidence, version, parameters, clock } = finding;
  return {
    rule: finding.rule,
    check: finding.check,
    severity: finding.severity,
    ...(outcome !== undefined && { outcome }),
    message: finding.message,
    ...toRegion(context.sourceOf(uri), finding.span),
    pointer: finding.path,
    fingerprint: showFingerprint(finding.fingerprint),
    waived: finding.waived ?? false,
    baselined: finding.baselined ?? false,
    related: finding.related.map(related => relatedToJson(uri, related, context)),
    fixes: finding.fixes.map(fix => fixToJson(fix, context)),
    ...(confidence !== undefined && { confidence }),
    ...(version !== undefined && { version }),
    ...(parameters !== undefined && { parameters }),
    ...(clock !== undefined && { clock: clockToJson(clock) }),
  };
}

function relatedToJson(uri: string, related: RelatedPlace, context: JsonContext): RelatedJson {
  const file = related.uri ?? uri;
  return {
    path: context.pathOf(file),
    pointer: related.path,
    ...toRegion(context.sourceOf(file), related.span),
    message: related.message,
  };
}

function fixToJson(fix: Fix, { includeText }: JsonContext): FixJson {
  const { title, safe, patch } = fix;
  // Of a joined report the patch may be empty: it was not told.
  const isTold = patch.length > 0 && isShowable(fix, includeText);
  return { title, safe, ...(isTold && { patch: patch.map(operationToJson) }) };
}

function operationToJson({ op, path, value }: PatchOperation): PatchOperation {
  return { op, path, ...(value !== undefined && { value }) };
}

/** The version is told with the finding. */
type ClockJson = Omit<Clock, 'version'>;

function clockToJson({ rule, check, state, from, to, unit, elapsed, limit, due }: Clock): ClockJson {
  return { rule, check, state, from, to, unit, elapsed, limit, due };
}
