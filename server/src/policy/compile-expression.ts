/**
 * Turns a checked CEL expression into closures: the same answers and the same errors as the library's own evaluation,
 * in a fraction of the time, because types, overloads and fields are settled once and not at every evaluation.
 *
 * The library parses, checks and stays the reference: what is not known here is left to it, and a test compares both.
 * That fields have the types of the schema is the promise of `engine/facts.ts`, so it is not asked again here.
 */
import { Day } from '../calendar/day.ts';
import type { FieldTypes } from '../engine/facts.ts';
import { OWN_TYPES } from './cel-functions.ts';
import { type AstNode, isInt, MACROS } from './cel-node.ts';
import { EvaluationError, type Operation } from './cel-operations.ts';
import type { Context } from './context.ts';

/** What the overload of a signature does. */
export type Operations = (signature: string) => Operation | undefined;

export type Evaluate = (context: Context) => unknown;

/** The present entry of a macro such as `exists`. Expressions do not call themselves, so one place for each will do. */
interface Cell {
  value: unknown;
}

/** What a name means where an expression stands. */
interface Scope {
  readonly sections: Readonly<Record<string, string>>;
  readonly fields: FieldTypes;
  readonly operations: Operations;
  readonly cells: Readonly<Record<string, Cell>>;
}

/** Absent fields are common, and the stack of an error costs more than the whole expression: two serve for all. */
const NO_SUCH_KEY = new EvaluationError('no_such_key');
const OUT_OF_BOUNDS = new EvaluationError('index_out_of_bounds');

/** Undefined where some part of the expression is left to the library. `ast` has passed the type check. */
export function compileExpression(
  ast: AstNode,
  sections: Readonly<Record<string, string>>,
  fields: FieldTypes,
  operations: Operations,
): Evaluate | undefined {
  try {
    return compile(ast, { sections, fields, operations, cells: {} });
  } catch (error) {
    if (error === UNKNOWN) return undefined;
    throw error;
  }
}

const UNKNOWN = Symbol('left to the library');

function unknown(): never {
  throw UNKNOWN;
}

function compile(node: AstNode, scope: Scope): Evaluate {
  const args = node.args as readonly AstNode[];
  switch (node.op) {
    case 'value': {
      const value = isInt(node.args) ? BigInt(node.args.int) : node.args;
      return () => value;
    }
    case 'id':
      return variable(String(node.args), scope);
    case '.':
      return field(args[0]!, node.args, scope);
    case '[]':
      return element(args[0]!, args[1]!, scope);
    case '&&':
      return logical(false, args, scope);
    case '||':
      return logical(true, args, scope);
    case '!_':
      return not(node.args as AstNode, scope);
    case '?:':
      return choice(args, scope);
    case 'list':
      return list(args, scope);
    case 'call':
    case 'rcall':
      return call(node, scope);
    default:
      return args.length === 2 ? operator(node, args, scope) : unknown();
  }
}

function variable(name: string, { sections, cells }: Scope): Evaluate {
  const cell = Object.hasOwn(cells, name) ? cells[name] : undefined;
  if (cell) return () => cell.value;
  if (Object.hasOwn(sections, name)) return context => context.sections[name];
  if (name === 'params') return context => context.params;
  if (name === 'as_of') return context => context.asOf;
  return context => context.names[name] ?? absent();
}

function field(owner: AstNode, args: unknown, scope: Scope): Evaluate {
  const [, key] = args as [AstNode, string];
  const read = reader(owner, key, scope);
  const of = compile(owner, scope);
  return context => {
    const value = read(of(context));
    return value === undefined ? absent() : value;
  };
}

/** Reads a field by its static name; undefined where it is absent. */
function reader(owner: AstNode, key: string, scope: Scope): (value: unknown) => unknown {
  if (isObject(owner.type, scope)) return value => (value as Record<string, unknown>)[key];
  return isMap(owner) ? value => ownValue(value, key) : unknown();
}

function element(owner: AstNode, index: AstNode, scope: Scope): Evaluate {
  const of = compile(owner, scope);
  const at = compile(index, scope);
  if (isMap(owner) && index.type === 'string') {
    return context => {
      const map = of(context);
      const key = at(context) as string;
      return ownValue(map, key) ?? absent();
    };
  }
  if (!isList(owner) || index.type !== 'int') return unknown();
  return context => {
    const items = of(context) as readonly unknown[];
    const value = items[Number(at(context))];
    if (value === undefined) throw OUT_OF_BOUNDS;
    return value;
  };
}

function ownValue(map: unknown, key: string): unknown {
  return Object.hasOwn(map as object, key) ? (map as Record<string, unknown>)[key] : undefined;
}

function absent(): never {
  throw NO_SUCH_KEY;
}

/** One side may settle the answer even though the other fails: `false && error` is false, in either order. */
function logical(settles: boolean, [first, second]: readonly AstNode[], scope: Scope): Evaluate {
  const left = bool(first!, scope);
  const right = bool(second!, scope);
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

function not(node: AstNode, scope: Scope): Evaluate {
  const value = bool(node, scope);
  return context => !value(context);
}

function bool(node: AstNode, scope: Scope): Evaluate {
  return node.type === 'bool' ? compile(node, scope) : unknown();
}

function choice([condition, first, second]: readonly AstNode[], scope: Scope): Evaluate {
  const isFirst = bool(condition!, scope);
  const [yes, no] = [compile(first!, scope), compile(second!, scope)];
  return context => (isFirst(context) ? yes(context) : no(context));
}

/** From the last to the first, as the library does, so that of two errors the same one is seen. */
function list(nodes: readonly AstNode[], scope: Scope): (context: Context) => unknown[] {
  const items = nodes.map(node => compile(node, scope));
  return context => {
    const values = new Array<unknown>(items.length);
    for (let i = items.length - 1; i >= 0; i--) values[i] = items[i]!(context);
    return values;
  };
}

const IDENTICAL = new Set(['string', 'int', 'double', 'bool', 'null']);

function operator(node: AstNode, [first, second]: readonly AstNode[], scope: Scope): Evaluate {
  const left = compile(first!, scope);
  const right = compile(second!, scope);
  const [leftType, rightType] = [first!.type, second!.type];
  if (!leftType || !rightType || isOpen(leftType) || isOpen(rightType)) return unknown();
  if (leftType === rightType && IDENTICAL.has(leftType)) {
    if (node.op === '==') return context => left(context) === right(context);
    if (node.op === '!=') return context => left(context) !== right(context);
  }
  if (node.op === 'in' && isList(second!) && (IDENTICAL.has(leftType) || isObject(leftType, scope)))
    return context => isIn(left(context), right(context) as readonly unknown[]);
  // Equality of lists and maps is the one thing for which an operation needs the library's evaluator.
  const isWhole = [first!, second!].some(side => isList(side) || isMap(side));
  if (isWhole && node.op !== '+' && node.op !== 'in') return unknown();
  if (node.op === 'in' && !isMap(second!)) return unknown();
  if (node.op === '+' && isList(first!)) return joined(left as Items, right as Items);
  const operate = operation(node, scope);
  return context => operate(left(context), right(context));
}

function operation({ overload }: AstNode, { operations }: Scope): Operation {
  return (overload === undefined ? undefined : operations(overload)) ?? unknown();
}

/** Lists that double with each `let` are as endless as loops. */
function joined(left: Items, right: Items): Evaluate {
  return context => {
    const list = [...left(context), ...right(context)];
    context.step(list.length);
    return list;
  };
}

/** Objects of the schema and of the project, each equal to itself alone; the library's own types know of more than one that is equal. */
const isObject = (type: string | undefined, { fields }: Scope) =>
  type !== undefined && (Object.hasOwn(fields, type) || Object.hasOwn(OWN_TYPES, type));

/** Whether only the value says what it is. */
const isOpen = (type: string) => /\bdyn\b/.test(type);

/** Of these only days are equal without being the same. */
function isIn(value: unknown, list: readonly unknown[]): boolean {
  if (!(value instanceof Day)) return list.includes(value);
  return list.some(item => item instanceof Day && value.equals(item));
}

function call(node: AstNode, scope: Scope): Evaluate {
  const isMethod = node.op === 'rcall';
  const [name, ...rest] = node.args as [string, ...(AstNode | AstNode[])[]];
  const receiver = isMethod ? (rest[0] as AstNode) : undefined;
  const args = rest.at(-1) as AstNode[];
  if (!isMethod && name === 'has') return presence(args[0]!, scope);
  if (receiver?.op === '.?' && name === 'hasValue') return optionalPresence(receiver, scope);
  if (receiver && MACROS.has(name) && args[0]?.op === 'id') return macro(name, receiver, args, scope);
  const operate = operation(node, scope);
  const values = list(receiver ? [receiver, ...args] : args, scope);
  return context => operate(...values(context));
}

/** `has(a.b.c)`: whether the last field is there; that those before it are is taken for granted. */
function presence(node: AstNode, scope: Scope): Evaluate {
  if (node.op !== '.') return unknown();
  const [owner, key] = node.args as [AstNode, string];
  const read = asking(owner, key, scope);
  return context => read(context) !== undefined;
}

/** What stands before the last field in `has`. */
function asked(node: AstNode, scope: Scope): Evaluate {
  if (node.op === 'id') return compile(node, scope);
  if (node.op !== '.') return unknown();
  const [owner, key] = node.args as [AstNode, string];
  const read = asking(owner, key, scope);
  return context => read(context) ?? absent();
}

/** Reads a field within `has`, which the library leaves without types: where the schema has none, the value is asked. */
function asking(owner: AstNode, key: string, scope: Scope): Evaluate {
  const of = asked(owner, scope);
  const type = typeOf(owner, scope);
  if (type !== undefined && Object.hasOwn(scope.fields, type))
    return context => (of(context) as Record<string, unknown>)[key];
  return context => ownOrField(of(context), key);
}

function typeOf(node: AstNode, scope: Scope): string | undefined {
  if (node.type !== undefined) return node.type;
  if (node.op !== '.') return undefined;
  const [owner, key] = node.args as [AstNode, string];
  const type = typeOf(owner, scope);
  return type === undefined ? undefined : scope.fields[type]?.[key];
}

function ownOrField(value: unknown, key: string): unknown {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return ownValue(value, key);
  return (value as Record<string, unknown>)[key];
}

/** `a.?b.hasValue()`: the only use of an optional value that is not left to the library. */
function optionalPresence(node: AstNode, scope: Scope): Evaluate {
  const [owner, key] = node.args as [AstNode, string];
  const read = reader(owner, key, scope);
  const of = compile(owner, scope);
  return context => read(of(context)) !== undefined;
}

function macro(name: string, receiver: AstNode, args: readonly AstNode[], scope: Scope): Evaluate {
  const cell: Cell = { value: undefined };
  const inner = { ...scope, cells: { ...scope.cells, [String(args[0]!.args)]: cell } };
  if (name === 'bind') {
    const value = compile(args[1]!, scope);
    const body = compile(args[2]!, inner);
    return context => {
      cell.value = value(context);
      return body(context);
    };
  }
  const items = entries(receiver, scope);
  const each = name === 'map' ? args.slice(1).map(arg => compile(arg, inner)) : [bool(args[1]!, inner)];
  return MACRO_BODIES[name]?.(items, cell, each) ?? unknown();
}

/** The items of a list or the keys of a map. */
function entries(node: AstNode, scope: Scope): Items {
  const of = compile(node, scope);
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
        context.step();
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
      context.step();
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
      context.step();
      cell.value = item;
      return holds(context);
    });
}

const isList = ({ type }: AstNode) => type?.startsWith('list<') ?? false;
const isMap = ({ type }: AstNode) => type?.startsWith('map<') ?? false;
