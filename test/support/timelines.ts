/** Timelines of reviews that are held in memory. */
import type { Judged } from '../../server/src/check/explain-finding.ts';
import { readTimeline, type TimelineCase } from '../../server/src/check/timeline.ts';
import { createWorkspace } from '../../server/src/workspace/review-workspace.ts';
import { MemoryFiles } from './memory-files.ts';

export function timelineOf(text: string, pack?: Readonly<Record<string, string>>): TimelineCase {
  return readTimeline(judged(text, pack));
}

/** Judged with the shipped pack, or with the small pack of a force. */
export function judged(text: string, pack: Readonly<Record<string, string>> = {}): Judged {
  const files = Object.entries(pack).map(([name, content]) => [`file:///reviews/${name}`, content]);
  const workspace = createWorkspace(new MemoryFiles(Object.fromEntries(files)));
  const uri = 'file:///reviews/a.case-review.yaml';
  workspace.openText(uri, text);
  return workspace.judged(uri);
}
