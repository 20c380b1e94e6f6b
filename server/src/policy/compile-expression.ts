/**
 * Turns a checked CEL expression into closures: the same answers and the same errors as the library's own evaluation,
 * in a fraction of the time, because types, overloads and fields are settled once and not at every evaluation.
 *
 * The library parses, checks and stays the reference: what is not known here is left to it, and a test compares both.
 * That fields have the types of the schema is the promise of `engine/facts.ts`, so it is not asked again here.
 */
import { type AstNode, type Context, MACROS } from './cel-node.ts';

export type Evaluate = (context: Context) => unknown;

/** The present entry of a macro such as `exists`. Expressions do not call themselves, so one place for each will do. */
interface Cell {
  value: unknown;
}
type Cells = Readonly<Record<string, Cell>>;

/** An absent field or a list that is too short; the codes are the library's. */
class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
  constructor(
    readonly code: 'no_such_key' | 'index_out_of_bounds',
    message: string,
  ) {
    super(message);
  }
}

/** Undefined where some part of the expression is left to the library. `ast` has passed the type check. */
export function compileExpression(ast: AstNode): Evaluate | undefined {
  try {
    return compile(ast, {});
  } catch (error) {
    if (error === UNKNOWN) return undefined;
    throw error;
  }
}

const UNKNOWN = Symbol('left to the library');

function unknown(): never {
  throw UNKNOWN;
}

function compile(node: AstNode, cells: Cells): Evaluate {
  const args = node.args as readonly AstNode[];
  switch (node.op) {
    case 'value':
      return () => node.args;
    case 'id':
      return variable(String(node.args), cells);
    case '.':
      return field(args[0]!, node.args, cells);
    case '[]':
      return element(args[0]!, args[1]!, cells);
    case '&&':
      return logical(false, args, cells);
    case '||':
      return logical(true, args, cells);
    case '!_':
      return not(node.args as AstNode, cells);
    case '?:':
      return choice(args, cells);
    case 'list':
      return list(args, cells);
    case 'call':
    case 'rcall':
      return call(node, cells);
    default:
      return node.candidates && args.length === 2 ? operator(node, args, cells) : unknown();
  }
}

function variable(name: string, cells: Cells): Evaluate {
  const cell = Object.hasOwn(cells, name) ? cells[name] : undefined;
  if (cell) return () => cell.value;
  return context => {
    const value = context[name];
    return value === undefined ? absent(name) : value;
  };
}

function field(owner: AstNode, args: unknown, cells: Cells): Evaluate {
  const [, key] = args as [AstNode, string];
  const read = reader(owner, key);
  const of = compile(owner, cells);
  return context => {
    const value = read(of(context));
    return value === undefined ? absent(key) : value;
  };
}

/** Reads a field by its static name; undefined where it is absent. */
function reader(owner: AstNode, key: string): (value: unknown) => unknown {
  if (owner.checkedType?.kind === 'message') return value => (value as Record<string, unknown>)[key];
  return isMap(owner) ? value => ownValue(value, key) : unknown();
}

function element(owner: AstNode, index: AstNode, cells: Cells): Evaluate {
  const of = compile(owner, cells);
  const at = compile(index, cells);
  if (isMap(owner) && index.checkedType?.name === 'string') {
    return context => {
      const map = of(context);
      const key = at(context) as string;
      return ownValue(map, key) ?? absent(key);
    };
  }
  if (!isList(owner) || index.checkedType?.name !== 'int') return unknown();
  return context => {
    const items = of(context) as readonly unknown[];
    const value = items[Number(at(context))];
    if (value === undefined) throw new EvaluationError('index_out_of_bounds', 'The list is too short.');
    return value;
  };
}

function ownValue(map: unknown, key: string): unknown {
  return Object.hasOwn(map as object, key) ? (map as Record<string, unknown>)[key] : undefined;
}

function absent(key: string): never {
  throw new EvaluationError('no_such_key', `No such key: ${key}`);
}

/** One side may settle the answer even though the other fails: `false && error` is false, in either order. */
function logical(settles: boolean, [first, second]: readonly AstNode[], cells: Cells): Evaluate {
  const left = bool(first!, cells);
  const right = bool(second!, cells);
  return context => {
    let known: unknown;
    try {
      known = left(context);
    } catch (error) {
      if (right(context) === settles) return settles;
      throw error;
    }
    return known === settles ? settles : right(context);
  };
}

function not(node: AstNode, cells: Cells): Evaluate {
  const value = bool(node, cells);
  return context => !value(context);
}

function bool(node: AstNode, cells: Cells): Evaluate {
  return node.checkedType?.name === 'bool' ? compile(node, cells) : unknown();
}

function choice([condition, first, second]: readonly AstNode[], cells: Cells): Evaluate {
  const isFirst = bool(condition!, cells);
  const [yes, no] = [compile(first!, cells), compile(second!, cells)];
  return context => (isFirst(context) ? yes(context) : no(context));
}

/** From the last to the first, as the library does, so that of two errors the same one is seen. */
function list(nodes: readonly AstNode[], cells: Cells): (context: Context) => unknown[] {
  const items = nodes.map(node => compile(node, cells));
  return context => {
    const values = new Array<unknown>(items.length);
    for (let i = items.length - 1; i >= 0; i--) values[i] = items[i]!(context);
    return values;
  };
}

const IDENTICAL = new Set(['string', 'int', 'double', 'bool', 'null']);

function operator(node: AstNode, [first, second]: readonly AstNode[], cells: Cells): Evaluate {
  const left = compile(first!, cells);
  const right = compile(second!, cells);
  const [leftType, rightType] = [first!.checkedType, second!.checkedType];
  if (!leftType || !rightType || leftType.hasDynType || rightType.hasDynType) return unknown();
  if (leftType === rightType && IDENTICAL.has(leftType.name)) {
    if (node.op === '==') return context => left(context) === right(context);
    if (node.op === '!=') return context => left(context) !== right(context);
  }
  if (node.op === 'in' && isList(second!) && IDENTICAL.has(leftType.name))
    return context => {
      const value = left(context);
      return (right(context) as readonly unknown[]).includes(value);
    };
  // Equality of lists and maps is the one thing for which a handler needs the library's evaluator.
  const isWhole = [first!, second!].some(side => isList(side) || isMap(side));
  if (isWhole && node.op !== '+' && node.op !== 'in') return unknown();
  if (node.op === 'in' && !isMap(second!)) return unknown();
  const overload = node.candidates!.findBinaryOverload(leftType, rightType) || unknown();
  const { handler } = overload;
  return context => handler(left(context), right(context), node);
}

function call(node: AstNode, cells: Cells): Evaluate {
  const isMethod = node.op === 'rcall';
  const [name, ...rest] = node.args as [string, ...(AstNode | AstNode[])[]];
  const receiver = isMethod ? (rest[0] as AstNode) : undefined;
  const args = rest.at(-1) as AstNode[];
  if (!isMethod && name === 'has') return presence(args[0]!, cells);
  if (receiver?.op === '.?' && name === 'hasValue') return optionalPresence(receiver, cells);
  if (receiver && MACROS.has(name) && args[0]?.op === 'id') return macro(name, receiver, args, cells);
  const types = args.map(arg => arg.checkedType ?? unknown());
  if (types.some(type => type.hasDynType)) return unknown();
  const receiverType = receiver && (receiver.checkedType ?? unknown());
  if (receiverType?.hasDynType) return unknown();
  const handler = node.candidates?.findFunction(types, receiverType ?? null)?.handler ?? unknown();
  const values = list(receiver ? [receiver, ...args] : args, cells);
  return context => handler(...values(context));
}

/** `has(a.b.c)`: whether the last field is there; that those before it are is taken for granted. */
function presence(node: AstNode, cells: Cells): Evaluate {
  if (node.op !== '.') return unknown();
  const [owner, key] = node.args as [AstNode, string];
  const of = asked(owner, cells);
  return context => ownOrField(of(context), key) !== undefined;
}

/** What stands before the last field in `has`: the library leaves it without types, so the value is asked. */
function asked(node: AstNode, cells: Cells): Evaluate {
  if (node.op === 'id') return compile(node, cells);
  if (node.op !== '.') return unknown();
  const [owner, key] = node.args as [AstNode, string];
  const of = asked(owner, cells);
  return context => ownOrField(of(context), key) ?? absent(key);
}

function ownOrField(value: unknown, key: string): unknown {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return ownValue(value, key);
  return (value as Record<string, unknown>)[key];
}

/** `a.?b.hasValue()`: the only use of an optional value that is not left to the library. */
function optionalPresence(node: AstNode, cells: Cells): Evaluate {
  const [owner, key] = node.args as [AstNode, string];
  const read = reader(owner, key);
  const of = compile(owner, cells);
  return context => read(of(context)) !== undefined;
}

function macro(name: string, receiver: AstNode, args: readonly AstNode[], cells: Cells): Evaluate {
  const cell: Cell = { value: undefined };
  const inner = { ...cells, [String(args[0]!.args)]: cell };
  if (name === 'bind') {
    const value = compile(args[1]!, cells);
    const body = compile(args[2]!, inner);
    return context => {
      cell.value = value(context);
      return body(context);
    };
  }
  const items = entries(receiver, cells);
  const each = name === 'map' ? args.slice(1).map(arg => compile(arg, inner)) : [bool(args[1]!, inner)];
  return MACRO_BODIES[name]?.(items, cell, each) ?? unknown();
}

/** The items of a list or the keys of a map. */
function entries(node: AstNode, cells: Cells): Items {
  const of = compile(node, cells);
  if (isList(node)) return of as Items;
  return isMap(node) ? context => Object.keys(of(context) as object) : unknown();
}

type Items = (context: Context) => readonly unknown[];
type MacroBody = (items: Items, cell: Cell, each: readonly Evaluate[]) => Evaluate;

const MACRO_BODIES: Readonly<Record<string, MacroBody>> = {
  exists: (items, cell, [holds]) => quantifier(true, items, cell, holds!),
  all: (items, cell, [holds]) => quantifier(false, items, cell, holds!),
  exists_one: (items, cell, [holds]) => {
    const matching = filter(items, cell, holds!);
    return context => matching(context).length === 1;
  },
  filter: (items, cell, [holds]) => filter(items, cell, holds!),
  map: (items, cell, [first, second]) => {
    const [holds, value] = second ? [first!, second] : [() => true, first!];
    return context =>
      items(context).flatMap(item => {
        cell.value = item;
        return holds(context) ? [value(context)] : [];
      });
  },
};

/** Entries whose condition fails count only if no other entry settles the answer. */
function quantifier(settles: boolean, items: Items, cell: Cell, holds: Evaluate): Evaluate {
  return context => {
    let failure: { readonly error: unknown } | undefined;
    for (const item of items(context)) {
      cell.value = item;
      try {
        if (holds(context) === settles) return settles;
      } catch (error) {
        failure ??= { error };
      }
    }
    if (failure) throw failure.error;
    return !settles;
  };
}

function filter(items: Items, cell: Cell, holds: Evaluate): Items {
  return context =>
    items(context).filter(item => {
      cell.value = item;
      return holds(context);
    });
}

const isList = (node: AstNode) => node.checkedType?.kind === 'list';
const isMap = (node: AstNode) => node.checkedType?.kind === 'map';
