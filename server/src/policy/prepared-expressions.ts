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
  readonly reads: readonly string[];
  /** The variables it uses, those of its macros left out. */
  readonly variables: readonly string[];
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

/** One expression a line: its source as JSON, a tab, and what belongs to it. */
export function prepareExpressions(expressions: Iterable<Prepared>): string {
  const lines = [...expressions].map(({ checked, names, parameters }) => {
    const { source, type, variables, ast } = checked;
    const rest: Line = { type, variables, names, parameters, ast };
    return `${JSON.stringify(source)}\t${JSON.stringify(rest)}`;
  });
  return [...new Set(lines)].join('\n');
}

interface Line {
  readonly type: string;
  readonly variables: readonly string[];
  readonly names: Types;
  readonly parameters: Types;
  readonly ast: AstNode;
}

export class PreparedExpressions {
  /** What stands behind a source, once for each choice of types. */
  readonly #lines = new Map<string, string[]>();

  constructor(text: string) {
    for (const line of text.split('\n')) {
      const [source, rest] = line.split('\t') as [string, string];
      const same = this.#lines.get(source);
      if (same) same.push(rest);
      else this.#lines.set(source, [rest]);
    }
  }

  /** Undefined for an expression that was not prepared, or with other types. */
  find(source: string, names: Types, parameters: Types): CheckedExpression | undefined {
    for (const text of this.#lines.get(JSON.stringify(source)) ?? []) {
      const line: Line = JSON.parse(text);
      if (!agrees(line.names, names) || !agrees(line.parameters, parameters)) continue;
      return {
        ...{ source, type: line.type, ast: line.ast, variables: line.variables },
        reads: Object.keys(line.parameters),
      };
    }
    return undefined;
  }
}

const agrees = (wanted: Types, given: Types) =>
  Object.entries(wanted).every(([name, type]) => given[name] === type);
