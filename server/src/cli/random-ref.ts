/** Makes pseudonyms. They are random, so that nothing about the case can be read from them. */
import { randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ';

/** Three pairs of a digit and a letter: a form that no postcode, plate or record number has. */
export function randomRef(prefix: 'CASE' | 'MIS'): string {
  const pair = () => `${randomInt(10)}${LETTERS[randomInt(LETTERS.length)]}`;
  return `${prefix}-${pair()}${pair()}${pair()}`;
}
