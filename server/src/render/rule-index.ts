/** The list of all rule pages: by theme, by failing and by confidence. */
import { ruleGuide } from '../check/check-form.ts';
import type { RuleDescription } from '../policy/pack.ts';
import type { PackFile } from '../policy/rule-file.ts';
import { escapeText } from './rule-page.ts';

/** Where the page of a rule stands beside the index. */
export function pageOf({ id }: Pick<RuleDescription, 'id'>): string {
  return `${id}.md`;
}

export function formatRuleIndex(rules: readonly RuleDescription[], pack: PackFile): string {
  const sorted = [...rules].sort((a, b) => (a.ref < b.ref ? -1 : 1));
  const themes = [...new Set(sorted.map(themeOf))].sort();
  return `${[
    '# The rules',
    `The pack \`${pack.id}\` ${pack.version} has ${rules.length} rules: ${escapeText(pack.title)}.`,
    'Each page says why the rule exists, what it allows and on whose authority, with examples as they are judged.',
    '[How to change a rule or write one](../policy-authoring.md) is told for policy leads.',
    '## By theme',
    ...themes.flatMap(theme => [
      `### ${titleOf(theme)}`,
      listOf(sorted.filter(rule => themeOf(rule) === theme)),
    ]),
    '## By failing',
    'The failings that the published audit found again and again.',
    ...words('Failing').flatMap(({ value, title, description }) => [
      `### ${value}: ${title}`,
      description,
      listOf(sorted.filter(({ catches }) => catches.includes(String(value)))),
    ]),
    '## By confidence',
    ...words('Confidence').flatMap(({ value, title, description }) => [
      `### ${title}`,
      description,
      listOf(sorted.filter(({ confidence }) => confidence === value)),
    ]),
  ].join('\n\n')}\n`;
}

const words = (vocabulary: string) => ruleGuide.definition(vocabulary)?.words ?? [];

const themeOf = ({ id }: RuleDescription): string => id.split('/', 1)[0] ?? '';

/** `suspect-tracing` as `Suspect tracing`. */
function titleOf(theme: string): string {
  const text = theme.replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function listOf(rules: readonly RuleDescription[]): string {
  if (rules.length === 0) return 'None.';
  return rules
    .map(
      rule =>
        `- [${rule.ref}](${pageOf(rule)}) ${escapeText(rule.title)} (${rule.severity}, ${rule.confidence})`,
    )
    .join('\n');
}
