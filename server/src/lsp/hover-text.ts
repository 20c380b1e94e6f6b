/** Hover texts in Markdown or plain, as the client can show them. */
import type { Confidence } from '../engine/report.ts';
import type { RuleDescription } from '../policy/pack.ts';
import { isLimit } from '../policy/severity.ts';
import { formatParameter, formatSource, formatVersion } from '../render/rule-text.ts';

export interface HoverText {
  block(title: string, lines: readonly string[]): string;
  /** `applied` is the day from which the version in force here counts, where that is known. */
  rule(rule: RuleDescription, applied: string | undefined): string;
}

const CONFIDENCE_WORDS: Readonly<Record<Confidence, string>> = {
  published: 'published policy, checked at its source',
  secondary: 'policy as another source reports it',
  unconfirmed: 'policy that nobody has confirmed yet',
  local: 'a limit of the force or of this pack, not published policy',
};

export function createHoverText(isMarkdown: boolean): HoverText {
  const plain = (text: string): string => text;
  const literal = isMarkdown ? (text: string) => text.replace(/[\\`*_{}[\]<>#|]/g, '\\$&') : plain;
  const strong = isMarkdown ? (text: string) => `**${literal(text)}**` : plain;
  const code = isMarkdown ? (text: string) => `\`${text}\`` : plain;
  const lineBreak = isMarkdown ? '  \n' : '\n';
  const block = (title: string, lines: readonly string[]): string =>
    [strong(title), ...lines.filter(line => line !== '').map(literal)].join(lineBreak);
  return {
    block,
    rule: ({ id, title, why, confidence, sources, parameters, versions }, applied) =>
      [
        `${strong(title)} (${code(id)})`,
        literal(why),
        literal(`Confidence: ${CONFIDENCE_WORDS[confidence]}.`),
        ...parameters.filter(isLimit).map(limit => literal(`Limit: ${formatParameter(limit)}.`)),
        literal(`In force: ${describeVersions(versions, applied)}.`),
        ...sources.map(source => literal(`Source: ${formatSource(source)}.`)),
      ].join(lineBreak),
  };
}

function describeVersions(versions: RuleDescription['versions'], applied: string | undefined): string {
  const all = versions.map(formatVersion).join('; ');
  return applied === undefined || versions.length === 1 ? all : `${all}; here the one from ${applied}`;
}
