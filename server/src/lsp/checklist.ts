/** The checklist of the review that a client shows, and the news that it is to be asked for anew. */
import { type ChecklistItem, describeItem, describeProgress } from '../check/checklist.ts';
import {
  CHECKLIST_CHANGED_NOTIFICATION,
  CHECKLIST_REQUEST,
  type ChecklistEntry,
  type ChecklistParams,
  type ChecklistResult,
} from '../protocol.ts';
import type { Say } from '../texts/say.ts';
import { canonicalUri } from './canonical-uri.ts';
import type { Lines } from './convert.ts';
import { unheard } from './fence.ts';
import { openReview } from './open-review.ts';
import type { Session } from './session.ts';

const NO_CHECKLIST: ChecklistResult = { progress: '', sections: [] };

export function provideChecklist(session: Session): void {
  const { connection, fence } = session;
  // Whoever asks is told of changes; a client that never asks hears nothing.
  let shown: string | undefined;
  connection.onRequest<ChecklistResult, never>(
    CHECKLIST_REQUEST,
    fence.request('checklist', NO_CHECKLIST, ({ uri }: ChecklistParams) => {
      const checklist = describeChecklist(session, uri);
      shown = canonicalUri(uri);
      return checklist;
    }),
  );
  session.onChange(({ uris }) => {
    if (shown !== undefined && uris.includes(shown))
      unheard(connection.sendNotification(CHECKLIST_CHANGED_NOTIFICATION));
  });
}

function describeChecklist(session: Session, uri: string): ChecklistResult {
  const open = openReview(session, { uri });
  if (open === undefined) return NO_CHECKLIST;
  const { sections, counts } = session.checklist(open.uri);
  if (sections.length === 0) return NO_CHECKLIST;
  return {
    progress: describeProgress(counts, session.say),
    sections: sections.map(section => toEntry(open.document, section, session.say)),
  };
}

function toEntry(lines: Lines, item: ChecklistItem, say: Say): ChecklistEntry {
  const { pointer, title, description, state, span, isPlaceholder, findings, items } = item;
  return {
    // What is asked about a group itself stands at the place of the group.
    id: items.length === 0 ? `?${pointer}` : pointer,
    title,
    description,
    state,
    words: describeItem(item, say),
    messages: findings.map(({ message }) => message),
    place: lines.positionAt(span.start),
    end: lines.positionAt(isPlaceholder ? span.end : span.start),
    entries: items.map(below => toEntry(lines, below, say)),
  };
}
