/** What is said of a mistake in CEL: what the library found, in the words of somebody who writes a rule. */
import { findNearest } from '../engine/nearest-word.ts';
import { CelCursor } from './cel-cursor.ts';
import type { CelMistake, CelText } from './cel-texts.ts';
import type { Policy } from './policy.ts';

export function adviseOn(mistake: CelMistake, { node, names }: CelText, policy: Policy): string {
  const { code, message, start, end, expression } = mistake;
  const value = String(node.value);
  const isAtEnd = value.slice(start).trim() === '';
  if (code === 'unexpected_token' && isAtEnd) return 'The expression ends too soon.';
  if (code === 'no_such_overload') return `${message.replace(/^[^:]*: */, 'These do not go together: ')}.`;
  if (code !== 'no_such_key' && code !== 'unknown_variable') return message;
  const word = value.slice(start, end);
  const source = value.slice(expression.start, expression.end);
  const known = new CelCursor(policy, source, names, start - expression.start).suggestions();
  const nearest = findNearest(
    word,
    known.map(({ name }) => name),
  );
  const said =
    code === 'no_such_key' ? `There is no field "${word}" here.` : `Nothing is called "${word}" here.`;
  return nearest ? `${said} Did you mean "${nearest.word}"?` : said;
}
