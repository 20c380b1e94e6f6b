/** Hover texts in Markdown or plain, as the client can show them. */
import type { Confidence } from '../engine/report.ts';
import type { RuleDescription } from '../policy/pack.ts';
import { isLimit } from '../policy/severity.ts';
import { formatParameter, formatSource, formatVersion } from '../render/rule-text.ts';
import type { Say } from '../texts/say.ts';

export interface HoverText {
  block(title: string, lines: readonly string[]): string;
  /** `applied` is the day from which the version in force here counts, where that is known. */
  rule(rule: RuleDescription, applied: string | undefined): string;
}

const CONFIDENCE_WORDS: Readonly<Record<Confidence, (say: Say) => string>> = {
  published: say => say('published policy, checked at its source'),
  secondary: say => say('policy as another source reports it'),
  unconfirmed: say => say('policy that nobody has confirmed yet'),
  local: say => say('a limit of the force or of this pack, not published policy'),
};

export function createHoverText(isMarkdown: boolean, say: Say): HoverText {
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
        literal(say('Confidence: {confidence}.', { confidence: CONFIDENCE_WORDS[confidence](say) })),
        ...parameters
          .filter(isLimit)
          .map(limit => literal(say('Limit: {limit}.', { limit: formatParameter(limit) }))),
        literal(say('In force: {versions}.', { versions: describeVersions(versions, applied, say) })),
        ...sources.map(source => literal(say('Source: {source}.', { source: formatSource(source) }))),
      ].join(lineBreak),
  };
}

function describeVersions(
  versions: RuleDescription['versions'],
  applied: string | undefined,
  say: Say,
): string {
  const all = versions.map(formatVersion).join('; ');
  return applied === undefined || versions.length === 1
    ? all
    : say('{all}; here the one from {day}', { all, day: applied });
}
