/** CEL cut into tokens, for text that is still being written: what the parser refuses can still be completed. */
import type { Span } from '../engine/located-tree.ts';

export interface CelToken extends Span {
  readonly kind: 'name' | 'text' | 'sign';
  readonly text: string;
}

const TOKEN = /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[A-Za-z_]\w*|\d[\w.]*|\.\?|[=!<>]=|&&|\|\||\S/g;

export function celTokens(source: string): CelToken[] {
  return [...source.matchAll(TOKEN)].map(({ 0: text, index: start }) => ({
    kind: /^[A-Za-z_]/.test(text) ? 'name' : /^["']/.test(text) ? 'text' : 'sign',
    text,
    start,
    end: start + text.length,
  }));
}

/** Where the operand begins that ends before the token at `end`: for `a.b[0].c ==` the `a`. -1 where there is none. */
export function operandStart(tokens: readonly CelToken[], end: number): number {
  let at = end - 1;
  for (;;) {
    const token = tokens[at];
    if (token?.text === ')' || token?.text === ']') {
      at = openingOf(tokens, at);
      if (at < 0) return -1;
      const before = tokens[at - 1];
      const isCall = tokens[at]!.text === '(' && before?.kind === 'name';
      const isIndex = tokens[at]!.text === '[' && before !== undefined && isEndOfOperand(before);
      if (isIndex) {
        at -= 1;
        continue;
      }
      if (isCall) at -= 1;
    } else if (token === undefined || (token.kind === 'sign' && !/^\d/.test(token.text))) return -1;
    if (tokens[at - 1]?.text !== '.' && tokens[at - 1]?.text !== '.?') return at;
    at -= 2;
  }
}

const isEndOfOperand = ({ kind, text }: CelToken): boolean =>
  text === ')' || text === ']' || (kind === 'name' && text !== 'in');

function openingOf(tokens: readonly CelToken[], closing: number): number {
  let depth = 0;
  for (let i = closing; i >= 0; i--) {
    const { text } = tokens[i]!;
    if (text === ')' || text === ']' || text === '}') depth++;
    else if ((text === '(' || text === '[' || text === '{') && --depth === 0) return i;
  }
  return -1;
}
