/**
 * Places: fields of a review written as CEL selections (`recording.recorded_at`, `person.status`,
 * `suspect_strategy.steps[step.id]`), resolved to JSON pointers. A place may be absent from the text.
 */

import type { Entry } from '../engine/facts.ts';
import { escapeSegment, pointerOf } from '../engine/locate.ts';
import { type CelEnvironment, ExpressionError, type Names } from './cel-environment.ts';
import type { AstNode } from './cel-node.ts';
import type { Context } from './context.ts';

export interface Place {
  /** The pointer in the context of one evaluation. */
  resolve(context: Context): string;
  /** The pointer with `*` for what is known only at evaluation: the persons list gives `/persons/*`. */
  readonly pattern: string;
  /** CEL type of what stands there. */
  readonly type: string;
}

/** `itemPatterns` gives the pattern of every name that stands for a list entry. */
export function compilePlace(env: CelEnvironment, source: string, names: Names, itemPatterns: Names): Place {
  const endOfList = source.endsWith('[-]');
  const selection = endOfList ? source.slice(0, -3) : source;
  const { ast, type } = env.compile(selection, names);
  const place = selector(env, selection, ast, names, itemPatterns);
  if (!endOfList) return { ...place, type };
  return { type, pattern: `${place.pattern}/-`, resolve: context => `${place.resolve(context)}/-` };
}

type Selector = Pick<Place, 'resolve' | 'pattern'>;

function selector(
  env: CelEnvironment,
  source: string,
  node: AstNode,
  names: Names,
  itemPatterns: Names,
): Selector {
  if (node.op === 'id') return variable(env, source, node, itemPatterns);
  if (node.op !== '.' && node.op !== '.?' && node.op !== '[]') return entryOf(env, source, node, names);
  const [left, right] = node.args as [AstNode, AstNode | string];
  if (typeof right === 'string') {
    const base = selector(env, source, left, names, itemPatterns);
    const segment = `/${escapeSegment(right)}`;
    return { pattern: base.pattern + segment, resolve: context => base.resolve(context) + segment };
  }
  if (left.op !== 'id' && left.op !== '.') return entryOf(env, source, node, names);
  const base = selector(env, source, left, names, itemPatterns);
  const key = env.compile(source.slice(right.start, right.end), names);
  return {
    pattern: `${base.pattern}/*`,
    resolve: context => `${base.resolve(context)}/${escapeSegment(String(key.evaluate(context)))}`,
  };
}

function variable(env: CelEnvironment, source: string, node: AstNode, itemPatterns: Names): Selector {
  const name = String(node.args);
  if (env.sections[name]) return { pattern: `/${name}`, resolve: () => `/${name}` };
  const pattern = itemPatterns[name];
  if (pattern === undefined)
    throw new ExpressionError(
      'A place starts with a section of the review or with the entry of "each".',
      source,
      node.start,
      node.end,
    );
  return { pattern, resolve: context => pointerOfEntry(context.names[name]) };
}

/** An entry found by an expression, such as `persons.filter(p, p.ref == ref)[0]`. */
function entryOf(env: CelEnvironment, source: string, node: AstNode, names: Names): Selector {
  const found = env.compile(source.slice(node.start, node.end), names);
  return { pattern: '/*', resolve: context => pointerOfEntry(found.evaluate(context)) };
}

function pointerOfEntry(value: unknown): string {
  const node = (value as Entry | undefined)?.$node;
  return node ? pointerOf(node) : '';
}

/** Whether a pointer is a place of the pattern, in which `*` stands for any one segment. */
export function matchesPattern(pattern: string, pointer: string): boolean {
  const wanted = pattern.split('/');
  const given = pointer.split('/');
  return (
    wanted.length === given.length && wanted.every((segment, i) => segment === '*' || segment === given[i])
  );
}
