/**
 * Waivers: findings that somebody accepts for a time, written in the review itself. A waived finding stays in the
 * report; a waiver that no longer does what it seems to do is a finding of its own.
 */
import { Day } from '../calendar/day.ts';
import { formatDay } from '../calendar/format-time.ts';
import { dayOf, parseAsOf } from '../calendar/index.ts';
import { entriesAt, keyedPath, spanOf, textAt } from '../engine/locate.ts';
import type { TreeNode } from '../engine/located-tree.ts';
import { findNearest } from '../engine/nearest-word.ts';
import type { Finding, PatchOperation } from '../engine/report.ts';
import type { Policy } from '../policy/policy.ts';
import { bareFinding } from './bare-finding.ts';

/** Every rule id of findings about waivers, with its title. That a waiver is complete is the schema's matter. */
export const WAIVER_RULES = {
  'waivers/in-force': 'A waiver of what is still found is in force',
  'waivers/rule-exists': 'A waiver names a rule that exists',
  'waivers/used': 'A waiver covers a finding',
} as const;

export interface WaiverFacts {
  readonly text: string;
  readonly root: TreeNode | undefined;
  /** Of the review, for fingerprints. */
  readonly id: string | undefined;
  readonly asOf: string | undefined;
  /** Places that the schema rejected, the fields that a waiver lacks among them. */
  readonly rejected: ReadonlySet<string>;
  /** True where every rule could judge a complete review, so that what was not found is not there. */
  readonly isWhole: boolean;
  readonly areIgnored: boolean;
  readonly policy: Pick<Policy, 'rules' | 'isJudged'>;
}

export interface Waivers {
  /** Whether a waiver in force covers the finding of a rule. */
  cover(finding: Finding): boolean;
  /** The findings of rules, those marked that are covered, and what there is to say about the waivers. */
  apply(findings: readonly Finding[]): readonly Finding[];
}

interface Waiver {
  readonly entry: TreeNode;
  readonly pointer: string;
  readonly rule: string;
  readonly path: string;
  readonly until: Day;
}

export function readWaivers(facts: WaiverFacts): Waivers {
  const { root, policy } = facts;
  const instant = facts.asOf === undefined ? undefined : parseAsOf(facts.asOf);
  const waivers = instant && !facts.areIgnored ? completeWaivers(facts) : [];
  if (!instant || waivers.length === 0) return NO_WAIVERS;
  const today = dayOf(instant);
  const inForce = waivers.filter(({ until }) => until.compare(today) >= 0);
  const cover = (finding: Finding) => inForce.some(waiver => covers(waiver, finding, root));
  const judge = (waiver: Waiver, findings: readonly Finding[]): readonly Finding[] => {
    if (!isRule(policy, waiver.rule)) return [unknownRule(facts, waiver)];
    const found = findings.filter(finding => covers(waiver, finding, root));
    const bare = found.filter(finding => !finding.waived);
    if (bare.length > 0) return [lapsed(facts, waiver, bare)];
    const isUsed = found.length > 0 && inForce.includes(waiver);
    const isSure =
      facts.isWhole &&
      policy.isJudged(waiver.rule) &&
      findings.every(({ rule }) => rule !== 'internal-error');
    return isUsed || !isSure ? [] : [unused(facts, waiver)];
  };
  return {
    cover,
    apply(findings) {
      const marked = findings.map(finding => (cover(finding) ? { ...finding, waived: true } : finding));
      return [...marked, ...waivers.flatMap(waiver => judge(waiver, marked))];
    },
  };
}

const NO_WAIVERS: Waivers = { cover: () => false, apply: findings => findings };

const isRule = (policy: WaiverFacts['policy'], id: string) => policy.rules.some(rule => rule.id === id);

/** A waiver for a finding, in which everything that only a person can say is left for a person to write. */
export function waiverPatch(root: TreeNode | undefined, finding: Finding): readonly PatchOperation[] {
  const path = keyedPath(root, finding.path);
  const value = { rule: finding.rule, ...(path && { path }), reason: null, by: null, until: null };
  return [{ op: 'add', path: '/waivers/-', value }];
}

/** Whether a waiver may cover it: a rule of a pack found it, and none does or is being written. */
export function isWaivable(root: TreeNode | undefined, finding: Finding): boolean {
  if (finding.waived || finding.check === '' || finding.rule === 'internal-error') return false;
  return !entriesAt(root, '/waivers').some(
    entry =>
      textAt(entry, '/until') === undefined &&
      covers({ rule: textAt(entry, '/rule') ?? '', path: textAt(entry, '/path') ?? '' }, finding, root),
  );
}

/** Those that are complete; of the others the schema has spoken, and they cover nothing. */
function completeWaivers({ root, rejected }: WaiverFacts): Waiver[] {
  return entriesAt(root, '/waivers').flatMap((entry, i) => {
    const pointer = `/waivers/${i}`;
    const until = Day.parse(textAt(entry, '/until') ?? '');
    const isRejected = [...rejected].some(place => `${place}/`.startsWith(`${pointer}/`));
    const rule = textAt(entry, '/rule');
    if (!until || rule === undefined || isRejected) return [];
    return { entry, pointer, rule, path: textAt(entry, '/path') ?? '', until };
  });
}

/** The place may be named by index, or by ref or id, which stays right when entries move. */
function covers(
  { rule, path }: Pick<Waiver, 'rule' | 'path'>,
  finding: Finding,
  root: TreeNode | undefined,
): boolean {
  const isAt = (place: string) => `${place}/`.startsWith(`${path}/`);
  return rule === finding.rule && (isAt(finding.path) || isAt(keyedPath(root, finding.path)));
}

function lapsed(facts: WaiverFacts, { pointer, rule, until }: Waiver, findings: readonly Finding[]): Finding {
  const message = `The waiver of ${rule} lapsed on ${formatDay(until)}, so what it covered counts again.`;
  return {
    ...about(facts, 'waivers/in-force', message, `${pointer}/until`, rule),
    related: findings.map(({ path, span }) => ({ path, span, message: 'this counts again' })),
  };
}

/** What is written there may be anything, so it is not repeated. A warning, since a waiver without a rule hides nothing. */
function unknownRule(facts: WaiverFacts, { pointer, rule }: Waiver): Finding {
  const path = `${pointer}/rule`;
  const isOfForm = /^(?:schema|syntax|waivers)\//.test(rule);
  const nearest = isOfForm
    ? undefined
    : findNearest(
        rule,
        facts.policy.rules.map(({ id }) => id),
      );
  const hint = isOfForm
    ? ' Slips of form are put right, not waived.'
    : nearest
      ? ` Did you mean "${nearest.word}"?`
      : '';
  return {
    ...about(facts, 'waivers/rule-exists', `No rule has this id, so nothing is waived.${hint}`, path, ''),
    severity: 'warning',
    fixes: nearest
      ? [
          {
            title: `Write "${nearest.word}"`,
            safe: nearest.isSame,
            patch: [{ op: 'replace', path, value: nearest.word }],
          },
        ]
      : [],
  };
}

function unused(facts: WaiverFacts, { entry, pointer, rule }: Waiver): Finding {
  return {
    ...about(
      facts,
      'waivers/used',
      `Nothing is found any more that this waiver of ${rule} covers.`,
      pointer,
      rule,
    ),
    severity: 'hint',
    // Whole, since editors fade it.
    span: { start: entry.start, end: entry.end },
    fixes: [{ title: 'Remove this waiver', safe: true, patch: [{ op: 'remove', path: pointer }] }],
  };
}

/** The fingerprint says of which rule, and not which entry, so that it survives the removal of another. */
function about(
  { id = '', root, text }: WaiverFacts,
  rule: keyof typeof WAIVER_RULES,
  message: string,
  path: string,
  waived: string,
): Finding {
  return bareFinding(rule, message, spanOf(root, path, text), path, `${id}|${rule}|${waived}`);
}
