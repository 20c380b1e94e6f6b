/**
 * The CEL environment of a pack: the schema's types, the sections as variables, the pack's parameters and the
 * project's functions. Expressions, places and message templates are compiled here and nowhere else.
 */
import { Environment } from '@marcbachmann/cel-js';
import type { Calendar } from '../calendar/index.ts';
import type { FactBuilder, FieldTypes } from '../engine/facts.ts';
import { LinkedReview, registerFunctions, type Surroundings } from './cel-functions.ts';

/** What the expressions of one evaluation see; sections, `params`, `as_of` and the check's own names. */
export type Context = Record<string, unknown>;

/** A compiled expression. `reads` are the parameters it mentions. */
export interface Expression {
  readonly type: string;
  readonly source: string;
  readonly ast: AstNode;
  readonly reads: ReadonlySet<string>;
  evaluate(context: Context): unknown;
}

/** The part of the CEL syntax tree that we look at. Ranges are offsets in the expression. */
export interface AstNode {
  readonly op: string;
  readonly args: unknown;
  readonly start: number;
  readonly end: number;
  readonly checkedType?: { readonly name: string };
}

/** An expression that cannot be used, with the offending range in it. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  constructor(
    message: string,
    readonly source: string,
    readonly start: number,
    readonly end: number,
  ) {
    super(message);
  }
}

const LIMITS = { maxAstNodes: 400, maxDepth: 40, maxListElements: 100, maxMapEntries: 100, maxCallArguments: 8 };

export interface CelOptions {
  readonly builder: FactBuilder;
  readonly fields: FieldTypes;
  readonly sections: Readonly<Record<string, string>>;
  /** CEL type of every parameter. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Fields that hold free text, by type: no message may print them. */
  readonly freeText: Readonly<Record<string, readonly string[]>>;
  readonly calendar: Calendar;
  titleOf(vocabulary: string, word: string): string;
}

/** Holds `params`; a class of its own so that a misspelt parameter fails the type check. */
export class Parameters {
  [name: string]: unknown;
}

export class CelEnvironment {
  readonly sections: Readonly<Record<string, string>>;
  readonly #freeText: CelOptions['freeText'];
  readonly #base: Environment;
  readonly #scopes = new Map<string, Environment>();
  readonly #expressions = new Map<string, Expression>();
  #surroundings: Surroundings = { linked: () => new LinkedReview() };

  constructor(options: CelOptions) {
    this.sections = options.sections;
    this.#freeText = options.freeText;
    const env = new Environment({ enableOptionalTypes: true, limits: LIMITS });
    registerFunctions(env, options.calendar, () => this.#surroundings, options.titleOf);
    registerTypes(env, options.fields, options.builder);
    env.registerType('Parameters', { ctor: Parameters, fields: { ...options.parameters } });
    for (const [name, type] of Object.entries(options.sections)) env.registerVariable(name, type);
    env.registerVariable('params', 'Parameters');
    env.registerVariable('as_of', 'google.protobuf.Timestamp');
    this.#base = env;
  }

  /** What functions such as `linked` answer from until the next call. */
  enter(surroundings: Surroundings): void {
    this.#surroundings = surroundings;
  }

  /** Compiles an expression in which `names` (name to CEL type) are known besides the environment's own. */
  compile(source: string, names: Readonly<Record<string, string>> = {}, wanted?: string): Expression {
    const key = `${scopeKey(names)}\n${source}`;
    let expression = this.#expressions.get(key);
    if (!expression) {
      expression = parseExpression(this.#scope(names), source);
      this.#expressions.set(key, expression);
    }
    if (wanted && expression.type !== wanted && expression.type !== 'dyn') {
      throw new ExpressionError(`This must be ${wanted}; it is ${expression.type}.`, source, 0, source.length);
    }
    return expression;
  }

  /** Compiles an expression whose value is printed: it may not touch the free text of a review. */
  compilePrinted(source: string, names: Readonly<Record<string, string>>): Expression {
    const expression = this.compile(source, names);
    for (const node of nodesOf(expression.ast)) {
      if (node.op !== '.' && node.op !== '.?') continue;
      const [left, field] = node.args as [AstNode, string];
      // Inside a macro the type is not noted; then a name that is free text anywhere is refused.
      const types = left.checkedType ? [left.checkedType.name] : Object.keys(this.#freeText);
      if (types.some(type => this.#freeText[type]?.includes(field))) {
        throw new ExpressionError('A message may not print the free text of a review.', source, node.start, node.end);
      }
    }
    return expression;
  }

  #scope(names: Readonly<Record<string, string>>): Environment {
    const key = scopeKey(names);
    let scope = this.#scopes.get(key);
    if (!scope) {
      scope = this.#base.clone();
      for (const [name, type] of Object.entries(names)) scope.registerVariable(name, type);
      this.#scopes.set(key, scope);
    }
    return scope;
  }
}

function scopeKey(names: Readonly<Record<string, string>>): string {
  return Object.entries(names)
    .map(([name, type]) => `${name}:${type}`)
    .join();
}

/** Types may refer to one another, so each is registered after those it uses. */
function registerTypes(env: Environment, fields: FieldTypes, builder: FactBuilder): void {
  const done = new Set<string>();
  const register = (name: string) => {
    if (done.has(name)) return;
    done.add(name);
    const own = fields[name]!;
    for (const type of Object.values(own)) for (const used of type.match(/\w+/g) ?? []) if (fields[used]) register(used);
    env.registerType(name, { ctor: builder.classes.get(name)!, fields: { ...own } });
  };
  for (const name of Object.keys(fields)) register(name);
}

interface CelFailure {
  readonly summary?: string;
  readonly message: string;
  readonly range?: { readonly start: number; readonly end: number };
}

function parseExpression(env: Environment, source: string): Expression {
  const fail = (error: unknown): never => {
    const { summary, message, range } = error as CelFailure;
    throw new ExpressionError(summary ?? message, source, range?.start ?? 0, range?.end ?? source.length);
  };
  try {
    const program = env.parse(source);
    const checked = program.check();
    if (!checked.valid) return fail(checked.error);
    const ast = program.ast as unknown as AstNode;
    return { type: String(checked.type), source, ast, reads: parametersIn(ast), evaluate: context => program(context) };
  } catch (error) {
    if (error instanceof ExpressionError) throw error;
    return fail(error);
  }
}

const isNode = (value: unknown): value is AstNode => typeof value === 'object' && value !== null && 'op' in value && 'args' in value;

/** Every node of an expression, parents first. */
export function* nodesOf(value: unknown): Generator<AstNode> {
  if (isNode(value)) {
    yield value;
    yield* nodesOf(value.args);
  } else if (Array.isArray(value)) for (const part of value) yield* nodesOf(part);
}

/** Whether an expression uses a variable. */
export function mentions(expression: Expression, name: string): boolean {
  return [...nodesOf(expression.ast)].some(node => node.op === 'id' && node.args === name);
}

function parametersIn(ast: AstNode): Set<string> {
  const names = new Set<string>();
  for (const node of nodesOf(ast)) {
    if (node.op !== '.' && node.op !== '.?') continue;
    const [left, name] = node.args as [AstNode, unknown];
    if (left.op === 'id' && left.args === 'params' && typeof name === 'string') names.add(name);
  }
  return names;
}
