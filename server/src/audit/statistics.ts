/** How far a share can be relied on, and whether two differ by more than chance. */
import { gammaln } from 'simple-statistics';

/** A count out of a population. */
export interface Proportion {
  readonly count: number;
  readonly of: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Of the normal distribution: 95 % lie within so many standard deviations. */
const Z = 1.959963984540054;

/** Wilson's score interval at 95 %, which holds for small populations and for shares near 0 and 1. */
export function wilsonInterval({ count, of }: Proportion): Interval {
  const share = count / of;
  const scale = 1 + Z ** 2 / of;
  const middle = (share + Z ** 2 / (2 * of)) / scale;
  const half = (Z * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2))) / scale;
  // None and all are exact ends, which rounding would miss by a hair.
  return { low: count === 0 ? 0 : middle - half, high: count === of ? 1 : middle + half };
}

/**
 * Fisher's exact test, two-sided: how probable are shares that lie at least as unusually if both populations are alike?
 * Exact for any size, so no rule of thumb decides when it may be used.
 */
export function fisherTest(a: Proportion, b: Proportion): number {
  const [drawn, all] = [a.count + b.count, a.of + b.of];
  const probability = (count: number) =>
    Math.exp(logChoose(a.of, count) + logChoose(b.of, drawn - count) - logChoose(all, drawn));
  const observed = probability(a.count);
  let sum = 0;
  for (let count = Math.max(0, drawn - b.of); count <= Math.min(a.of, drawn); count++) {
    const other = probability(count);
    // Equal ones may differ by rounding.
    if (other <= observed * (1 + 1e-7)) sum += other;
  }
  return Math.min(1, sum);
}

function logChoose(of: number, count: number): number {
  return gammaln(of + 1) - gammaln(count + 1) - gammaln(of - count + 1);
}

/**
 * Holm's adjustment: with many comparisons some look unusual by chance alone. Of all that are below 5 % afterwards, the
 * chance that even one is false is below 5 %. In the order given.
 */
export function adjustForMany(probabilities: readonly number[]): number[] {
  const order = [...probabilities.keys()].sort((a, b) => probabilities[a]! - probabilities[b]!);
  const adjusted = Array.from(probabilities, () => 1);
  let least = 0;
  for (const [rank, at] of order.entries()) {
    least = Math.max(least, Math.min(1, probabilities[at]! * (probabilities.length - rank)));
    adjusted[at] = least;
  }
  return adjusted;
}
