/**
 * RFC 6902 on plain data, with `rename` besides and with parents made where they are absent: what a patch means.
 * How the same change is written into a text is for `patch-to-edits.ts`.
 */
import { findPair, parsePointer } from './locate.ts';
import type { TreeNode } from './located-tree.ts';
import type { PatchOperation } from './report.ts';

export type PlainMap = Readonly<Record<string, unknown>>;

/** The tree as plain data, empty values kept as null; of a key written twice the last counts, as for pointers. */
export function toPlain(node: TreeNode | undefined): unknown {
  if (node === undefined) return null;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'seq') return node.items.map(toPlain);
  return mapOf(
    node.pairs
      .filter(pair => findPair(node, pair.key) === pair)
      .map(({ key, value }) => [key, toPlain(value)]),
  );
}

/** What an `add` puts at the place where the path leaves what exists: the value inside its new parents. */
export function wrapInParents(segments: readonly string[], value: unknown): unknown {
  return segments.reduceRight<unknown>(
    (inner, segment) => (segment === '-' || segment === '0' ? [inner] : mapOf([[segment, inner]])),
    value,
  );
}

/** The data after the patch; undefined where an operation has nothing to work on. The argument stays as it is. */
export function patchValue(
  value: unknown,
  patch: readonly PatchOperation[],
): { readonly value: unknown } | undefined {
  let result: Changed = { value };
  for (const operation of patch) {
    const segments = parsePointer(operation.path);
    const next = segments && change(result.value, segments, operation);
    if (next === undefined || next === 'removed') return undefined;
    result = next;
  }
  return result;
}

interface Changed {
  readonly value: unknown;
}

function change(
  value: unknown,
  segments: readonly string[],
  operation: PatchOperation,
): Changed | 'removed' | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) {
    if (operation.op === 'remove') return 'removed';
    return operation.op === 'rename' ? undefined : { value: operation.value };
  }
  if (value === null)
    return operation.op === 'add' ? { value: wrapInParents(segments, operation.value) } : undefined;
  if (Array.isArray(value)) return changeList(value, segment, rest, operation);
  return isMap(value) ? changeMap(value, segment, rest, operation) : undefined;
}

function changeList(
  list: readonly unknown[],
  segment: string,
  rest: readonly string[],
  operation: PatchOperation,
): Changed | undefined {
  const index = segment === '-' ? list.length : /^(?:0|[1-9]\d*)$/.test(segment) ? Number(segment) : -1;
  if (index < 0 || index > list.length) return undefined;
  if (operation.op === 'add' && (rest.length === 0 || index === list.length)) {
    return { value: list.toSpliced(index, 0, wrapInParents(rest, operation.value)) };
  }
  if (index === list.length) return undefined;
  const changed = change(list[index], rest, operation);
  if (changed === 'removed') return { value: list.toSpliced(index, 1) };
  return changed && { value: list.with(index, changed.value) };
}

function changeMap(
  map: PlainMap,
  segment: string,
  rest: readonly string[],
  operation: PatchOperation,
): Changed | undefined {
  const entries = Object.entries(map);
  const index = entries.findIndex(([key]) => key === segment);
  if (index < 0) {
    if (operation.op !== 'add') return undefined;
    return { value: mapOf([...entries, [segment, wrapInParents(rest, operation.value)]]) };
  }
  if (operation.op === 'rename' && rest.length === 0) {
    const { value: key } = operation;
    if (typeof key !== 'string' || (key !== segment && Object.hasOwn(map, key))) return undefined;
    return { value: mapOf(entries.with(index, [key, entries[index]![1]])) };
  }
  const changed = change(entries[index]![1], rest, operation);
  if (changed === 'removed') return { value: mapOf(entries.toSpliced(index, 1)) };
  return changed && { value: mapOf(entries.with(index, [segment, changed.value])) };
}

/** Equal as data; the order of keys does not count. */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => isSameValue(item, b[i]));
  }
  if (!isMap(a)) return a === b;
  if (!isMap(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => Object.hasOwn(b, key) && isSameValue(a[key], b[key]))
  );
}

export function isMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Without a prototype, so that a key such as `__proto__` is a key like any other. */
function mapOf(entries: readonly (readonly [string, unknown])[]): PlainMap {
  const map: Record<string, unknown> = Object.create(null);
  for (const [key, value] of entries) map[key] = value;
  return map;
}
