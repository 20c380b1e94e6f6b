/**
 * What CEL's own operators and functions do, as far as rules use them, by the library's signatures. The library does
 * the same, which a test holds, but has to be set up first. What is not here is left to it.
 */

/** Given the values of both sides, or the receiver and the arguments. */
// biome-ignore lint/suspicious/noExplicitAny: the signature says what the values are, and the type check of CEL has settled it
export type Operation = (...values: any[]) => unknown;

/** What goes wrong while an expression is evaluated; the codes are the library's. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
  constructor(
    readonly code: 'no_such_key' | 'index_out_of_bounds' | 'numeric_overflow' | 'invalid_regular_expression',
  ) {
    super(code);
  }
}

const INSTANT = 'google.protobuf.Timestamp';

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  ...comparisons('int', (value: bigint) => value),
  ...comparisons('double', (value: number) => value),
  ...comparisons(INSTANT, (value: Date) => value.getTime()),
  [`${INSTANT} == ${INSTANT}: bool`]: (a: Date, b: Date) => a.getTime() === b.getTime(),
  [`${INSTANT} != ${INSTANT}: bool`]: (a: Date, b: Date) => a.getTime() !== b.getTime(),
  'K in map<K, V>: bool': (key: string, map: Readonly<Record<string, unknown>>) =>
    Object.hasOwn(map, key) && map[key] !== undefined,
  'int + int: int': (a: bigint, b: bigint) => int(a + b),
  'string + string: string': (a: string, b: string) => a + b,
  'string(int): string': (value: bigint) => String(value),
  'double(int): double': (value: bigint) => Number(value),
  'list<dyn>.size(): int': (list: readonly unknown[]) => BigInt(list.length),
  'map<dyn, dyn>.size(): int': (map: object) => BigInt(Object.keys(map).length),
  'string.contains(string): bool': (text: string, part: string) => text.includes(part),
  'string.startsWith(string): bool': (text: string, start: string) => text.startsWith(start),
  'string.matches(string): bool': (text: string, pattern: string) => regularExpression(pattern).test(text),
  'string.lowerAscii(): string': (text: string) => text.toLowerCase(),
};

function comparisons<T>(type: string, rank: (value: T) => bigint | number): Record<string, Operation> {
  return {
    [`${type} < ${type}: bool`]: (a: T, b: T) => rank(a) < rank(b),
    [`${type} <= ${type}: bool`]: (a: T, b: T) => rank(a) <= rank(b),
    [`${type} > ${type}: bool`]: (a: T, b: T) => rank(a) > rank(b),
    [`${type} >= ${type}: bool`]: (a: T, b: T) => rank(a) >= rank(b),
  };
}

function int(value: bigint): bigint {
  if (BigInt.asIntN(64, value) !== value) throw new EvaluationError('numeric_overflow');
  return value;
}

function regularExpression(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch {
    throw new EvaluationError('invalid_regular_expression');
  }
}
