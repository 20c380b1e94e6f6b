/** The library's checked syntax tree as plain data, with what the library found out about types and overloads. */
import type { AstNode } from './cel-node.ts';
import type { Operation } from './cel-operations.ts';

/** A node of the library, as far as we look at it. Types and candidates are there once the type check has passed. */
export interface LibraryNode {
  readonly op: string;
  readonly args: unknown;
  readonly start: number;
  readonly end: number;
  readonly checkedType?: LibraryType;
  readonly candidates?: Candidates;
}

interface LibraryType {
  readonly name: string;
  /** True where only the value says what it is. */
  readonly hasDynType: boolean;
}

/** The overloads of a function or an operator, by the types of what they are given. */
interface Candidates {
  findBinaryOverload(left: LibraryType, right: LibraryType): Overload | false;
  findFunction(args: readonly LibraryType[], receiver: LibraryType | null): Overload | null;
}

interface Overload {
  readonly signature: string;
  readonly handler: Operation;
}

/** `found` is told of every overload that the tree uses. */
export function checkedTree(node: LibraryNode, found: (overload: Overload) => void): AstNode {
  const { op, start, end, checkedType } = node;
  const overload = overloadOf(node);
  if (overload) found(overload);
  const part = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(part);
    if (typeof value === 'bigint') return { int: String(value) };
    return isLibraryNode(value) ? checkedTree(value, found) : value;
  };
  return { op, args: part(node.args), start, end, type: checkedType?.name, overload: overload?.signature };
}

function overloadOf({ op, args, candidates }: LibraryNode): Overload | undefined {
  if (!candidates || !Array.isArray(args)) return undefined;
  if (op === 'call') return functionOf(candidates, (args as [string, LibraryNode[]])[1]);
  if (op === 'rcall') {
    const [, receiver, rest] = args as [string, LibraryNode, LibraryNode[]];
    return functionOf(candidates, rest, receiver);
  }
  const types = settledTypes(args as LibraryNode[]);
  return (types?.length === 2 && candidates.findBinaryOverload(types[0]!, types[1]!)) || undefined;
}

function functionOf(
  candidates: Candidates,
  args: readonly LibraryNode[],
  receiver?: LibraryNode,
): Overload | undefined {
  const types = settledTypes(args);
  const receiverTypes = receiver && settledTypes([receiver]);
  if (!types || (receiver && !receiverTypes)) return undefined;
  return candidates.findFunction(types, receiverTypes?.[0] ?? null) ?? undefined;
}

/** Undefined where one of them is open. */
function settledTypes(nodes: readonly LibraryNode[]): readonly LibraryType[] | undefined {
  const types = nodes.map(node => node.checkedType);
  return types.every(type => type !== undefined && !type.hasDynType) ? (types as LibraryType[]) : undefined;
}

const isLibraryNode = (value: unknown): value is LibraryNode =>
  typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
