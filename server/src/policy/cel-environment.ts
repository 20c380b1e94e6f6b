/**
 * The CEL environment of a pack: the schema's types, the sections as variables, the pack's parameters and the
 * project's functions. Expressions, places and message templates are compiled here and nowhere else.
 */
import { Environment } from '@marcbachmann/cel-js';
import type { Calendar } from '../calendar/index.ts';
import type { FactBuilder, FieldTypes } from '../engine/facts.ts';
import { LinkedReview, ownOperations, registerOperations, type Surroundings } from './cel-functions.ts';
import { type AstNode, parametersIn, variablesIn, walk } from './cel-node.ts';
import { OPERATIONS, type Operation } from './cel-operations.ts';
import { checkedTree, type LibraryNode } from './checked-tree.ts';
import { compileExpression, type Evaluate } from './compile-expression.ts';
import type { Context } from './context.ts';
import { unknownInHas } from './has-fields.ts';
import {
  type CheckedExpression,
  PreparedExpressions,
  prepareExpressions,
  type Types,
} from './prepared-expressions.ts';

/** A compiled expression. */
export interface Expression extends CheckedExpression {
  /** True where only sections, parameters and the as-of date are used: one answer serves a whole review. */
  readonly isShared: boolean;
  evaluate(context: Context): unknown;
}

/** An expression that cannot be used, with the offending range in it. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  constructor(
    message: string,
    readonly source: string,
    readonly start: number,
    readonly end: number,
    /** The library's word for what is wrong, where it has one. */
    readonly code?: string,
  ) {
    super(message);
  }
}

/** Lists that an expression may go through inside one another: each of them multiplies what it costs. */
const MAX_NESTED_LISTS = 3;

const LIMITS = {
  maxAstNodes: 400,
  maxDepth: 40,
  maxListElements: 100,
  maxMapEntries: 100,
  maxCallArguments: 8,
};

export interface CelOptions {
  readonly builder: FactBuilder;
  readonly fields: FieldTypes;
  readonly sections: Readonly<Record<string, string>>;
  /** CEL type of every parameter. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Fields that hold free text, by type: no message may print them. */
  readonly freeText: Readonly<Record<string, readonly string[]>>;
  readonly calendar: Calendar;
  /** What `prepare` gave when the program was built. */
  readonly prepared?: string | undefined;
  /** Has the library evaluate everything itself: what our own evaluation is compared with in tests. */
  readonly interpret?: boolean;
  titleOf(vocabulary: string, word: string): string;
}

/** One form of a function, as the library knows it. */
export interface CelFunction {
  readonly name: string;
  /** The type of what stands before the dot; null for a function that is called by itself. */
  readonly receiverType: string | null;
  readonly signature: string;
}

/** Holds `params`; a class of its own so that a misspelt parameter fails the type check. */
export class Parameters {
  [name: string]: unknown;
}

export class CelEnvironment {
  readonly sections: Readonly<Record<string, string>>;
  readonly #options: CelOptions;
  readonly #fields: FieldTypes;
  /** Names that mean the same in every check. */
  readonly #shared: ReadonlySet<string>;
  readonly #prepared: PreparedExpressions | undefined;
  readonly #scopes: Scope[] = [];
  /** What overloads do, by their signatures: ours, and those of the library that came up. */
  readonly #operations: Map<string, Operation>;
  /** The functions of the project. */
  readonly #own: Readonly<Record<string, Operation>>;
  #library: Environment | undefined;
  #surroundings: Surroundings = { linked: () => new LinkedReview(), identifiers: () => [] };

  constructor(options: CelOptions) {
    const { sections, calendar, titleOf, prepared, interpret } = options;
    this.sections = sections;
    this.#options = options;
    this.#fields = { ...options.fields, Parameters: options.parameters };
    this.#shared = new Set([...Object.keys(sections), 'params', 'as_of', 'cel']);
    this.#own = ownOperations(calendar, () => this.#surroundings, titleOf);
    this.#operations = new Map(Object.entries({ ...OPERATIONS, ...this.#own }));
    if (prepared && !interpret) this.#prepared = new PreparedExpressions(prepared);
  }

  /** Set up when the first expression needs it: a run over the shipped rules alone never does. */
  get #base(): Environment {
    if (this.#library) return this.#library;
    const { sections, fields, builder, parameters } = this.#options;
    const env = new Environment({ enableOptionalTypes: true, limits: LIMITS });
    registerOperations(env, this.#own);
    registerTypes(env, fields, builder);
    env.registerType('Parameters', { ctor: Parameters, fields: { ...parameters } });
    for (const [name, type] of Object.entries(sections)) env.registerVariable(name, type);
    env.registerVariable('params', 'Parameters');
    env.registerVariable('as_of', 'google.protobuf.Timestamp');
    this.#library = env;
    return env;
  }

  /** The functions that an expression may call, macros among them, one for each form. */
  get functions(): readonly CelFunction[] {
    return this.#base.getDefinitions().functions;
  }

  /** What functions such as `linked` answer from until the next call. */
  enter(surroundings: Surroundings): void {
    this.#surroundings = surroundings;
  }

  /** Compiles an expression in which `names` (name to CEL type) are known besides the environment's own. */
  compile(source: string, names: Names = {}, wanted?: string): Expression {
    const scope = this.#scope(names);
    let expression = scope.expressions.get(source);
    if (!expression) {
      const prepared = this.#prepared?.find(source, names, this.#options.parameters);
      expression = prepared ? this.#expression(prepared) : this.#parse(scope.env, source);
      scope.expressions.set(source, expression);
    }
    const foreign = expression.variables.find(name => !(name in names) && scope.names.has(name));
    if (foreign !== undefined) {
      const { start, end } = variablesIn(expression.ast).get(foreign)!;
      throw new ExpressionError(`Unknown variable: ${foreign}`, source, start, end, 'unknown_variable');
    }
    if (wanted && expression.type !== wanted && expression.type !== 'dyn') {
      throw new ExpressionError(
        `This must be ${wanted}; it is ${expression.type}.`,
        source,
        0,
        source.length,
      );
    }
    return expression;
  }

  /** Compiles an expression whose value is printed: it may not touch the free text of a review. */
  compilePrinted(source: string, names: Names): Expression {
    const expression = this.compile(source, names);
    walk(expression.ast, node => {
      if (node.op !== '.' && node.op !== '.?') return;
      const [left, field] = node.args as [AstNode, string];
      // Inside a macro the type is not noted; then a name that is free text anywhere is refused.
      const { freeText } = this.#options;
      const types = left.type === undefined ? Object.keys(freeText) : [left.type];
      if (types.some(type => freeText[type]?.includes(field))) {
        throw new ExpressionError(
          'A message may not print the free text of a review.',
          source,
          node.start,
          node.end,
        );
      }
    });
    return expression;
  }

  /** What was compiled so far, for `prepared` of another environment; without what is left to the library. */
  prepare(): string {
    const ours = (signature: string) => OPERATIONS[signature] ?? this.#own[signature];
    const prepared = this.#scopes.flatMap(({ expressions, names }) =>
      [...expressions.values()]
        .filter(({ ast }) => compileExpression(ast, this.sections, this.#fields, ours))
        .map(checked => ({
          checked,
          names: pick(Object.fromEntries(names), checked.variables),
          parameters: pick(this.#options.parameters, checked.reads),
        })),
    );
    return prepareExpressions(prepared);
  }

  #parse(env: Environment, source: string): Expression {
    const fail = (error: unknown): never => {
      const { summary, message, range, code } = error as CelFailure;
      const { start, end } = range ?? { start: 0, end: source.length };
      throw new ExpressionError(summary ?? message, source, start, end, code);
    };
    try {
      const program = env.parse(source);
      const checked = program.check();
      if (!checked.valid) return fail(checked.error);
      const ast = checkedTree(program.ast as unknown as LibraryNode, ({ signature, handler }) => {
        if (!this.#operations.has(signature)) this.#operations.set(signature, handler);
      });
      const unknown = unknownInHas(ast, this.#fields);
      if (unknown) {
        const { name, node } = unknown;
        const start = node.end - name.length;
        throw new ExpressionError(`No such key: ${name}`, source, start, node.end, 'no_such_key');
      }
      walk(ast, ({ start, end }, bound) => {
        if (bound.length <= MAX_NESTED_LISTS) return;
        const message = `An expression may go through ${MAX_NESTED_LISTS} lists inside one another, and no more.`;
        throw new ExpressionError(message, source, start, end);
      });
      return this.#expression(
        {
          ...{ source, ast, type: String(checked.type) },
          ...{ reads: [...parametersIn(ast)], variables: [...variablesIn(ast).keys()] },
        },
        context => program(context.toObject() as Record<string, unknown>),
      );
    } catch (error) {
      if (error instanceof ExpressionError) throw error;
      return fail(error);
    }
  }

  #expression(checked: CheckedExpression, interpret?: Evaluate): Expression {
    const isShared = checked.variables.every(name => this.#shared.has(name));
    const operations = (signature: string) => this.#operations.get(signature);
    return new CompiledExpression(checked, isShared, () => {
      const compiled = this.#options.interpret
        ? undefined
        : compileExpression(checked.ast, this.sections, this.#fields, operations);
      return compiled ?? interpret!;
    });
  }

  /**
   * A scope in which the names have these types. Checks share scopes as long as their names agree: every further
   * environment has to work out its operators anew, which costs more than all expressions together.
   */
  #scope(names: Names): Scope {
    let scope = this.#scopes.find(scope => scope.agrees(names));
    if (!scope) {
      scope = new Scope(() => this.#base);
      this.#scopes.push(scope);
    }
    scope.add(names);
    return scope;
  }
}

/** Names of a check (entries, intermediate results) to their CEL types. */
export type Names = Types;

class Scope {
  /** Every name of every check that shares the scope. */
  readonly names = new Map<string, string>();
  readonly expressions = new Map<string, Expression>();
  readonly #base: () => Environment;
  #env: Environment | undefined;

  constructor(base: () => Environment) {
    this.#base = base;
  }

  agrees(names: Names): boolean {
    return Object.entries(names).every(([name, type]) => (this.names.get(name) ?? type) === type);
  }

  add(names: Names): void {
    for (const [name, type] of Object.entries(names)) {
      if (this.names.has(name)) continue;
      this.#env?.registerVariable(name, type);
      this.names.set(name, type);
    }
  }

  get env(): Environment {
    if (this.#env) return this.#env;
    const env = this.#base().clone();
    for (const [name, type] of this.names) env.registerVariable(name, type);
    this.#env = env;
    return env;
  }
}

/** Becomes closures when it is first evaluated: many checks do not apply. */
class CompiledExpression implements Expression {
  readonly source: string;
  readonly type: string;
  readonly reads: readonly string[];
  readonly variables: readonly string[];
  readonly isShared: boolean;
  readonly #checked: CheckedExpression;
  readonly #compile: () => Evaluate;
  #evaluate: Evaluate | undefined;

  constructor(checked: CheckedExpression, isShared: boolean, compile: () => Evaluate) {
    this.source = checked.source;
    this.type = checked.type;
    this.reads = checked.reads;
    this.variables = checked.variables;
    this.isShared = isShared;
    this.#checked = checked;
    this.#compile = compile;
  }

  get ast(): AstNode {
    return this.#checked.ast;
  }

  evaluate(context: Context): unknown {
    this.#evaluate ??= this.#compile();
    return this.#evaluate(context);
  }
}

/** Types may refer to one another, so each is registered after those it uses. */
function registerTypes(env: Environment, fields: FieldTypes, builder: FactBuilder): void {
  const done = new Set<string>();
  const register = (name: string) => {
    if (done.has(name)) return;
    done.add(name);
    const own = fields[name]!;
    for (const type of Object.values(own))
      for (const used of type.match(/\w+/g) ?? []) if (fields[used]) register(used);
    env.registerType(name, { ctor: builder.classes.get(name)!, fields: { ...own } });
  };
  for (const name of Object.keys(fields)) register(name);
}

/** The types of these names, in their order, as far as they have one. */
const pick = (types: Types, names: readonly string[]): Types =>
  Object.fromEntries(names.flatMap(name => (name in types ? [[name, types[name]!]] : [])));

interface CelFailure {
  readonly summary?: string;
  readonly message: string;
  readonly code?: string;
  readonly range?: { readonly start: number; readonly end: number };
}
