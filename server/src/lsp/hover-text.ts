/** Hover texts in Markdown or plain, as the client can show them. */
import type { Confidence } from '../engine/report.ts';
import type { RuleDescription, Source } from '../policy/pack.ts';

export interface HoverText {
  block(title: string, lines: readonly string[]): string;
  rule(rule: RuleDescription): string;
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
    rule: ({ id, title, why, confidence, sources }) =>
      [
        `${strong(title)} (${code(id)})`,
        literal(why),
        literal(`Confidence: ${CONFIDENCE_WORDS[confidence]}.`),
        ...sources.map(source => literal(`Source: ${describeSource(source)}.`)),
      ].join(lineBreak),
  };
}

function describeSource({ title, publisher, year }: Source): string {
  return [title, publisher, year].filter(part => part !== undefined).join(', ');
}
