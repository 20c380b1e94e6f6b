/** Makes pseudonyms. They are random, so that nothing about the case can be read from them. */

const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ';

/** Three pairs of a digit and a letter, as the schema wants them, behind a prefix such as `CASE`. */
export function randomRef(prefix: string): string {
  const pair = (): string => `${randomBelow(10)}${LETTERS[randomBelow(LETTERS.length)]}`;
  return `${prefix}-${pair()}${pair()}${pair()}`;
}

function randomBelow(limit: number): number {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return random % limit;
}
