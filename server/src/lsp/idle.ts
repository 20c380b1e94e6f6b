/** Doing things between messages: work that waits for a quiet moment, long work cut into slices, and work that rests. */
import type { CancellationToken } from 'vscode-languageserver';

/** Long enough to get on, short enough that nobody notices waiting for one slice. */
const SLICE_MS = 3;

/** While the user types or asks, work that nobody waits for does one slice in this time. */
const REST_MS = 100;

/**
 * Returns a function that asks for one call of `run`, once the messages received so far are handled.
 * The JSON-RPC library handles one message per turn of the event loop, so two turns without a new request are quiet.
 */
export function createIdleCall(run: () => void): () => void {
  let turns = 0;
  const turn = (): void => {
    turns -= 1;
    if (turns > 0) setImmediate(turn);
    else run();
  };
  return () => {
    if (turns === 0) setImmediate(turn);
    turns = 2;
  };
}

/** Takes one step after the other, letting messages in every few milliseconds; stops when cancelled. */
export async function runInSlices<T>(
  items: Iterable<T>,
  step: (item: T) => void,
  token?: CancellationToken,
  pause = letMessagesIn,
): Promise<void> {
  let end = performance.now() + SLICE_MS;
  for (const item of items) {
    if (token?.isCancellationRequested) return;
    step(item);
    if (performance.now() >= end) {
      await pause();
      end = performance.now() + SLICE_MS;
    }
  }
}

/** Two turns: in the first a message arrives from the stream, in the second it is handled. */
export async function letMessagesIn(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise<void>(resolve => setImmediate(resolve));
}

export interface Pace {
  /** The user has typed or asked something. */
  note(): void;
  /** Lets messages in, and rests while the user is at work: a slice would stand in the way of the next letter. */
  rest(): Promise<void>;
}

export function createPace(): Pace {
  let noted = Number.NEGATIVE_INFINITY;
  return {
    note() {
      noted = performance.now();
    },
    async rest() {
      await letMessagesIn();
      if (performance.now() - noted < REST_MS) await new Promise(resolve => setTimeout(resolve, REST_MS));
    },
  };
}

/** Empties a set while it is walked, so that what is added meanwhile has its turn as well. */
export function* drain<T>(set: Set<T>): Generator<T> {
  for (const item of set) {
    set.delete(item);
    yield item;
  }
}
