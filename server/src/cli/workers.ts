/** Worker threads as reviewers: the same program, started once more for each. */
import { Worker } from 'node:worker_threads';
import type { WorkspaceOptions } from '../workspace/workspace-options.ts';
import type { Reviewer } from './reviewer.ts';
import type { Answer, Task } from './worker.ts';

/** What a review leaves behind is gone with the next; more room for it costs memory and spares no time. */
const YOUNG = { maxYoungGenerationSizeMb: 12 };

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
