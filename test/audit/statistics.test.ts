/** Intervals and tests against figures worked out elsewhere. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { adjustForMany, fisherTest, wilsonInterval } from '../../server/src/audit/statistics.ts';

const near = (actual: number, expected: number, within = 5e-4) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected}`);

const proportion = fc
  .integer({ min: 1, max: 400 })
  .chain(of => fc.record({ count: fc.nat(of), of: fc.constant(of) }));

describe('the interval of a share', () => {
  // Newcombe (1998), table I, score method without continuity correction.
  for (const [count, of, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const)
    test(`of ${count} in ${of} is ${low} to ${high}`, () => {
      const interval = wilsonInterval({ count, of });
      near(interval.low, low, 6e-5);
      near(interval.high, high, 6e-5);
    });

  test('holds the share and lies between none and all', () => {
    fc.assert(
      fc.property(proportion, ({ count, of }) => {
        const { low, high } = wilsonInterval({ count, of });
        assert.ok(0 <= low && low <= count / of && count / of <= high && high <= 1);
      }),
    );
  });
});

describe("Fisher's test", () => {
  test('gives the lady who tasted tea her probability', () => {
    near(fisherTest({ count: 3, of: 4 }, { count: 1, of: 4 }), 34 / 70, 1e-9);
    near(fisherTest({ count: 4, of: 4 }, { count: 0, of: 4 }), 2 / 70, 1e-9);
  });

  test('finds nothing in equal shares, and does not mind which comes first', () => {
    near(fisherTest({ count: 5, of: 10 }, { count: 50, of: 100 }), 1, 1e-9);
    fc.assert(
      fc.property(proportion, proportion, (a, b) => {
        const probability = fisherTest(a, b);
        assert.ok(probability > 0 && probability <= 1);
        near(fisherTest(b, a), probability, 1e-9);
      }),
    );
  });

  test('is exact for thousands of reviews too', () => {
    near(fisherTest({ count: 5000, of: 10_000 }, { count: 5000, of: 10_000 }), 1, 1e-6);
    assert.ok(fisherTest({ count: 5000, of: 10_000 }, { count: 5500, of: 10_000 }) < 1e-10);
  });
});

describe('the adjustment for many comparisons', () => {
  test('multiplies the smallest by their number, the next by one less, and never turns the order', () => {
    const adjusted = adjustForMany([0.04, 0.01, 0.03]);
    for (const [at, expected] of [0.06, 0.03, 0.06].entries()) near(adjusted[at]!, expected, 1e-12);
  });

  test('leaves a single one as it is and never makes one smaller', () => {
    assert.deepEqual(adjustForMany([0.04]), [0.04]);
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), probabilities => {
        for (const [at, value] of adjustForMany(probabilities).entries())
          assert.ok(value >= probabilities[at]! && value <= 1);
      }),
    );
  });
});
