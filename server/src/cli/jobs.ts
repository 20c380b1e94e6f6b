/** How many threads judge, and how much each is given at once. */
import { availableParallelism } from 'node:os';
import { UsageError } from './exit-code.ts';

/** How many reviews a reviewer is given at once: enough to make the way between threads cheap, and little enough to end together. */
export const BATCH = 16;

/** Fewer are judged by this thread about as soon as a worker is of use. */
const WORTH_A_WORKER = 200;
/** One of them hands out work and writes the findings as well; of more threads, the others wait for it. */
const MOST_BY_DEFAULT = 8;

export function readJobs(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new UsageError('--jobs needs a whole number from 1, such as 4.');
}

/** As many as were asked for, but none that would have nothing to do; one means that this thread judges. */
export function jobsFor(reviews: number, asked: number | undefined): number {
  const wanted = asked ?? (reviews < WORTH_A_WORKER ? 1 : Math.min(availableParallelism(), MOST_BY_DEFAULT));
  return Math.min(wanted, Math.ceil(reviews / BATCH));
}
