/**
 * Expressions that were parsed and type-checked when the program was built, as a text from which each is read when it
 * is asked for: of a pack of a thousand expressions, a review needs some hundred.
 */
import type { AstNode } from './cel-node.ts';

/** What the library found out about an expression. */
export interface CheckedExpression {
  readonly source: string;
  readonly type: string;
  /** The parameters it mentions. */
  readonly reads: ReadonlySet<string>;
  /** The variables it uses, those of its macros left out. */
  readonly variables: ReadonlySet<string>;
  readonly ast: AstNode;
}

/** CEL types of names. */
export type Types = Readonly<Record<string, string>>;

/** An expression with the types it was checked with; it holds wherever these names have them. */
export interface Prepared {
  readonly checked: CheckedExpression;
  readonly names: Types;
  readonly parameters: Types;
}

/**
 * One expression a line: its source, a tab, and everything else. Nodes are arrays, and the words of nodes that come
 * again and again are numbers, their places in a table that stands in the first line.
 */
export function prepareExpressions(expressions: Iterable<Prepared>): string {
  const table: string[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (word: string) => {
    let number = numbers.get(word);
    if (number === undefined) {
      number = table.push(word) - 1;
      numbers.set(word, number);
    }
    return number;
  };
  const encode = (value: unknown): unknown => {
    if (typeof value === 'bigint') return { int: String(value) };
    if (Array.isArray(value)) return value.map(encode);
    if (typeof value !== 'object' || value === null) return value;
    const { op, start, end, type, overload, args } = value as AstNode;
    return [numberOf(op), start, end, numberOf(type ?? ''), numberOf(overload ?? ''), encode(args)];
  };
  const lines = [...expressions].map(({ checked, names, parameters }) => {
    const { source, type, variables, ast } = checked;
    return [source, [type, [...variables], names, parameters, encode(ast)]]
      .map(part => JSON.stringify(part))
      .join('\t');
  });
  return [JSON.stringify(table), ...new Set(lines)].join('\n');
}

export class PreparedExpressions {
  readonly #table: readonly string[];
  /** What stands behind a source, once for each choice of types. */
  readonly #lines = new Map<string, string[]>();

  constructor(text: string) {
    const [table, ...lines] = text.split('\n');
    this.#table = JSON.parse(table!);
    for (const line of lines) {
      const [source, rest] = line.split('\t') as [string, string];
      const same = this.#lines.get(source);
      if (same) same.push(rest);
      else this.#lines.set(source, [rest]);
    }
  }

  /** Undefined for an expression that was not prepared, or with other types. */
  find(source: string, names: Types, parameters: Types): CheckedExpression | undefined {
    for (const line of this.#lines.get(JSON.stringify(source)) ?? []) {
      const [type, variables, itsNames, itsParameters, tree] = JSON.parse(line);
      if (!agrees(itsNames, names) || !agrees(itsParameters, parameters)) continue;
      const decode = () => this.#decode(tree) as AstNode;
      let ast: AstNode | undefined;
      return {
        ...{ source, type, variables: new Set(variables), reads: new Set(Object.keys(itsParameters)) },
        get ast() {
          ast ??= decode();
          return ast;
        },
      };
    }
    return undefined;
  }

  #decode(value: unknown): unknown {
    if (!Array.isArray(value)) return isInt(value) ? BigInt(value.int) : value;
    if (typeof value[0] !== 'number') return value.map(part => this.#decode(part));
    const [op, start, end, type, overload, args] = value;
    return {
      ...{ op: this.#table[op]!, args: this.#decode(args), start, end },
      type: this.#table[type] || undefined,
      overload: this.#table[overload] || undefined,
    };
  }
}

const isInt = (value: unknown): value is { readonly int: string } =>
  typeof value === 'object' && value !== null && 'int' in value;

const agrees = (wanted: Types, given: Types) =>
  Object.entries(wanted).every(([name, type]) => given[name] === type);
