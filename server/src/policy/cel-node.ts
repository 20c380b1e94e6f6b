/** The checked syntax tree of a CEL expression as plain data, what it tells, and walks through it. */

/** Ranges are offsets in the expression. A literal whole number is `{ int: '24' }`, so that a tree can be JSON. */
export interface AstNode {
  readonly op: string;
  readonly args: unknown;
  readonly start: number;
  readonly end: number;
  /** The CEL type, such as `list<Person>`; undefined inside `has`, which the library does not check. */
  readonly type?: string | undefined;
  /** The signature of what an operator or a function does; undefined where only the values settle it. */
  readonly overload?: string | undefined;
}

/** Calls that bind a name: their first argument. */
export const MACROS = new Set(['all', 'exists', 'exists_one', 'map', 'filter', 'bind']);

export const isInt = (literal: unknown): literal is { readonly int: string } =>
  typeof literal === 'object' && literal !== null && 'int' in literal;

export const isNode = (value: unknown): value is AstNode =>
  typeof value === 'object' && value !== null && 'op' in value && 'args' in value;

/** Calls `visit` for every node of an expression, parents first, with the names that macros bind there. */
export function walk(
  value: unknown,
  visit: (node: AstNode, bound: readonly unknown[]) => void,
  bound: readonly unknown[] = [],
): void {
  if (Array.isArray(value)) {
    for (const part of value) walk(part, visit, bound);
  } else if (isNode(value)) {
    visit(value, bound);
    if (value.op !== 'rcall') {
      walk(value.args, visit, bound);
      return;
    }
    const [name, receiver, args] = value.args as [string, AstNode, AstNode[]];
    walk(receiver, visit, bound);
    const [first, ...rest] = args;
    if (MACROS.has(name) && first?.op === 'id') walk(rest, visit, [...bound, first.args]);
    else walk(args, visit, bound);
  }
}

/** The variables of an expression that no macro of it binds, each at its first place. */
export function variablesIn(ast: AstNode): Map<string, AstNode> {
  const found = new Map<string, AstNode>();
  walk(ast, (node, bound) => {
    const name = String(node.args);
    if (node.op === 'id' && !bound.includes(node.args) && !found.has(name)) found.set(name, node);
  });
  return found;
}

export function parametersIn(ast: AstNode): Set<string> {
  const names = new Set<string>();
  walk(ast, node => {
    if (node.op !== '.' && node.op !== '.?') return;
    const [left, name] = node.args as [AstNode, unknown];
    if (left.op === 'id' && left.args === 'params' && typeof name === 'string') names.add(name);
  });
  return names;
}
