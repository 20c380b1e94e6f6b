/**
 * Checking a review, from its text to its report: parse, shape, rules, waivers. Pure, deterministic, never throws;
 * the same text, policy, as-of date and linked facts give the same report in the same order.
 */
import { parseAsOf } from '../calendar/index.ts';
import { entriesAt, escapeSegment, findNode, findPair, isPair, pointerOf, textAt } from '../engine/locate.ts';
import type { MapNode, Pair, ParsedText, SyntaxProblem, TreeNode } from '../engine/located-tree.ts';
import { isBlank } from '../engine/plain-value.ts';
import { quoteText } from '../engine/quote-text.ts';
import { reparseYaml } from '../engine/reparse-yaml.ts';
import type { EpisodeRecord, Finding, IndexRecord, Report } from '../engine/report.ts';
import type { SchemaGuide } from '../engine/schema-guide.ts';
import { MAX_PROBLEMS } from '../engine/syntax-problems.ts';
import { type ShapeFinding, type ShapeResult, validateReview } from '../engine/validate-shape.ts';
import type { Identifier } from '../identifiers/identifier.ts';
import { scanReview } from '../identifiers/scan-review.ts';
import type { LinkedReview } from '../policy/cel-functions.ts';
import type { Policy } from '../policy/policy.ts';
import { auditFacts, countedFacts } from './audit-facts.ts';
import { bareFinding } from './bare-finding.ts';
import type { ReviewMemory } from './review-memory.ts';
import { reviewShape } from './review-shape.ts';
import { readWaivers } from './waivers.ts';

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
  /** False reports as if no waiver were written, to show what they hide. */
  readonly waivers?: boolean | undefined;
  /** The review with this id or missing episode. */
  linked(ref: string): LinkedReview;
  /** Whether the report says what an audit counts. */
  readonly isCounted?: boolean | undefined;
  /** Equal while `linked` gives the same answers; needed where a memory is kept. */
  readonly linkedKey?: string;
}

/** `guide` knows the words that the packs in force add; `memory` is what was kept of the review before an edit. */
export function readReview(uri: string, text: string, guide?: SchemaGuide, memory?: ReviewMemory): Reading {
  const parsed = reparseYaml(text, memory?.parsed);
  if (memory) memory.parsed = parsed;
  const shape = withoutNoise(parsed, validateReview(parsed, guide, memory?.sound));
  return {
    uri,
    parsed,
    shape,
    record: indexRecord(uri, parsed.root, shape.rejected),
  };
}

export function judgeReview(reading: Reading, judging: Judging, memory?: ReviewMemory): Report {
  const { parsed, shape, record, uri } = reading;
  const { policy } = judging;
  const written = judging.asOf ?? textAt(parsed.root, '/review/reviewed_at');
  // What is no date may be a name, and reports tell this one.
  const asOf = written !== undefined && parseAsOf(written) ? written : undefined;
  const state = record.state === 'draft' || record.state === 'complete' ? record.state : undefined;
  const rejected = [...shape.rejected, ...unreadable(parsed), ...strayed(parsed.root, shape.findings)];
  const waivers = readWaivers({
    text: parsed.text,
    root: parsed.root,
    id: record.id,
    asOf,
    rejected: shape.rejected,
    isWhole: state === 'complete' && rejected.every(place => place.startsWith('/waivers/')),
    areIgnored: judging.waivers === false,
    policy,
  });
  const sections = reviewShape.builder.build(parsed.root, rejected);
  let identifiers: readonly Identifier[] | undefined;
  const known = { id: record.id, state, asOf };
  const ruled = policy.judge(
    {
      ...known,
      text: parsed.text,
      root: parsed.root,
      sections,
      isCounted: judging.isCounted,
      surroundings: {
        linked: judging.linked,
        identifiers: () => (identifiers ??= scanReview(parsed, policy.detect, policy.shape.guide)),
      },
      isWaived: waivers.cover,
    },
    memory?.recall(sections, { ...known, policy, linkedKey: judging.linkedKey ?? '' }),
  );
  memory?.keep(ruled.verdicts);
  const findings = [...formFindings(reading), ...waivers.apply(ruled.findings)];
  return {
    uri,
    id: record.id,
    state,
    asOf,
    findings: inOrder(findings),
    clocks: ruled.clocks,
    index: record,
    audit: auditFacts(sections),
    ...(judging.isCounted && { counted: countedFacts(sections, ruled) }),
  };
}

/** What parser and schema say, before any rule has judged. */
export function formReport(reading: Reading): Report {
  const { uri, record } = reading;
  const findings = inOrder(formFindings(reading));
  return { uri, id: record.id, state: undefined, asOf: undefined, findings, clocks: [], index: record };
}

function formFindings({ parsed, shape, record }: Reading): Finding[] {
  return [
    ...parsed.problems.map(problem => syntaxFinding(record, problem, parsed)),
    ...shape.findings.map(finding => shapeFinding(record, finding)),
  ];
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
    audit: { unread: true },
  };
}

/** Problems that leave the tree as it was written, but for one value or the entries of one key. */
const HARMLESS = new Set(['duplicate-key', 'merge-key', 'bad-escape', 'no-colon']);
/** Of these the parser keeps less than was written. */
const LOSSY = new Set(['duplicate-key', 'merge-key']);

const isStructural = (problem: SyntaxProblem) => !HARMLESS.has(problem.code);

/**
 * Places that rules must not read, because broken YAML may hide or move what was written there: the section of each
 * problem and, where the structure is broken, every section that does not stand in the text exactly once.
 */
export function unreadable({ text, root, problems }: ParsedText): string[] {
  const isBroken = problems.some(isStructural);
  const suspects = problems.filter(problem => isStructural(problem) || LOSSY.has(problem.code));
  if (suspects.length === 0) return [];
  // Within brackets no line begins anew, so a slip may move anything. Of too many problems, some were not reported.
  if (root?.kind !== 'map' || (isBroken && root.flow) || problems.length >= MAX_PROBLEMS) return [''];
  const sections = sectionsIn(root, text);
  const places = suspects.map(problem => topSection(sections, problem));
  if (isBroken)
    places.push(
      ...Object.keys(reviewShape.sections)
        .filter(name => !isOnce(root, sections, name))
        .map(name => `/${name}`),
    );
  return places;
}

/** The pairs of the root that the schema knows and that stand at its margin. A key at another column strayed there from the section before. */
function sectionsIn(root: MapNode, text: string): Pair[] {
  const column = (offset: number) =>
    offset - Math.max(text.lastIndexOf('\n', offset - 1) + 1, text.startsWith('\ufeff') ? 1 : 0);
  const margin = column(root.start);
  return root.pairs.filter(
    ({ key, keySpan }) =>
      Object.hasOwn(reviewShape.sections, key) && (root.flow || column(keySpan.start) === margin),
  );
}

const isOnce = (root: MapNode, sections: readonly Pair[], name: string) =>
  root.pairs.filter(({ key }) => key === name).length === 1 && sections.some(({ key }) => key === name);

/** The pointer of the section in which a problem lies: the last that starts before it. What stands before the first may have moved everything. */
function topSection(sections: readonly Pair[], problem: SyntaxProblem): string {
  const section = sections.findLast(({ keySpan }) => keySpan.start <= problem.span.start);
  return section ? `/${section.key}` : '';
}

/**
 * Where the keys that the schema does not know may be missing, because a slip of indentation moved them without
 * breaking the YAML: in the maps around their owner, and at the end of what stands before them.
 */
function strayed(root: TreeNode | undefined, findings: readonly ShapeFinding[]): string[] {
  return findings.flatMap(({ path, span }) => {
    const owner = findNode(root, path);
    if (owner?.kind !== 'map') return [];
    const at = owner.pairs.findIndex(
      ({ keySpan }) => keySpan.start === span.start && keySpan.end === span.end,
    );
    // The head of what strayed may be a key without a value, of which the schema says nothing.
    const head = owner.pairs.findLastIndex(({ value }, i) => i < at && isBlank(value));
    const homes = [at, head].flatMap(i => (i < 0 ? [] : homesOf(owner.pairs[i]!, owner.pairs[i - 1])));
    return [...homes, ...emptied(owner.pairs[at - 1])];
  });
}

/** Where this key is absent and might have stood. */
function homesOf({ key, parent }: Pair, before: Pair | undefined): string[] {
  const homes = [...ancestorsOf(parent), ...lastInside(before?.value)];
  return homes
    .filter(home => home.kind === 'map' && !findPair(home, key))
    .map(home => `${pointerOf(home)}/${escapeSegment(key)}`);
}

/** The key at the end of what stands before, if it has no value any more. */
function emptied(before: Pair | undefined): string[] {
  let node = before?.value;
  while (node && node.kind !== 'scalar')
    node = node.kind === 'map' ? node.pairs.at(-1)?.value : node.items.at(-1);
  return node && isBlank(node) ? [pointerOf(node)] : [];
}

function ancestorsOf({ parent }: TreeNode): TreeNode[] {
  const above = parent && (isPair(parent) ? parent.parent : parent);
  return above ? [above, ...ancestorsOf(above)] : [];
}

/** The node, its last child, and so on. */
function lastInside(node: TreeNode | undefined): TreeNode[] {
  if (!node || node.kind === 'scalar') return [];
  return [node, ...lastInside(node.kind === 'map' ? node.pairs.at(-1)?.value : node.items.at(-1))];
}

/** What the shape says about a section that the parser could not read is an echo of the syntax finding. */
function withoutNoise(parsed: ParsedText, shape: ShapeResult): ShapeResult {
  if (!parsed.problems.some(isStructural)) return shape;
  const broken = unreadable(parsed);
  const isEcho = ({ path }: ShapeFinding) =>
    path === '' ||
    broken.some(section => section === '' || path === section || path.startsWith(`${section}/`));
  return { ...shape, findings: shape.findings.filter(finding => !isEcho(finding)) };
}

/** An id that has not the form of one might be a name: it does not get into fingerprints. */
function indexRecord(uri: string, root: TreeNode | undefined, rejected: ReadonlySet<string>): IndexRecord {
  const texts = (nodes: readonly TreeNode[], field: string) =>
    nodes.map(node => textAt(node, `/${field}`)).filter(text => text !== undefined);
  const persons = entriesAt(root, '/persons').filter(person => textAt(person, '/role') === 'oic');
  // A record outlives its review, and a part of a text would hold the whole of it in memory: these are copies.
  return structuredClone({
    uri,
    id: rejected.has('/review/id') ? undefined : textAt(root, '/review/id'),
    state: textAt(root, '/review/state'),
    links: texts(entriesAt(root, '/links/cases'), 'ref'),
    episodes: entriesAt(root, '/missing').flatMap(episodeRecord),
    oics: texts(persons, 'ref'),
  });
}

function episodeRecord(episode: TreeNode): EpisodeRecord[] {
  const ref = textAt(episode, '/ref');
  if (ref === undefined) return [];
  return [{ ref, child: textAt(episode, '/child'), reportedAt: textAt(episode, '/reported_at') }];
}

function syntaxFinding(record: IndexRecord, problem: SyntaxProblem, parsed: ParsedText): Finding {
  const rule = `syntax/${problem.code}`;
  return {
    ...bareFinding(rule, problem.message, problem.span, '', `${record.id ?? ''}|${rule}`),
    fixes: problem.code === 'no-colon' ? quoteText(parsed, problem.span) : [],
  };
}

function shapeFinding(record: IndexRecord, finding: ShapeFinding): Finding {
  return {
    ...bareFinding(
      finding.rule,
      finding.message,
      finding.span,
      finding.path,
      `${record.id ?? ''}|${finding.rule}|${finding.keyedPath}`,
    ),
    fixes: finding.fixes,
  };
}

/** Sorted by place, then by rule; entries of one check stay in the order of its list. Equal fingerprints are numbered, so that no two findings of a review share one. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const sorted = [...findings].sort(
    (a, b) =>
      a.span.start - b.span.start ||
      a.span.end - b.span.end ||
      compare(a.rule, b.rule) ||
      compare(a.check, b.check),
  );
  /** With the number that comes next. */
  const taken = new Map<string, number>();
  return sorted.map(finding => {
    let { fingerprint } = finding;
    // The number may be taken too: entries that share a ref are told apart by one.
    for (let count = taken.get(fingerprint) ?? 2; taken.has(fingerprint); count++) {
      fingerprint = `${finding.fingerprint}#${count}`;
      taken.set(finding.fingerprint, count + 1);
    }
    taken.set(fingerprint, 2);
    return fingerprint === finding.fingerprint ? finding : { ...finding, fingerprint };
  });
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
