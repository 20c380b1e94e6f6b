/**
 * The CEL environment of a pack: the schema's types, the sections as variables, the pack's parameters and the
 * project's functions. Expressions, places and message templates are compiled here and nowhere else.
 */
import { Environment } from '@marcbachmann/cel-js';
import type { Calendar } from '../calendar/index.ts';
import type { FactBuilder, FieldTypes } from '../engine/facts.ts';
import { LinkedReview, registerFunctions, type Surroundings } from './cel-functions.ts';
import { type AstNode, parametersIn, variablesIn, walk } from './cel-node.ts';
import { compileExpression } from './compile-expression.ts';
import type { Context } from './context.ts';
import { unknownInHas } from './has-fields.ts';

/** A compiled expression. `reads` are the parameters it mentions. */
export interface Expression {
  readonly type: string;
  readonly source: string;
  readonly ast: AstNode;
  readonly reads: ReadonlySet<string>;
  /** The variables it uses, with a place of each. */
  readonly variables: ReadonlyMap<string, AstNode>;
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
  readonly #freeText: CelOptions['freeText'];
  readonly #fields: FieldTypes;
  readonly #interpret: boolean;
  readonly #base: Environment;
  readonly #scopes: Scope[] = [];
  /** Names that mean the same in every check. */
  readonly #shared: ReadonlySet<string>;
  #surroundings: Surroundings = { linked: () => new LinkedReview(), identifiers: () => [] };

  constructor(options: CelOptions) {
    this.sections = options.sections;
    this.#freeText = options.freeText;
    this.#fields = { ...options.fields, Parameters: options.parameters };
    this.#interpret = options.interpret ?? false;
    const env = new Environment({ enableOptionalTypes: true, limits: LIMITS });
    registerFunctions(env, options.calendar, () => this.#surroundings, options.titleOf);
    registerTypes(env, options.fields, options.builder);
    env.registerType('Parameters', { ctor: Parameters, fields: { ...options.parameters } });
    for (const [name, type] of Object.entries(options.sections)) env.registerVariable(name, type);
    env.registerVariable('params', 'Parameters');
    env.registerVariable('as_of', 'google.protobuf.Timestamp');
    this.#shared = new Set([...Object.keys(options.sections), 'params', 'as_of', 'cel']);
    this.#base = env;
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
      expression = this.#parse(scope.env, source);
      scope.expressions.set(source, expression);
    }
    for (const [name, node] of expression.variables) {
      if (!(name in names) && scope.names.has(name))
        throw new ExpressionError(
          `Unknown variable: ${name}`,
          source,
          node.start,
          node.end,
          'unknown_variable',
        );
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
      const types = left.checkedType ? [left.checkedType.name] : Object.keys(this.#freeText);
      if (types.some(type => this.#freeText[type]?.includes(field))) {
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
      const ast = program.ast as unknown as AstNode;
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
      const variables = variablesIn(ast);
      const isShared = [...variables.keys()].every(name => this.#shared.has(name));
      const compiled = this.#interpret ? undefined : compileExpression(ast, this.sections, this.#fields);
      return {
        type: String(checked.type),
        source,
        ast,
        reads: parametersIn(ast),
        variables,
        isShared,
        evaluate: compiled ?? (context => program(context.toObject() as Record<string, unknown>)),
      };
    } catch (error) {
      if (error instanceof ExpressionError) throw error;
      return fail(error);
    }
  }

  /**
   * A scope in which the names have these types. Checks share scopes as long as their names agree: every further
   * environment has to work out its operators anew, which costs more than all expressions together.
   */
  #scope(names: Names): Scope {
    const agrees = (scope: Scope) =>
      Object.entries(names).every(([name, type]) => (scope.names.get(name) ?? type) === type);
    let scope = this.#scopes.find(agrees);
    if (!scope) {
      scope = { env: this.#base.clone(), names: new Map(), expressions: new Map() };
      this.#scopes.push(scope);
    }
    for (const [name, type] of Object.entries(names)) {
      if (scope.names.has(name)) continue;
      scope.env.registerVariable(name, type);
      scope.names.set(name, type);
    }
    return scope;
  }
}

/** Names of a check (entries, intermediate results) to their CEL types. */
export type Names = Readonly<Record<string, string>>;

interface Scope {
  readonly env: Environment;
  /** Every name of every check that shares the scope. */
  readonly names: Map<string, string>;
  readonly expressions: Map<string, Expression>;
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

interface CelFailure {
  readonly summary?: string;
  readonly message: string;
  readonly code?: string;
  readonly range?: { readonly start: number; readonly end: number };
}
