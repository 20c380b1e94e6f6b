/** The CEL syntax tree, as far as we look at it, and walks through it. */

/** Ranges are offsets in the expression. Types and candidates are there once the type check has passed. */
export interface AstNode {
  readonly op: string;
  readonly args: unknown;
  readonly start: number;
  readonly end: number;
  readonly checkedType?: CelType;
  readonly candidates?: Candidates;
}

export interface CelType {
  readonly name: string;
  /** `message` for an object with known fields, `list`, `map`, or the name of a scalar type. */
  readonly kind: string;
  /** True where only the value says what it is. */
  readonly hasDynType: boolean;
}

/** The overloads of a function or an operator, by the types of what they are given. */
export interface Candidates {
  findBinaryOverload(left: CelType, right: CelType): Overload | false;
  findFunction(args: readonly CelType[], receiver: CelType | null): Overload | null;
}

interface Overload {
  readonly handler: (...args: unknown[]) => unknown;
}

/** Calls that bind a name: their first argument. */
export const MACROS = new Set(['all', 'exists', 'exists_one', 'map', 'filter', 'bind']);

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
