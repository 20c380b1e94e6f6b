/** Timelines of reviews that are held in memory. */
import { readTimeline, type TimelineCase } from '../../server/src/check/timeline.ts';
import { createWorkspace } from '../../server/src/workspace/review-workspace.ts';
import { MemoryFiles } from './memory-files.ts';

/** Judged with the shipped pack, or with the small pack of a force. */
export function timelineOf(text: string, pack: Readonly<Record<string, string>> = {}): TimelineCase {
  const files = Object.entries(pack).map(([name, content]) => [`file:///reviews/${name}`, content]);
  const workspace = createWorkspace(new MemoryFiles(Object.fromEntries(files)));
  const uri = 'file:///reviews/a.case-review.yaml';
  workspace.openText(uri, text);
  return readTimeline(workspace.judged(uri));
}
