/** What a rule says about itself, for `explain` and for the help of SARIF: why, limits in force, versions, sources. */
import type { Parameter, RuleDescription, Source } from '../policy/pack.ts';

export function formatRule(rule: RuleDescription): string {
  return [
    `${rule.id} (${rule.ref})`,
    rule.title,
    '',
    rule.why,
    '',
    `Severity:   ${rule.severity}`,
    `Confidence: ${rule.confidence}`,
    ...(rule.catches.length > 0 ? [`Catches:    ${rule.catches.join(', ')}`] : []),
    `In force:   ${rule.versions.map(formatVersion).join('; ')}`,
    ...bullets('Limits and lists', rule.parameters.map(formatParameter)),
    ...bullets('Sources', rule.sources.map(formatSource)),
  ].join('\n');
}

export function formatRuleMarkdown(rule: RuleDescription): string {
  return [
    rule.why,
    ...section('Limits and lists', rule.parameters.map(formatParameter)),
    ...section('Sources', rule.sources.map(formatSource)),
  ].join('\n');
}

export function bullets(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map(line => `- ${line}`)];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `**${title}**`, '', ...lines.map(line => `- ${line}`)];
}

export function formatVersion({ from, until }: RuleDescription['versions'][number]): string {
  return until === undefined ? `from ${from}` : `${from} until ${until}`;
}

/** A limit or list with its value and where that comes from. */
export function formatParameter(parameter: Parameter): string {
  const { name, title } = parameter;
  return `${title} (${name}): ${formatAmount(parameter)} (${formatOrigin(parameter)})`;
}

export function formatAmount({ value, unit }: Parameter): string {
  if (typeof value !== 'number') return formatValue(value);
  if (unit === 'count') return String(value);
  const words = unit.replaceAll('_', ' ');
  return `${value} ${value === 1 ? words.replace(/s$/, '') : words}`;
}

export function formatOrigin({ confidence, pack, adopted }: Parameter): string {
  return adopted === undefined
    ? `${confidence}, from the pack ${pack}`
    : `adopted by ${adopted.by} on ${adopted.on}, ${adopted.reference}`;
}

function formatValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(formatValue).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  if ('id' in value) return String(value.id);
  return Object.entries(value)
    .map(([key, entry]) => `${key}: ${formatValue(entry)}`)
    .join(', ');
}

export function formatSource({ title, publisher, year, section, url }: Source): string {
  return [title, publisher, year, section, url].filter(part => part !== undefined).join(', ');
}
