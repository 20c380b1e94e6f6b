/** The drawing of a timeline and its tables: everything is in both, once, in order and within the axis. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { eventsInOrder, type TimelineCase } from '../../server/src/check/timeline.ts';
import { createTimeScale } from '../../server/src/render/time-scale.ts';
import { writeTimeline } from '../../server/src/render/timeline-file.ts';
import { layOutTimeline } from '../../server/src/render/timeline-layout.ts';
import { drawTimeline } from '../../server/src/render/timeline-svg.ts';
import { timelineTables } from '../../server/src/render/timeline-tables.ts';
import { sayInEnglish as say } from '../../server/src/texts/say.ts';
import { reviewText as generatedText } from '../support/generated-reviews.ts';
import { LATE, reviewText } from '../support/reviews.ts';
import { repositoryRoot } from '../support/shipped-pack.ts';
import { timelineOf } from '../support/timelines.ts';

const draw = (cases: readonly TimelineCase[], width = 900) =>
  drawTimeline(cases, { say, width, interactive: true });
const numbers = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].flatMap(match => match[1]!.split(' ').map(Number)).sort((a, b) => a - b);

/** Supervisor reviews on these days. */
const reviewsOn = (days: readonly string[]) =>
  timelineOf(
    reviewText({
      more: `supervision:\n  reviews:\n${days.map(day => `    - {at: ${day}, direction: x}\n`).join('')}`,
    }),
  );

describe('a drawn timeline', () => {
  it('has every event of any review once in the drawing and once in the table, within the axis and in order', () => {
    const widths = fc.constantFrom(320, 700, 1200, 20_000);
    fc.assert(
      fc.property(generatedText, fc.option(generatedText, { freq: 3 }), widths, (text, linked, width) => {
        const cases = [timelineOf(text), ...(linked === null ? [] : [timelineOf(linked)])];
        const all = eventsInOrder(cases).map((_, index) => index);
        assert.deepEqual(numbers(draw(cases, width), /data-events="([\d ]+)"/g), all);
        const tables = timelineTables(cases, { say, interactive: true });
        assert.deepEqual(
          [...tables.matchAll(/data-row="(\d+)"/g)].map(match => Number(match[1])),
          all,
        );
        const { groups, scale, entries } = layOutTimeline(cases, width, say);
        const placed: [number, number][] = [];
        for (const { marks, bars, height } of groups.flatMap(({ lanes }) => lanes)) {
          for (const { from, to, due, y } of bars) {
            for (const x of [from, to, due ?? from]) assert.ok(x >= 0 && x <= scale.width);
            assert.ok(y >= 0 && y < height);
          }
          for (const { from, to, y, events } of marks) {
            assert.ok(from >= 0 && to <= scale.width, `${from} to ${to} of ${scale.width}`);
            assert.ok(y >= 0 && y < height);
            placed.push([events[0]!, entries[events[0]!]!.event.moment instanceof Date ? from + 5 : from]);
          }
        }
        const xs = placed.sort(([a], [b]) => a - b).map(([, x]) => x);
        for (const [i, x] of xs.entries()) assert.ok(i === 0 || x >= xs[i - 1]! - 0.001);
      }),
      { numRuns: 20 },
    );
  });

  it('gathers 300 events of one day, and counts them', () => {
    const timeline = reviewsOn([...Array(300).fill('2026-02-03'), '2026-03-03']);
    const svg = draw([timeline]);
    assert.match(svg, />296 more</);
    assert.ok(Number(/ height="(\d+)"/.exec(svg)![1]) < 500);
  });

  it('shows what was found before anything else', () => {
    const late = reviewsOn([...Array(30).fill('2026-01-01'), '2026-03-01']);
    assert.match(draw([late], 400), /class="event found"[^>]*>.*⚠ Supervisor review/);
  });

  it('says the whole of a limit in a narrow panel, in two lines where one is too short', () => {
    const text = readFileSync(path.join(repositoryRoot, 'examples/CASE-4W9G7N.case-review.yaml'), 'utf8');
    const { groups } = layOutTimeline([timelineOf(text)], 428, say);
    const bars = groups.flatMap(({ lanes }) => lanes.flatMap(lane => lane.bars));
    assert.ok(bars.some(({ below }) => below === 'Key event (Interview under caution): Victim told on'));
    for (const { of, label, below } of bars)
      assert.match([label, below].join(' '), 'clock' in of ? /^[^…]*limit[^…]*: [^…]+$/ : /^Gap of [^…]*$/);
  });

  it('warns of a limit that was passed only where a rule says so', () => {
    const late = (more: string) => draw([timelineOf(reviewText({ more: `${LATE}${more}` }))]);
    assert.match(
      late(''),
      /class="over found"><title>Recorded at:[\s\S]*?>⚠ \+72 h, limit 24 h: Recorded at</,
    );
    const reason = '  delay_reason: the system was down\n  delay_reason_at: 2026-02-05\n';
    assert.match(late(reason), /class="over"><title>Recorded at: [\s\S]*?>\+72 h, limit 24 h: Recorded at</);
  });

  it('leaves a decade out of its axis and says so', () => {
    const svg = draw([reviewsOn(['2014-02-03', '2026-02-03'])]);
    assert.match(svg, /<title>4382 days left out<\/title>/);
    assert.doesNotMatch(draw([reviewsOn(['2026-01-03', '2026-02-03'])]), /left out/);
  });

  it('is well-formed, and says in words what its colours say', async () => {
    const { parseStringPromise } = createRequire(import.meta.url)('xml2js') as {
      parseStringPromise(text: string): Promise<{ svg: { title: { _: string }[]; desc: { _: string }[] } }>;
    };
    const cases = [timelineOf(reviewText({ more: 'recording: {reported_at: 2026-02-03T10:00:00Z}\n' }))];
    const svg = writeTimeline(cases, 'svg', say);
    const { title, desc } = (await parseStringPromise(svg)).svg;
    assert.equal(title[0]?._, 'Timeline of CASE-4T7Q2M');
    assert.match(
      desc[0]?._ ?? '',
      /^2 events from Tue 3 Feb 2026 10:00 to Tue 10 Mar 2026 10:30\. Limits: \d+;/,
    );
    assert.match(
      svg,
      /<title>Recorded at: not done after 840 h 30 min \(35 days\), limit 24 h \(due 4 Feb 2026 10:00\) \(limit passed, not done\)/,
    );
    assert.match(svg, / role="img"/);
    assert.doesNotMatch(svg, /tabindex/);
  });

  it('holds no free text of the review, in any form', () => {
    fc.assert(
      fc.property(generatedText, text => {
        const secret = 'Mrs Miller <b>of Church Road';
        const marked = text.replaceAll(
          /\b(rationale|reason|text|note|direction): ([^,}\n]+)/g,
          `$1: "${secret}"`,
        );
        const cases = [timelineOf(marked)];
        for (const form of [
          writeTimeline(cases, 'html', say),
          draw(cases),
          timelineTables(cases, { say, interactive: true }),
        ])
          assert.doesNotMatch(form, /Miller|<b>/);
      }),
      { numRuns: 10 },
    );
  });
});

describe('the tables of a timeline', () => {
  it('name the dates that cannot be read, and their lines', () => {
    const html = writeTimeline(
      [timelineOf(reviewText({ more: 'recording:\n  reported_at: 3 Feb\n' }))],
      'html',
      say,
    );
    assert.match(
      html,
      /<h2>Dates that cannot be read<\/h2>[\s\S]*<th scope="row">Reported at<\/th><td>Recording<\/td><td>8<\/td>/,
    );
    assert.doesNotMatch(html, /3 Feb</);
  });
});

describe('a scale of time', () => {
  const instant = (iso: string) => new Date(iso);

  it('keeps hours as long as they are over the night of a change of the clocks', () => {
    const scale = createTimeScale([instant('2026-03-28T00:00:00Z'), instant('2026-03-30T00:00:00Z')], 1000);
    const x = (iso: string) => scale.x(instant(iso));
    const [before, after] = [
      x('2026-03-29T00:00:00Z') - x('2026-03-28T23:00:00Z'),
      x('2026-03-29T02:00:00Z') - x('2026-03-29T01:00:00Z'),
    ];
    assert.ok(Math.abs(before - after) < 1e-6);
  });

  it('has its ticks at midnights of London', () => {
    const { ticks } = createTimeScale(
      [instant('2026-07-01T12:00:00Z'), instant('2026-07-08T12:00:00Z')],
      900,
    );
    const scale = createTimeScale([instant('2026-07-01T12:00:00Z'), instant('2026-07-08T12:00:00Z')], 900);
    assert.equal(ticks[0]?.label, '2 Jul 2026');
    assert.equal(ticks[0]?.x, scale.x(instant('2026-07-01T23:00:00Z')));
  });

  it('leaves a last day that stands alone, far behind all others, an eighth of a narrow drawing', () => {
    const times = ['2026-03-01', '2026-05-01', '2026-08-01', '2033-08-01'].map(day =>
      instant(`${day}T12:00:00Z`),
    );
    const { breaks, ticks } = createTimeScale(times, 424);
    const [stretch] = breaks;
    assert.ok(stretch!.x > (424 * 7) / 8, `${stretch?.x}`);
    assert.equal(stretch?.label, '2557 days');
    // Nothing that is said on the axis stands on something else.
    const said = [...ticks.filter(({ label }) => label !== ''), { label: '', labelX: 424 }].map(
      tick => tick.labelX,
    );
    const from = stretch!.labelX - 30;
    const next = said.find(at => at > from)!;
    assert.ok(next - from > 60 && next - from < 80, `${from} among ${said}`);
  });

  it('goes on for ever upwards, whatever the dates', () => {
    const dates = fc.date({ min: instant('1900-01-01'), max: instant('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(
        fc.array(dates, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 320, max: 5000 }),
        (times, width) => {
          const scale = createTimeScale(times, width);
          const xs = times.toSorted((a, b) => a.getTime() - b.getTime()).map(scale.x);
          for (const [i, x] of xs.entries()) assert.ok(x >= 0 && (i === 0 || x >= xs[i - 1]!));
          assert.ok(scale.ticks.length > 0);
          assert.ok(scale.ticks.every(({ x, labelX }) => x >= 0 && labelX >= 0));
        },
      ),
    );
  });
});
