/** The library checks only the first name inside `has()`: here the fields behind it are checked as well. */
import type { FieldTypes } from '../engine/facts.ts';
import { type AstNode, walk } from './cel-node.ts';

export interface UnknownField {
  readonly name: string;
  readonly node: AstNode;
}

/** The first field in a `has()` that its type does not have: the question would be answered with no, for ever. */
export function unknownInHas(ast: AstNode, fields: FieldTypes): UnknownField | undefined {
  let found: UnknownField | undefined;
  walk(ast, node => {
    if (found || node.op !== 'call') return;
    const [name, args] = node.args as [string, readonly AstNode[]];
    if (name === 'has' && args[0]) found = unknownIn(args[0], fields).unknown;
  });
  return found;
}

/** The type of a selection, as far as it has fields that are known here. */
function unknownIn(
  node: AstNode,
  fields: FieldTypes,
): { readonly type?: string | undefined; readonly unknown?: UnknownField } {
  if (node.op !== '.' && node.op !== '.?') return { type: node.type };
  const [left, name] = node.args as [AstNode, string];
  const owner = unknownIn(left, fields);
  const known = owner.type === undefined ? undefined : fields[owner.type];
  if (owner.unknown || !known) return { ...owner, type: undefined };
  const type = known[name];
  return type === undefined ? { unknown: { name, node } } : { type };
}
