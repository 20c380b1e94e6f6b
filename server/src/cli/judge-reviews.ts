/**
 * A scan whose reviews are read and judged by several threads, or by the memory of an earlier run. It keeps the order of
 * `Workspace.scan`, on which the verdicts rest, and yields each report when it is final.
 */
import { unreadableReview } from '../check/check-review.ts';
import type { IndexRecord, Report } from '../engine/report.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { BATCH } from './jobs.ts';
import { hashOfLinked, type Known, type ReportCache } from './report-cache.ts';
import type { Question, ReadReview, Reviewer, UnreadReview } from './reviewer.ts';

export interface Judging {
  readonly workspace: Workspace;
  readonly reviewers: readonly Reviewer[];
  readonly cache?: ReportCache | undefined;
  /** Reviews that are not judged here and may be linked to. */
  readonly beside?: readonly string[] | undefined;
}

/** Batches for each reviewer that are begun and not told yet: a worker that starts, or a slow one, shall hold up no other. */
const BEGUN = 6;

/** A review that is read, and where its report may come from. */
interface Read {
  readonly reviewer: Reviewer;
  readonly text: string;
  readonly record: IndexRecord;
  readonly report?: Report;
  /** Of a report that is remembered: the hash of what it was judged by. */
  readonly linked?: string;
}

interface Batch {
  readonly uris: readonly string[];
  readonly reviewer: Reviewer;
  readonly answers: readonly (Known | ReadReview | UnreadReview)[];
}

export async function* judgeReviews(
  uris: readonly string[],
  { workspace, reviewers, cache, beside }: Judging,
): AsyncGenerator<Report | undefined> {
  const plan = workspace.plan(beside);
  const read = new Map<string, Read>();
  const batches = inBatches([...uris].sort());
  const reading: Promise<Batch>[] = [];
  const judging: Promise<readonly Report[]>[] = [];

  const most = reviewers.length * BEGUN;
  let next = 0;
  const begin = (): void => {
    while (next < batches.length && reading.length < most) {
      // While nobody reads, all may be judging what was linked.
      const isFree = (reviewer: Reviewer) => reading.length === 0 || reviewer.pending() <= reviewer.enough;
      const free = reviewers.filter(isFree);
      if (free.length === 0) return;
      const leastBusy = free.reduce((a, b) => (b.pending() < a.pending() ? b : a));
      push(reading, readBatch(batches[next++]!, leastBusy));
    }
  };

  const readBatch = async (uris: readonly string[], reviewer: Reviewer): Promise<Batch> => {
    const known = uris.map(uri => cache?.find(uri));
    const others = uris.filter((_, at) => known[at] === undefined);
    const answers = others.length === 0 ? [] : [...(await reviewer.read(others))];
    if (others.length > 0) begin();
    return { uris, reviewer, answers: known.map(one => one ?? answers.shift()!) };
  };

  /** What can be told at once; the rest is asked of those who read the reviews. */
  function* settle(ready: readonly string[]): Generator<Report> {
    const questions = new Map<Reviewer, Question[]>();
    for (const uri of ready) {
      const { reviewer, text, report, linked: known } = read.get(uri)!;
      const linked = plan.linked(uri);
      if (report === undefined || (known !== undefined && known !== hashOfLinked(linked))) {
        questions.set(reviewer, [...(questions.get(reviewer) ?? []), { uri, linked }]);
        continue;
      }
      if (known === undefined) cache?.keep(report, text, '');
      read.delete(uri);
      yield report;
    }
    for (const [reviewer, asked] of questions) push(judging, judge(reviewer, asked));
  }

  const judge = async (reviewer: Reviewer, questions: readonly Question[]): Promise<readonly Report[]> => {
    const judged = await reviewer.judge(questions);
    for (const [at, { report, text }] of judged.entries()) {
      const { uri, linked } = questions[at]!;
      // Somebody may have saved the file since it was read.
      if (text === read.get(uri)!.text) cache?.keep(report, text, hashOfLinked(linked));
      read.delete(uri);
    }
    return judged.map(({ report }) => report);
  };

  async function* collect(most: number): AsyncGenerator<Report> {
    while (judging.length > most) yield* (await judging.shift())!;
  }

  for (;;) {
    begin();
    const batch = await reading.shift();
    if (batch === undefined) break;
    for (const [at, uri] of batch.uris.entries()) {
      const answer = batch.answers[at]!;
      if ('problem' in answer) {
        yield unreadableReview(uri, answer.problem);
        continue;
      }
      read.set(uri, { ...answer, reviewer: batch.reviewer });
      yield* settle(plan.note(uri, answer.record));
    }
    yield* collect(most);
  }
  for (const batch of inBatches(plan.rest())) {
    yield* settle(batch);
    yield* collect(most);
  }
  yield* collect(0);
}

function inBatches(uris: readonly string[]): (readonly string[])[] {
  const count = Math.ceil(uris.length / BATCH);
  return Array.from({ length: count }, (_, at) => uris.slice(at * BATCH, (at + 1) * BATCH));
}

/** A promise that fails is noticed when its turn comes, not before. */
function push<T>(queue: Promise<T>[], promise: Promise<T>): void {
  promise.catch(() => {});
  queue.push(promise);
}
