/**
 * Turns reports into text as they become final, in any order, and writes the texts in the order of the reviews.
 * Only texts wait for their turn, so that memory does not grow with what was read.
 */
import type { Report } from '../engine/report.ts';
import type { RunResult } from '../render/format.ts';
import type { Sink } from './formats.ts';
import type { Progress } from './progress.ts';

export interface OrderedOutput {
  readonly add: (report: Report) => Promise<void>;
  readonly finish: (result: RunResult) => Promise<void>;
}

export function createOrderedOutput(
  uris: readonly string[],
  sinks: readonly Sink[],
  { hide }: Pick<Progress, 'hide'>,
): OrderedOutput {
  const waiting = new Map<string, readonly string[]>();
  const isEmpty = sinks.map(() => true);
  let next = 0;
  for (const { format, writer } of sinks) writer.write(format.begin());

  const write = (texts: readonly string[]): void => {
    for (const [at, { format, writer }] of sinks.entries()) {
      const text = texts[at] ?? '';
      if (text === '') continue;
      writer.write(isEmpty[at] ? text : format.separator + text);
      isEmpty[at] = false;
    }
  };

  return {
    add: async report => {
      const texts = sinks.map(({ format }) => format.review(report));
      waiting.set(report.uri, texts);
      for (let uri = uris[next]; uri !== undefined; uri = uris[next]) {
        const due = waiting.get(uri);
        if (due === undefined) break;
        waiting.delete(uri);
        next++;
        write(due);
      }
      for (const { writer } of sinks) {
        if (!writer.isFull()) continue;
        hide();
        await writer.flush();
      }
    },
    finish: async result => {
      if (next !== uris.length)
        throw new Error('The workspace gave no report for a review that was asked for.');
      for (const [at, { format, writer }] of sinks.entries()) {
        writer.write(format.end(result, isEmpty[at] ?? true));
        await writer.flush();
        writer.finish();
      }
    },
  };
}
