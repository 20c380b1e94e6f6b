/**
 * Checking a review, from its text to its report: parse, shape, rules, waivers. Pure, deterministic, never throws;
 * the same text, policy, as-of date and linked facts give the same report in the same order.
 */
import { Day } from '../calendar/day.ts';
import { dayOf, parseAsOf } from '../calendar/index.ts';
import type { LinkedReview } from '../policy/cel-functions.ts';
import type { Policy } from '../policy/policy.ts';
import { findNode } from '../engine/locate.ts';
import type { ParsedText, SyntaxProblem, TreeNode } from '../engine/located-tree.ts';
import { parseYaml } from '../engine/parse-yaml.ts';
import type { Finding, IndexRecord, Report } from '../engine/report.ts';
import { reviewShape } from './review-shape.ts';
import { type ShapeFinding, type ShapeResult, validateReview } from '../engine/validate-shape.ts';

/** A review that was read but not judged: what cross-file rules wait for. */
export interface Reading {
  readonly uri: string;
  readonly parsed: ParsedText;
  readonly shape: ShapeResult;
  readonly record: IndexRecord;
}

export interface Judging {
  readonly policy: Policy;
  /** Judges at this instant or date instead of the review's `reviewed_at`. */
  readonly asOf?: string | undefined;
  /** The review with this id or missing episode. */
  linked(ref: string): LinkedReview;
}

export function readReview(uri: string, text: string): Reading {
  const parsed = parseYaml(text);
  return { uri, parsed, shape: withoutNoise(parsed, validateReview(parsed)), record: indexRecord(uri, parsed.root) };
}

export function judgeReview(reading: Reading, judging: Judging): Report {
  const { parsed, shape, record, uri } = reading;
  const asOf = judging.asOf ?? textAt(parsed.root, '/review/reviewed_at');
  const state = record.state === 'draft' || record.state === 'complete' ? record.state : undefined;
  const rejected = [...shape.rejected, ...unreadable(parsed)];
  const ruled = judging.policy.judge({
    text: parsed.text,
    root: parsed.root,
    sections: reviewShape.builder.build(parsed.root, rejected),
    id: record.id,
    state,
    asOf: asOf !== undefined && parseAsOf(asOf) ? asOf : undefined,
    surroundings: { linked: judging.linked },
  });
  const findings = [
    ...parsed.problems.map(problem => syntaxFinding(record, problem)),
    ...shape.findings.map(finding => shapeFinding(record, finding)),
    ...applyWaivers(parsed.root, asOf, ruled.findings),
  ];
  return { uri, id: record.id, state, asOf, findings: inOrder(findings), clocks: ruled.clocks, index: record };
}

/** A review whose file cannot be read at all. */
export function unreadableReview(uri: string, problem: string): Report {
  const span = { start: 0, end: 0 };
  return {
    uri,
    id: undefined,
    state: undefined,
    asOf: undefined,
    findings: [bareFinding('file/unreadable', problem, span, '', `${uri}|file/unreadable`)],
    clocks: [],
    index: { uri, id: undefined, state: undefined, links: [], episodes: [], oics: [] },
  };
}

/** Problems that leave the rest of the tree as it was written. */
const HARMLESS = new Set(['duplicate-key', 'merge-key', 'several-documents', 'bad-escape']);

const isStructural = (problem: SyntaxProblem) => !HARMLESS.has(problem.code);

/** Broken YAML may hide or move what follows: its section and every absent one cannot be judged. */
function unreadable({ root, problems }: ParsedText): string[] {
  const structural = problems.filter(isStructural);
  const duplicates = problems.filter(problem => problem.code === 'duplicate-key').map(problem => topSection(root, problem));
  if (structural.length === 0) return duplicates.map(section => `/${section}`);
  if (root?.kind !== 'map') return [''];
  const present = new Set(root.pairs.map(pair => pair.key));
  const absent = Object.keys(reviewShape.sections).filter(section => !present.has(section));
  return [...structural.map(problem => topSection(root, problem)), ...duplicates, ...absent].map(section => `/${section}`);
}

/** The section in which a problem lies: the last that starts before it. */
function topSection(root: TreeNode | undefined, problem: SyntaxProblem): string {
  if (root?.kind !== 'map') return '';
  return root.pairs.findLast(pair => pair.keySpan.start <= problem.span.start)?.key ?? root.pairs[0]?.key ?? '';
}

/** What the shape says about a section that the parser could not read is an echo of the syntax finding. */
function withoutNoise(parsed: ParsedText, shape: ShapeResult): ShapeResult {
  if (!parsed.problems.some(isStructural)) return shape;
  const broken = unreadable(parsed);
  const isEcho = ({ path }: ShapeFinding) => path === '' || broken.some(section => section === '' || path === section || path.startsWith(`${section}/`));
  return { ...shape, findings: shape.findings.filter(finding => !isEcho(finding)) };
}

function indexRecord(uri: string, root: TreeNode | undefined): IndexRecord {
  const entries = (pointer: string) => {
    const list = findNode(root, pointer);
    return list?.kind === 'seq' ? list.items : [];
  };
  const texts = (nodes: readonly TreeNode[], field: string) => nodes.map(node => textAt(node, `/${field}`)).filter(text => text !== undefined);
  const persons = entries('/persons').filter(person => textAt(person, '/role') === 'oic');
  return {
    uri,
    id: textAt(root, '/review/id'),
    state: textAt(root, '/review/state'),
    links: texts(entries('/links/cases'), 'ref'),
    episodes: texts(entries('/missing'), 'ref'),
    oics: texts(persons, 'ref'),
  };
}

function textAt(root: TreeNode | undefined, pointer: string): string | undefined {
  const node = findNode(root, pointer);
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** A waiver covers the findings of its rule, at its path if it names one, until its last day, and needs a reason. */
function applyWaivers(root: TreeNode | undefined, asOf: string | undefined, findings: readonly Finding[]): readonly Finding[] {
  const list = findNode(root, '/waivers');
  const instant = asOf === undefined ? undefined : parseAsOf(asOf);
  if (list?.kind !== 'seq' || !instant) return findings;
  const today = dayOf(instant);
  const waivers = list.items.filter(waiver => {
    const until = Day.parse(textAt(waiver, '/until') ?? '');
    return until && until.compare(today) >= 0 && textAt(waiver, '/reason')?.trim();
  });
  return findings.map(finding => {
    const covers = (waiver: TreeNode) => {
      const path = textAt(waiver, '/path');
      return textAt(waiver, '/rule') === finding.rule && (path === undefined || finding.path === path || finding.path.startsWith(`${path}/`));
    };
    return waivers.some(covers) ? { ...finding, waived: true } : finding;
  });
}

function syntaxFinding(record: IndexRecord, problem: SyntaxProblem): Finding {
  const rule = `syntax/${problem.code}`;
  return bareFinding(rule, problem.message, problem.span, '', `${record.id ?? ''}|${rule}`);
}

function shapeFinding(record: IndexRecord, finding: ShapeFinding): Finding {
  return { ...bareFinding(finding.rule, finding.message, finding.span, finding.path, `${record.id ?? ''}|${finding.rule}|${finding.keyedPath}`), fixes: finding.fixes };
}

/** A finding of the parser or the schema: always an error, with nothing but its place. */
export function bareFinding(rule: string, message: string, span: { start: number; end: number }, path: string, fingerprint: string): Finding {
  return { rule, check: '', severity: 'error', message, span, path, fingerprint, related: [], fixes: [] };
}

/** Sorted by place, then by rule; entries of one check stay in the order of its list. Equal fingerprints are numbered, so that no two findings of a review share one. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const sorted = [...findings].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || compare(a.rule, b.rule) || compare(a.check, b.check));
  const seen = new Map<string, number>();
  return sorted.map(finding => {
    const count = (seen.get(finding.fingerprint) ?? 0) + 1;
    seen.set(finding.fingerprint, count);
    return count === 1 ? finding : { ...finding, fingerprint: `${finding.fingerprint}#${count}` };
  });
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

