/** The requests behind the panel "Timeline", and the news that it is to be asked for anew. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  TIMELINE_FILE_REQUEST,
  TIMELINE_REQUEST,
  type TimelineFileResult,
  type TimelineFormat,
  type TimelineResult,
} from '../../server/src/protocol.ts';
import { LspSession, uriOf } from '../support/lsp-session.ts';
import { FORCE_PACK, LATE, reviewText } from '../support/reviews.ts';

const NAME = 'a.case-review.yaml';
const OTHER = 'b.case-review.yaml';
const LINKS = 'links:\n  cases:\n    - {ref: CASE-8N6B3V, relation: same_victim}\n';
const LINKED = reviewText({ id: 'CASE-8N6B3V', more: 'recording: {reported_at: 2026-02-04T10:00:00Z}\n' });

const ask = (session: LspSession, { name = NAME, linked = true } = {}): Promise<TimelineResult> =>
  session.connection.sendRequest(TIMELINE_REQUEST, { uri: uriOf(name), linked, width: 800 });

const save = (session: LspSession, format: TimelineFormat): Promise<TimelineFileResult> =>
  session.connection.sendRequest(TIMELINE_FILE_REQUEST, { uri: uriOf(NAME), linked: true, format });

describe('the timeline of a client', () => {
  it('has the events in order with their places, in the drawing and in the tables', async () => {
    const session = await LspSession.start({ files: FORCE_PACK });
    await session.open(NAME, reviewText({ more: LATE }));
    const { events, drawing, tables, hasLinks, message } = await ask(session);
    assert.deepEqual(
      events.map(
        ({ words, start, end }) => `${words} ${start.line + 1}:${start.character + 1}-${end.character + 1}`,
      ),
      [
        'Reported at: Mon 2 Feb 2026 21:10 (Recording) 8:3-36',
        'Recorded at: Thu 5 Feb 2026 21:10 (Recording). Recorded 72 h after the report, limit 24 h. 9:3-36',
        'Reviewed at: Tue 10 Mar 2026 10:30 (Review) 6:3-36',
      ],
    );
    assert.match(drawing, /^<svg .* width="800" /);
    assert.match(drawing, /\+72 h, limit 24 h: Recorded at/);
    assert.match(tables, /<button type="button" class="link" data-event="1">Recorded at</);
    assert.deepEqual([hasLinks, message], [false, '']);
    await session.stop();
  });

  it('puts linked reviews on the same axis, where they are wanted', async () => {
    const session = await LspSession.start({ files: { ...FORCE_PACK, [OTHER]: LINKED } });
    await session.open(NAME, reviewText({ more: LATE + LINKS }));
    await session.scanned();
    const both = await ask(session);
    assert.deepEqual([both.events.length, both.hasLinks], [5, true]);
    assert.equal(both.events.filter(({ uri }) => uri === uriOf(OTHER)).length, 2);
    assert.match(both.drawing, /CASE-8N6B3V/);
    const alone = await ask(session, { linked: false });
    assert.deepEqual([alone.events.length, alone.hasLinks], [3, true]);
    await session.stop();
  });

  it('is a sentence for a review without dates, and nothing for what is not open', async () => {
    const session = await LspSession.start({ files: FORCE_PACK });
    await session.open(NAME, 'schema: case-review/1\n');
    const { message, drawing } = await ask(session);
    assert.deepEqual([message, drawing], ['This review has no dates yet.', '']);
    assert.equal((await save(session, 'svg')).text, '');
    assert.equal((await ask(session, { name: 'closed.case-review.yaml' })).events.length, 0);
    await session.stop();
  });

  it('is a file of its own, as a drawing and as a page', async () => {
    const session = await LspSession.start({ files: FORCE_PACK });
    await session.open(NAME, reviewText({ more: LATE }));
    assert.match((await save(session, 'svg')).text, /^<svg .*<style>.*<\/svg>\n$/s);
    const page = (await save(session, 'html')).text;
    assert.match(page, /^<!doctype html>.*default-src 'none'.*<svg .*<table>.*<\/html>\n$/s);
    assert.doesNotMatch(page, /<script|<button|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    await session.stop();
  });

  it('is to be asked for anew after an edit, and when a review on it changes', async () => {
    const session = await LspSession.start({ files: { ...FORCE_PACK, [OTHER]: LINKED } });
    await session.open(NAME, reviewText({ more: LATE + LINKS }));
    await session.scanned();
    await ask(session);
    const afterNews = async (act: () => Promise<void>): Promise<TimelineResult> => {
      const before = session.timelineNews;
      await act();
      await session.until(() => session.timelineNews > before, 'news of the timeline');
      return ask(session);
    };
    const edited = await afterNews(() => session.replace(NAME, '02-05', '02-03'));
    assert.ok(edited.events.some(({ words }) => words.startsWith('Recorded at: Tue 3 Feb 2026')));
    const other = await afterNews(() => session.write(OTHER, LINKED.replace('02-04', '02-07')));
    assert.ok(other.events.some(({ words }) => words.startsWith('Reported at: Sat 7 Feb 2026')));
    await session.stop();
  });

  it('tells a client that never asked nothing', async () => {
    const session = await LspSession.start({ files: FORCE_PACK });
    await session.open(NAME, reviewText({ more: LATE }));
    await session.replace(NAME, '02-05', '02-03');
    await session.diagnostics(NAME);
    assert.equal(session.timelineNews, 0);
    await session.stop();
  });
});
