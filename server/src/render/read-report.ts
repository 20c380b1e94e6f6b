/** The JSON of a run back as reports: what it does not tell, such as the words of a fix, is absent. */
import type { Finding, PolicyProblem, RelatedPlace, Report } from '../engine/report.ts';
import type { FindingJson, RelatedJson, ReviewJson } from './finding-json.ts';
import type { InputProblem } from './format.ts';
import { REPORT_VERSION } from './json-format.ts';
import type { Region } from './place.ts';
import type { ShardJson } from './shard-json.ts';

/** As `schemas/report.schema.json` describes it. */
interface ReportJson {
  readonly version: number;
  readonly shard?: ShardJson;
  readonly reviews: readonly ReviewJson[];
  readonly policyProblems: readonly (FindingJson & { readonly path: string })[];
  readonly inputProblems: readonly InputProblem[];
  readonly summary: { readonly leftOut: number };
}

/** A place as it was told, to be compared with the files. */
export interface ToldPlace {
  readonly uri: string;
  readonly region: Region;
}

export interface ReadReport {
  readonly shard: ShardJson;
  readonly reports: readonly Report[];
  readonly places: readonly ToldPlace[];
  readonly policyProblems: readonly PolicyProblem[];
  readonly inputProblems: readonly InputProblem[];
  readonly leftOut: number;
}

/** Undefined for a text that is no report of a part. */
export function readReport(text: string, uriOf: (path: string) => string): ReadReport | undefined {
  const places: ToldPlace[] = [];
  const spanOf = (uri: string, { start, end }: Region) => {
    places.push({ uri, region: { start, end } });
    return { start: start.offset, end: end.offset };
  };
  const toRelated = (uri: string, related: RelatedJson): RelatedPlace => {
    const file = uriOf(related.path);
    const { pointer: path, message } = related;
    return { ...(file !== uri && { uri: file }), path, span: spanOf(file, related), message };
  };
  const toFinding = (uri: string, told: FindingJson): Finding => {
    const { start, end, pointer, waived, baselined, related, fixes, clock, version, ...same } = told;
    const span = spanOf(uri, { start, end });
    return {
      ...(same as Pick<Finding, 'rule' | 'check' | 'severity' | 'message' | 'fingerprint'>),
      span,
      path: pointer,
      ...(waived && { waived }),
      ...(baselined && { baselined }),
      related: related.map(place => toRelated(uri, place)),
      fixes: fixes.map(({ title, safe, patch = [] }) => ({
        title,
        safe,
        patch: patch.map(operation => (operation.op === 'redact' ? { ...operation, span } : operation)),
      })),
      ...(version !== undefined && { version }),
      ...(clock !== undefined && { clock: { ...clock, version: version ?? '' } }),
    };
  };
  const toReport = ({ path, id, state, asOf, audit, findings }: ReviewJson): Report => {
    const uri = uriOf(path);
    const index = { uri, id: id ?? undefined, state: state ?? undefined, links: [], episodes: [], oics: [] };
    return {
      uri,
      id: index.id,
      state: state === 'draft' || state === 'complete' ? state : undefined,
      asOf: asOf ?? undefined,
      findings: findings.map(finding => toFinding(uri, finding)),
      clocks: [],
      index,
      audit,
    };
  };
  try {
    const told = JSON.parse(text) as ReportJson;
    if (told.version !== REPORT_VERSION || told.shard === undefined) return undefined;
    const policyProblems = told.policyProblems.map(({ path, ...finding }) => {
      const uri = uriOf(path);
      return { uri, finding: toFinding(uri, finding) };
    });
    const { shard, inputProblems, summary } = told;
    const reports = told.reviews.map(toReport);
    return { shard, reports, places, policyProblems, inputProblems, leftOut: summary.leftOut };
  } catch {
    return undefined; // Broken JSON, or JSON of something else.
  }
}
