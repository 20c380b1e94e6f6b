/** Which fields of a review an expression looks at: what an explanation shows, found without running anything. */
import { escapeSegment } from '../engine/locate.ts';
import { type AstNode, isNode, MACROS } from './cel-node.ts';

export interface FieldsRead {
  /** JSON pointers with `*` for any entry of a list and any key of a map. */
  readonly fields: ReadonlySet<string>;
  /** Where the value of the expression itself stands, if it stands anywhere. */
  readonly pattern: string | undefined;
}

/** Where the variables of an expression stand; undefined, or absent, for one that stands nowhere. */
export type Patterns = Readonly<Record<string, string | undefined>>;

/** Looks at the sections and entries that `patterns` names. */
export function fieldsRead(ast: AstNode, patterns: Patterns): FieldsRead {
  const fields = new Set<string>();
  const pattern = new Reader(fields).find(ast, patterns);
  if (pattern !== undefined) fields.add(pattern);
  return { fields, pattern };
}

class Reader {
  readonly #fields: Set<string>;

  constructor(fields: Set<string>) {
    this.#fields = fields;
  }

  /** Notes everything that a node reads, and returns where its value stands. */
  find(node: AstNode, patterns: Patterns): string | undefined {
    switch (node.op) {
      case 'id':
        return patterns[String(node.args)];
      case '.':
      case '.?': {
        const [left, field] = node.args as [AstNode, string];
        const base = this.find(left, patterns);
        return base === undefined ? undefined : `${base}/${escapeSegment(field)}`;
      }
      case '[]':
      case '[?]': {
        const [left, key] = node.args as [AstNode, AstNode];
        this.#note(key, patterns);
        const base = this.find(left, patterns);
        return base === undefined ? undefined : `${base}/*`;
      }
      case 'rcall':
        return this.#call(node, patterns);
      default:
        this.#note(node.args, patterns);
        return undefined;
    }
  }

  #call(node: AstNode, patterns: Patterns): string | undefined {
    const [name, receiver, args] = node.args as [string, AstNode, AstNode[]];
    const [first, ...rest] = args;
    const list = this.find(receiver, patterns);
    if (MACROS.has(name) && first?.op === 'id') {
      const variable = String(first.args);
      // `cel.bind(name, value, expression)` has no list: its name stands where the value stands.
      const [bound, body] = name === 'bind' ? rest : [undefined, rest];
      const entry = bound ? this.find(bound, patterns) : list && `${list}/*`;
      this.#note(body, { ...patterns, [variable]: entry });
      return name === 'filter' ? list : undefined;
    }
    if (list !== undefined) this.#fields.add(list);
    this.#note(args, patterns);
    return name === 'orValue' ? list : undefined;
  }

  #note(value: unknown, patterns: Patterns): void {
    if (Array.isArray(value)) for (const part of value) this.#note(part, patterns);
    else if (isNode(value)) {
      const pattern = this.find(value, patterns);
      if (pattern !== undefined) this.#fields.add(pattern);
    }
  }
}
