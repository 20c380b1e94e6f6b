// Seeded randomness and pseudonyms: the same seed and index give the same choices for ever, on every machine.

/** mulberry32, and the few ways of choosing that the corpus needs. */
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    int: (lowest, highest) => lowest + Math.floor(next() * (highest - lowest + 1)),
    pick: list => list[Math.floor(next() * list.length)],
    chance: share => next() < share,
  };
}

export const randomOf = (seed, index) =>
  random(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));

const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ';
const PAIRS = 10 * LETTERS.length;
/** How many pseudonyms of three digit-letter pairs there are. */
const PSEUDONYMS = PAIRS ** 3;

/** A pseudonym such as CASE-4T7Q2M; different for every number below ten million. */
export function pseudonym(prefix, number) {
  // The factor shares no divisor with 220, so that no two numbers meet.
  let rest = (number * 4_808_479 + 1_234_567) % PSEUDONYMS;
  let body = '';
  for (let pair = 0; pair < 3; pair++) {
    const value = rest % PAIRS;
    rest = Math.floor(rest / PAIRS);
    body += `${Math.floor(value / LETTERS.length)}${LETTERS[value % LETTERS.length]}`;
  }
  return `${prefix}-${body}`;
}
