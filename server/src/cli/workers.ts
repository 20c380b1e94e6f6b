/** Worker threads as reviewers: the same program, started once more for each. */
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { WorkspaceOptions } from '../workspace/workspace-options.ts';
import { BATCH } from './jobs.ts';
import type { Reviewer } from './reviewer.ts';
import type { Answer, Task } from './worker.ts';

/** What a review leaves behind is gone with the next. Half the room takes a little longer, twice the room more memory. Three times what the starter lets it begin with. */
const YOUNG = { maxYoungGenerationSizeMb: 24 };

export interface Workers {
  readonly reviewers: readonly Reviewer[];
  readonly stop: () => Promise<void>;
}

export function startWorkers(count: number, program: string, options: WorkspaceOptions): Workers {
  // From here on V8 would let the young memory of this thread grow to 64 MB, which spares no time.
  if (Number.parseInt(process.versions.v8, 10) >= 13) setFlagsFromString('--semi-space-growth-factor=1');
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
  readonly reviews: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

class RemoteReviewer implements Reviewer {
  /** A worker's next work is there before it is asked for. */
  readonly enough = 2 * BATCH;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #pending = 0;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (answer: Answer) => {
      const waiting = this.#waiting.get(answer.id)!;
      this.#waiting.delete(answer.id);
      this.#pending -= waiting.reviews;
      waiting.resolve(answer);
    });
    // Out of memory, or a fault of ours: the run cannot be relied on.
    worker.on('error', error => {
      for (const { reject } of this.#waiting.values()) reject(error);
    });
  }

  pending(): number {
    return this.#pending;
  }

  async read(uris: readonly string[]) {
    return (await this.#ask(uris.length, id => ({ id, read: uris }))).read!;
  }

  async judge(questions: Parameters<Reviewer['judge']>[0]) {
    return (await this.#ask(questions.length, id => ({ id, judge: questions }))).judged!;
  }

  #ask(reviews: number, task: (id: number) => Task): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const id = this.#asked++;
      this.#waiting.set(id, { reviews, resolve, reject });
      this.#pending += reviews;
      this.#worker.postMessage(task(id));
    });
  }
}
