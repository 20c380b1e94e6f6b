/** Message templates: text with `${CEL}` in it. The wording of dates and numbers comes from the calendar. */
import { Day } from '../calendar/day.ts';
import { formatDay, formatInstant } from '../calendar/format-time.ts';
import type { Span } from '../engine/located-tree.ts';
import { type CelEnvironment, type Expression, ExpressionError, type Names } from './cel-environment.ts';
import type { Context } from './context.ts';

export interface Template {
  readonly expressions: readonly Expression[];
  render(context: Context): string;
}

export function compileTemplate(env: CelEnvironment, source: string, names: Names): Template {
  const { expressions, unclosed } = splitTemplate(source);
  if (unclosed !== undefined) throw new ExpressionError(UNCLOSED, source, unclosed, source.length);
  const parts: (string | Expression)[] = [];
  let at = 0;
  for (const { start, end } of expressions) {
    if (start - 2 > at) parts.push(source.slice(at, start - 2));
    parts.push(env.compilePrinted(source.slice(start, end), names));
    at = end + 1;
  }
  if (at < source.length) parts.push(source.slice(at));
  return {
    expressions: parts.filter(part => typeof part !== 'string'),
    render: context =>
      parts.map(part => (typeof part === 'string' ? part : format(part.evaluate(context)))).join(''),
  };
}

export const UNCLOSED = '"${" has no closing "}".';

/** The spans of the expressions in a template, without their braces; `unclosed` is where a brace is missing. */
export function splitTemplate(source: string): {
  readonly expressions: readonly Span[];
  readonly unclosed?: number;
} {
  const expressions: Span[] = [];
  let open = source.indexOf('${');
  while (open >= 0) {
    const end = endOfExpression(source, open + 2);
    if (end < 0) return { expressions, unclosed: open };
    expressions.push({ start: open + 2, end });
    open = source.indexOf('${', end + 1);
  }
  return { expressions };
}

/** The offset of the brace that closes an expression; braces inside quotes and nested ones do not count. -1 for none. */
function endOfExpression(source: string, from: number): number {
  let depth = 0;
  let quote = '';
  for (let i = from; i < source.length; i++) {
    const c = source[i]!;
    if (quote) {
      if (c === '\\') i++;
      else if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (c === '{') depth++;
    else if (c === '}' && depth-- === 0) return i;
  }
  return -1;
}

function format(value: unknown): string {
  if (value instanceof Day) return formatDay(value);
  if (value instanceof Date) return formatInstant(value);
  if (typeof value === 'number') return String(Math.round(value * 10) / 10);
  if (Array.isArray(value)) return listOf(value.map(format));
  return String(value);
}

function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Fills every text inside a fix's value; anything else is kept as it is. */
export function compileValue(
  env: CelEnvironment,
  value: unknown,
  names: Names,
): (context: Context) => unknown {
  if (typeof value === 'string') {
    const template = compileTemplate(env, value, names);
    return template.expressions.length ? context => template.render(context) : () => value;
  }
  if (Array.isArray(value)) {
    const parts = value.map(part => compileValue(env, part, names));
    return context => parts.map(part => part(context));
  }
  if (value && typeof value === 'object') {
    const parts = Object.entries(value).map(([key, part]) => [key, compileValue(env, part, names)] as const);
    return context => Object.fromEntries(parts.map(([key, part]) => [key, part(context)]));
  }
  return () => value;
}
