/** Worker threads as reviewers: the same program, started once more for each. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { WorkspaceOptions } from '../workspace/workspace-options.ts';
import { UsageError } from './exit-code.ts';
import { BATCH, type Reviewer } from './reviewer.ts';
import type { Answer, Task } from './worker.ts';

/** Fewer reviews are judged before a worker has started. */
const WORTH_A_WORKER = 200;
/** One thread hands out work and writes the findings; with more workers they wait for it. */
const MOST_BY_DEFAULT = 8;

/** What a review leaves behind is gone with the next; more room for it costs memory and spares no time. */
const YOUNG = { maxYoungGenerationSizeMb: 24 };

export function readJobs(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new UsageError('--jobs needs a whole number from 1, such as 4.');
}

/** As many as were asked for, but none that would have nothing to do; one means that this thread judges. */
export function jobsFor(reviews: number, asked: number | undefined): number {
  const wanted = asked ?? (reviews < WORTH_A_WORKER ? 1 : Math.min(availableParallelism(), MOST_BY_DEFAULT));
  return Math.min(wanted, Math.ceil(reviews / BATCH));
}

export interface Workers {
  readonly reviewers: readonly Reviewer[];
  readonly stop: () => Promise<void>;
}

export function startWorkers(count: number, program: string, options: WorkspaceOptions): Workers {
  const workers = Array.from(
    { length: count },
    () => new Worker(program, { workerData: options, resourceLimits: YOUNG }),
  );
  return {
    reviewers: workers.map(worker => new RemoteReviewer(worker)),
    stop: async () => void (await Promise.all(workers.map(worker => worker.terminate()))),
  };
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

class RemoteReviewer implements Reviewer {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (answer: Answer) => {
      this.#waiting.get(answer.id)?.resolve(answer);
      this.#waiting.delete(answer.id);
    });
    // Out of memory, or a fault of ours: the run cannot be relied on.
    worker.on('error', error => {
      for (const { reject } of this.#waiting.values()) reject(error);
    });
  }

  pending(): number {
    return this.#waiting.size;
  }

  async read(uris: readonly string[]) {
    return (await this.#ask(id => ({ id, read: uris }))).read!;
  }

  async judge(questions: Parameters<Reviewer['judge']>[0]) {
    return (await this.#ask(id => ({ id, judge: questions }))).judged!;
  }

  #ask(task: (id: number) => Task): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const id = this.#asked++;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage(task(id));
    });
  }
}
