/** The side of a worker: one file provider and one judge, and an answer to every message. */
import type { MessagePort } from 'node:worker_threads';
import { createDiskFiles } from '../files/disk-files.ts';
import { createJudge } from '../workspace/review-judge.ts';
import type { WorkspaceOptions } from '../workspace/workspace-options.ts';
import {
  FileReviewer,
  type JudgedReview,
  type Question,
  type ReadReview,
  type UnreadReview,
} from './reviewer.ts';

/** What the main thread asks. */
export type Task =
  | { readonly id: number; readonly read: readonly string[] }
  | { readonly id: number; readonly judge: readonly Question[] };

export interface Answer {
  readonly id: number;
  readonly read?: readonly (ReadReview | UnreadReview)[];
  readonly judged?: readonly JudgedReview[];
}

export function serveMainThread(port: MessagePort, options: WorkspaceOptions): void {
  const files = createDiskFiles();
  const reviewer = new FileReviewer(files, createJudge(files, options));
  port.on('message', (task: Task) => {
    const answer: Answer =
      'read' in task
        ? { id: task.id, read: reviewer.read(task.read) }
        : { id: task.id, judged: reviewer.judge(task.judge) };
    port.postMessage(answer);
  });
}
