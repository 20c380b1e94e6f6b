/** An explanation of a finding in words, the same for the command line and the editor. It repeats no free text. */
import { type CountedDay, formatInstant, formatWeekday } from '../calendar/index.ts';
import type { Explanation, Fact, Interval, Remedy, RemedyPart } from '../check/explain-finding.ts';
import type { ShownValue } from '../check/shown-value.ts';
import type { Clock, Finding } from '../engine/report.ts';
import type { Parameter } from '../policy/pack.ts';
import { isDoubtful, isLimit } from '../policy/severity.ts';
import { type Source, toPosition } from './place.ts';
import { bullets, formatParameter, formatVersion } from './rule-text.ts';

/** Of a longer count the first and the last days are shown. */
const SHOWN_DAYS = 40;

/** `explanation` is undefined for a finding that no rule made. */
export function formatExplanation(
  finding: Finding,
  explanation: Explanation | undefined,
  path: string,
  source: Source,
): string {
  const { line, column } = toPosition(source, finding.span.start);
  const head = `${path}:${line}:${column}  ${finding.severity}  ${finding.message}`;
  if (!explanation) return `${head}\n${finding.rule}: ${BUILT_IN}`;
  const { rule, interval, parameters, facts, remedies } = explanation;
  return [
    head,
    `${rule.id} (${rule.ref}), check "${finding.check}": ${rule.title}.`,
    '',
    rule.why,
    ...(interval ? formatInterval(interval, source) : []),
    ...bullets('Facts looked at', formatFacts(facts, source)),
    ...bullets('Limits and lists', parameters.map(formatParameter)),
    ...bullets('Version', [formatChoice(explanation, source)]),
    ...bullets('Severity', [formatSeverity(explanation)]),
    ...bullets(
      remedies.length > 1 ? 'What would satisfy it, one of these' : 'What would satisfy it',
      remedies.map(formatRemedy),
    ),
  ].join('\n');
}

const BUILT_IN = 'the form of the file; no rule of a pack is behind it.';

/** A clock, kept or not, with its working days where it counts them. */
export function formatInterval({ clock, from, to, days }: Interval, source: Source): string[] {
  return [
    ...bullets('Time', [
      `from ${formatFact(from, source)}`,
      to.span ? `to ${formatFact(to, source)}` : `to the as-of date; ${formatFact(to, source)}`,
      `${clock.elapsed} passed, the limit is ${clock.limit}: ${VERDICTS[clock.state]} ${clock.due}`,
    ]),
    ...bullets('Working days, one by one, after the day of the event', formatDays(days, SHOWN_DAYS)),
  ];
}

const VERDICTS: Readonly<Record<Clock['state'], string>> = {
  within: 'kept, as it ended on',
  over: 'not kept, as it ended on',
  running: 'it still runs, until',
  lapsed: 'not kept, as it ended on',
};

/** Every day with its number, or why it does not count; of many the first and the last. */
export function formatDays(days: readonly CountedDay[], most: number): readonly string[] {
  const counted = days.map(({ day, count, pause }) => `${formatWeekday(day)}: ${pause ?? count}`);
  return shortened(counted, most, 'more days');
}

/** Facts of one kind, such as the category of every person, share a line. */
function formatFacts(facts: readonly Fact[], source: Source): string[] {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const kind = fact.pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*');
    groups.set(kind, [...(groups.get(kind) ?? []), fact]);
  }
  return [...groups].map(([kind, group]) => {
    const [first, ...others] = group;
    if (first && others.length === 0) return formatFact(first, source);
    const given = group.filter(({ span }) => span);
    const values = given.map(fact => `line ${lineOf(fact, source)} ${formatValue(fact.value)}`);
    const absent = group.length - given.length;
    return `${kind} (${first?.title}): ${[...values, ...(absent > 0 ? [`${absent} not recorded`] : [])].join('; ')}`;
  });
}

function formatFact({ pointer, title, span, value }: Fact, source: Source): string {
  const place = span ? `line ${lineOf({ span }, source)}, ${pointer}` : pointer;
  return `${place} (${title}): ${formatValue(value)}`;
}

function lineOf({ span }: Pick<Fact, 'span'>, source: Source): number {
  return toPosition(source, span?.start ?? 0).line;
}

function formatValue(value: ShownValue): string {
  switch (value.kind) {
    case 'absent':
      return 'not recorded';
    case 'shown':
      return value.text;
    case 'list':
      return `${value.count} ${value.count === 1 ? 'entry' : 'entries'}`;
    case 'hidden':
      return 'recorded, not repeated here';
  }
}

function formatChoice({ version, events, asOf }: Explanation, source: Source): string {
  const given = events.filter(({ span }) => span);
  const choice =
    given.length === 0
      ? `the as-of date${asOf ? `, ${formatInstant(asOf)}` : ''}`
      : given.map(fact => formatFact(fact, source)).join('; ');
  return `${formatVersion(version)}, chosen by ${choice}`;
}

/** What the rule's own severity became, and why. */
function formatSeverity({ finding, severity, parameters }: Explanation): string {
  if (finding.severity === severity) return severity;
  return `${finding.severity}, where the check says ${severity}: ${reasonOf(finding, parameters)}`;
}

function reasonOf({ outcome, severity, confidence }: Finding, parameters: readonly Parameter[]): string {
  if (outcome === 'due-soon') return 'nothing is broken yet';
  if (outcome === 'cannot-tell') return 'it cannot be told';
  if (severity === 'hint') return 'the review is a draft';
  const doubtful = parameters
    .filter(isLimit)
    .filter(isDoubtful)
    .map(({ name }) => name);
  if (severity === 'warning' && doubtful.length > 0)
    return `nobody published ${doubtful.join(', ')}, and the configuration does not say who adopted it`;
  return severity === 'warning' && confidence === 'unconfirmed'
    ? 'no source confirms it'
    : 'the configuration says so';
}

function formatRemedy(remedy: Remedy): string {
  switch (remedy.kind) {
    case 'date':
      return `“${remedy.title}” is recorded and not after ${remedy.due}`;
    case 'condition':
      return remedy.parts.map(formatPart).join(', and ');
    case 'fix':
      return `the fix: ${remedy.title}`;
  }
}

function formatPart(part: RemedyPart): string {
  if ('given' in part) return `“${part.given}” is recorded`;
  const where = part.where.map(([name, source]) => `, where ${name} is ${source}`).join('');
  return `this holds: ${part.expression}${where}`;
}

/** The first and the last of a long list. */
function shortened(lines: readonly string[], limit: number, what: string): readonly string[] {
  if (lines.length <= limit) return lines;
  const half = limit / 2;
  return [...lines.slice(0, half), `… ${lines.length - limit} ${what} …`, ...lines.slice(-half)];
}
