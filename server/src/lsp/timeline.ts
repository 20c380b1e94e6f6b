/** The timeline of the review that a client shows, as a view and as files, and the news that it is to be asked for anew. */
import type { CancellationToken } from 'vscode-languageserver';
import { eventsInOrder, hasDates, readTimeline, type TimelineCase } from '../check/timeline.ts';
import type { Span } from '../engine/located-tree.ts';
import {
  TIMELINE_CHANGED_NOTIFICATION,
  TIMELINE_FILE_REQUEST,
  TIMELINE_REQUEST,
  type TimelineFileParams,
  type TimelineFileResult,
  type TimelineParams,
  type TimelinePlace,
  type TimelineResult,
} from '../protocol.ts';
import { writeTimeline } from '../render/timeline-file.ts';
import { TIMELINE_STYLE } from '../render/timeline-style.ts';
import { drawTimeline } from '../render/timeline-svg.ts';
import { timelineTables } from '../render/timeline-tables.ts';
import { describeEvent } from '../render/timeline-words.ts';
import { linkedReviews } from '../workspace/linked-reviews.ts';
import { canonicalUri } from './canonical-uri.ts';
import { toRange } from './convert.ts';
import { unheard } from './fence.ts';
import { runInSlices } from './idle.ts';
import { openReview } from './open-review.ts';
import type { Session } from './session.ts';

const NO_TIMELINE: TimelineResult = {
  message: '',
  style: '',
  drawing: '',
  tables: '',
  events: [],
  unread: [],
  hasLinks: false,
};
const NO_FILE: TimelineFileResult = { text: '' };

export function provideTimeline(session: Session): void {
  const { connection, fence } = session;
  // Whoever asks is told of changes; a client that never asks hears nothing.
  let shown: readonly string[] = [];
  connection.onRequest<TimelineResult, never>(
    TIMELINE_REQUEST,
    fence.request('timeline', NO_TIMELINE, async (params: TimelineParams, token) => {
      // Also where nothing can be shown yet.
      shown = [canonicalUri(params.uri), ...linksOf(session, params)];
      return showTimeline(session, params, token);
    }),
  );
  connection.onRequest<TimelineFileResult, never>(
    TIMELINE_FILE_REQUEST,
    fence.request('timeline file', NO_FILE, async (params: TimelineFileParams, token) => {
      const cases = await readCases(session, params, token);
      if (!hasDates(cases)) return NO_FILE;
      return { text: writeTimeline(cases, params.format, session.say) };
    }),
  );
  session.onChange(({ uris }) => {
    if (shown.some(uri => uris.includes(uri)))
      unheard(connection.sendNotification(TIMELINE_CHANGED_NOTIFICATION));
  });
}

async function showTimeline(
  session: Session,
  params: TimelineParams,
  token: CancellationToken,
): Promise<TimelineResult> {
  const { say, workspace, documents } = session;
  const cases = await readCases(session, params, token);
  const hasLinks = linksOf(session, { ...params, linked: true }).length > 0;
  if (!hasDates(cases)) return { ...NO_TIMELINE, message: say('This review has no dates yet.'), hasLinks };
  const lines = new Map(cases.map(({ uri }) => [uri, documents.linesOf(workspace.parsed(uri).text)]));
  const place = ({ uri }: TimelineCase, span: Span, words: string): TimelinePlace => ({
    uri,
    words,
    ...toRange(lines.get(uri)!, span),
  });
  const options = { say, interactive: true };
  return {
    message: '',
    style: TIMELINE_STYLE,
    drawing: cases.some(({ events }) => events.length > 0)
      ? drawTimeline(cases, { ...options, width: params.width })
      : '',
    tables: timelineTables(cases, options),
    events: eventsInOrder(cases).map(({ of, event }) => place(of, event.span, describeEvent(of, event, say))),
    unread: cases.flatMap(of => of.unread.map(date => place(of, date.span, date.title))),
    hasLinks,
  };
}

/** The review and those that it links to, in the order of its links; none where it is not open. */
async function readCases(
  session: Session,
  params: Pick<TimelineParams, 'uri' | 'linked'>,
  token: CancellationToken,
): Promise<TimelineCase[]> {
  const open = openReview(session, { uri: params.uri });
  if (open === undefined) return [];
  const cases: TimelineCase[] = [];
  // Judging linked reviews takes its time.
  await runInSlices(
    [open.uri, ...linksOf(session, params)],
    uri => cases.push(readTimeline(session.workspace.judged(uri))),
    token,
  );
  return cases;
}

function linksOf(session: Session, { uri, linked }: Pick<TimelineParams, 'uri' | 'linked'>): string[] {
  const open = linked ? openReview(session, { uri }) : undefined;
  if (open === undefined) return [];
  return linkedReviews(session.workspace, open.uri);
}
