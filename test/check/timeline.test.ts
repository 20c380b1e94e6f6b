/** The timeline of a case: which dates, limits and gaps are on it, in which order and under which names. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { beginOf, formatMoment } from '../../server/src/calendar/index.ts';
import type { TimelineCase } from '../../server/src/check/timeline.ts';
import type { Clock } from '../../server/src/engine/report.ts';
import { type GuideEntry, joinPointer } from '../../server/src/engine/schema-guide.ts';
import { reviewGuide } from '../../server/src/engine/validate-shape.ts';
import { reviewText as generatedText } from '../support/generated-reviews.ts';
import { FORCE_PACK, LATE, reviewText } from '../support/reviews.ts';
import { judged, timelineOf } from '../support/timelines.ts';

const show = ({ events }: TimelineCase) =>
  events.map(({ moment, section, title }) => `${formatMoment(moment)} ${section} ${title}`);

const LOG = `victim_contact:
  log:
    - {at: 2025-12-01, mode: phone, topic: update, with: [parent]}
    - {at: 2026-02-20, mode: in_person, topic: update, with: [parent]}
`;

describe('the events of a timeline', () => {
  it('are all dates in the order of time, named by schema, words and refs', () => {
    const text = reviewText({
      more: `persons:
  - {ref: SUS-2M8X4T, category: suspect, arrested_at: 2026-02-03}
recording:
  reported_at: 2026-02-03T10:00:00Z
  decision: {recorded: true, at: 2026-07-01T10:00:00Z}
suspect_strategy:
  steps:
    witnesses: {state: done, at: 2026-02-02}
victim_contact:
  key_events:
    - {kind: arrest, at: 2026-02-03T09:00:00Z, told_at: 2026-02-04, note: told by Mrs Miller}
`,
    });
    assert.deepEqual(show(timelineOf(text)), [
      'Mon 2 Feb 2026 suspect_strategy Tracing steps › Witnesses',
      'Tue 3 Feb 2026 persons SUS-2M8X4T: Arrested on',
      'Tue 3 Feb 2026 09:00 victim_contact Key event (Arrest)',
      'Tue 3 Feb 2026 10:00 recording Reported at',
      'Wed 4 Feb 2026 victim_contact Key event (Arrest): Victim told on',
      'Tue 10 Mar 2026 10:30 review Reviewed at',
      'Wed 1 Jul 2026 11:00 recording Recording decision',
    ]);
  });

  it('have the sections of the schema in its order, those of limits included', () => {
    const { sections } = timelineOf(
      reviewText({ more: `${LOG}recording: {reported_at: 2026-02-03T10:00:00Z}\n` }),
    );
    assert.deepEqual(
      sections.map(({ title }) => title),
      ['Review', 'Recording', 'Victim contact', 'Suspect strategy', 'Closure'],
    );
  });

  it('leave a date that cannot be read in a list of its own', () => {
    const text = reviewText({
      more: `recording:
  reported_at: 2026-02-03
  recorded_at: 3 Feb 2026
closure: {finalised_at: [2026-02-30]}
`,
    });
    const { events, unread } = timelineOf(text);
    assert.deepEqual(
      unread.map(({ pointer, title }) => [pointer, title]),
      [
        ['/recording/reported_at', 'Reported at'],
        ['/recording/recorded_at', 'Recorded at'],
        ['/closure/finalised_at', 'Finalised on'],
      ],
    );
    assert.equal(events.length, 1);
  });

  it('do not show a date of a section that broken YAML may have moved', () => {
    const text = reviewText({ more: 'recording:\n  reported_at: 2026-02-03T10:00:00Z\n  flags: "open\n' });
    const { events, unread } = timelineOf(text);
    assert.deepEqual(
      events.map(({ pointer }) => pointer),
      ['/review/reviewed_at'],
    );
    assert.deepEqual(
      unread.map(({ pointer }) => pointer),
      ['/recording/reported_at'],
    );
  });

  it('are every dated field of any review, once', () => {
    fc.assert(
      fc.property(generatedText, text => {
        const { events, unread } = timelineOf(text);
        const found = [...events, ...unread].map(({ pointer }) => pointer);
        assert.deepEqual(
          found.toSorted(),
          datesIn(parse(text, { uniqueKeys: false, logLevel: 'silent' }), reviewGuide.root).toSorted(),
        );
        const times = events.map(({ moment }) => beginOf(moment).getTime());
        assert.deepEqual(
          times,
          times.toSorted((a, b) => a - b),
        );
      }),
      { numRuns: 25 },
    );
  });
});

describe('the limits of a timeline', () => {
  const limits = (timeline: TimelineCase) =>
    timeline.limits.map(
      ({ title, clock, from, due, stop, findings }) =>
        `${title}: ${clock.state}, ${[from.moment, due, stop].map(formatMoment).join(' | ')}, ${findings.length}`,
    );

  it('are the clocks of the rules, with what was found', () => {
    assert.deepEqual(limits(timelineOf(reviewText({ more: LATE }), FORCE_PACK)), [
      'Recorded at: over, Mon 2 Feb 2026 21:10 | Tue 3 Feb 2026 21:10 | Thu 5 Feb 2026 21:10, 1',
    ]);
  });

  it('are all clocks of any review', () => {
    fc.assert(
      fc.property(generatedText, text => {
        const { limits, clocks } = { limits: timelineOf(text).limits, clocks: judged(text).report.clocks };
        const places = ({ from, to }: Clock) => `${from} ${to}`;
        assert.deepEqual(
          [...new Set(limits.map(({ clock }) => places(clock)))].toSorted(),
          [...new Set(clocks.map(places))].toSorted(),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('run to the as-of date where nothing stopped them', () => {
    const text = reviewText({ more: 'recording: {reported_at: 2026-03-10T09:00:00Z}\n' });
    assert.deepEqual(limits(timelineOf(text, FORCE_PACK)), [
      'Recorded at: running, Tue 10 Mar 2026 09:00 | Wed 11 Mar 2026 09:00 | Tue 10 Mar 2026 10:30, 0',
    ]);
  });
});

describe('the gaps of a timeline', () => {
  it('are what rules found between two dates of one list', () => {
    const { gaps } = timelineOf(reviewText({ more: LOG }));
    assert.deepEqual(
      gaps.map(({ from, to, length, finding }) => [from.pointer, to.pointer, length, finding.rule]),
      [['/victim_contact/log/0/at', '/victim_contact/log/1/at', '81 days', 'victim-contact/no-long-gap']],
    );
  });

  it('are gone once somebody has answered for them', () => {
    const waiver =
      'waivers:\n  - {rule: victim-contact/no-long-gap, path: /victim_contact/log/1/at, reason: agreed, by: OFF-1D4F6G, until: 2026-12-31}\n';
    const timeline = timelineOf(reviewText({ more: LOG + waiver }));
    assert.deepEqual(timeline.gaps, []);
    assert.deepEqual(
      timeline.events.filter(({ findings }) =>
        findings.some(({ rule }) => rule === 'victim-contact/no-long-gap'),
      ),
      [],
    );
  });
});

/** Written anew for the test: every place of a plain value that the schema calls a date. */
function datesIn(value: unknown, entry: GuideEntry | undefined, pointer = ''): string[] {
  if (entry === undefined || value === null || value === undefined) return [];
  if (entry.dateForm !== undefined) return [pointer];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, below]) =>
    datesIn(below, entry.child(key), joinPointer(pointer, key)),
  );
}
