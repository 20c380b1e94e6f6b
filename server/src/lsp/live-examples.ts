/** The examples of open rule files, judged again after each change, a slice at a time. */
import type { CheckedExample } from '../check/check-examples.ts';
import type { ParsedText } from '../engine/located-tree.ts';
import type { PolicyProblem } from '../engine/report.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Fence } from './fence.ts';
import { createIdleCall, drain, runInSlices } from './idle.ts';

export interface LiveExamples {
  /** How the examples of a rule file behaved when they were last judged. */
  of(uri: string): readonly CheckedExample[];
  problems(uri: string): readonly PolicyProblem[];
  /** These policy files have changed. */
  note(uris: readonly string[]): void;
  onJudged(listener: () => void): void;
}

export function createLiveExamples({ desk }: Workspace, fence: Fence): LiveExamples {
  const judged = new Map<string, readonly CheckedExample[]>();
  const waiting = new Set<string>();
  const listeners: (() => void)[] = [];
  let isRunning = false;

  const judge = async (uri: string, parsed: ParsedText | undefined): Promise<void> => {
    const examples: CheckedExample[] = [];
    await runInSlices(desk.examples(uri), example => void examples.push(example));
    // What was written meanwhile is judged next.
    if (desk.parsed(uri) === parsed) judged.set(uri, examples);
    else if (desk.parsed(uri)) waiting.add(uri);
    else judged.delete(uri);
  };

  const run = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    try {
      for (const uri of drain(waiting)) await judge(uri, desk.parsed(uri));
    } finally {
      isRunning = false;
    }
    for (const listener of listeners) listener();
  };
  const runWhenIdle = createIdleCall(fence.event('examples', run));

  return {
    of: uri => judged.get(uri) ?? [],
    problems: uri => desk.exampleProblems(uri, judged.get(uri) ?? []),
    note(uris) {
      // Every rule may rest on what stands in another kind of file.
      const affected = uris.every(uri => desk.kindOf(uri) === 'rule') ? uris : desk.open();
      for (const uri of affected) if (desk.kindOf(uri) === 'rule') waiting.add(uri);
      if (waiting.size > 0) runWhenIdle();
    },
    onJudged: listener => void listeners.push(listener),
  };
}
