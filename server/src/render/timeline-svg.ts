/** The drawing of a timeline. With `interactive` its marks can be reached one by one; else it is one picture. */
import { formatInstant, formatMoment } from '../calendar/index.ts';
import { isBreached, type TimelineCase, type TimelineEntry } from '../check/timeline.ts';
import type { Say } from '../texts/say.ts';
import { toMarkup } from './html-page.ts';
import type { Break, Tick } from './time-scale.ts';
import {
  type Bar,
  type Lane,
  type LaneGroup,
  layOutTimeline,
  type Mark,
  type TimelineLayout,
} from './timeline-layout.ts';
import { TIMELINE_STYLE } from './timeline-style.ts';
import { describeBar, describeEvent, nameCase } from './timeline-words.ts';

/** From one line of a label to the next. */
const LINE = 15;

export interface DrawingOptions {
  readonly say: Say;
  /** Of the whole drawing, in pixels. */
  readonly width: number;
  readonly interactive: boolean;
}

/** Without a style of its own, for a page that has `TIMELINE_STYLE`. At least one review has a date. */
export function drawTimeline(cases: readonly TimelineCase[], options: DrawingOptions): string {
  return draw(cases, options, '');
}

/** A file of its own. */
export function timelineSvg(cases: readonly TimelineCase[], options: DrawingOptions): string {
  return `${draw(cases, options, `<style>\n${TIMELINE_STYLE}</style>\n`)}\n`;
}

function draw(cases: readonly TimelineCase[], options: DrawingOptions, style: string): string {
  const { say, interactive } = options;
  const layout = layOutTimeline(cases, options.width, say);
  const { scale, groups, height } = layout;
  const width = Math.ceil(scale.width);
  const lanes = groups.flatMap(group => group.lanes);
  const title = say('Timeline of {names}', { names: cases.map(one => nameCase(one, say)).join(', ') });
  return `<svg xmlns="http://www.w3.org/2000/svg" class="timeline" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="${interactive ? 'group' : 'img'}" aria-labelledby="timeline-title" aria-describedby="timeline-about">
<title id="timeline-title">${toMarkup(title)}</title>
<desc id="timeline-about">${toMarkup(describe(layout, say))}</desc>
${style}<rect class="ground" width="${width}" height="${height}"/>
<g>
${lanes.map(({ y }) => `<path class="edge" d="M0 ${y}.5H${width}"/>`).join('\n')}
${[
  ...scale.ticks.map(tick => drawTick(tick, height)),
  ...scale.breaks.map(stretch => drawBreak(stretch, height, say)),
  ...groups.flatMap(({ asOf, of }) =>
    asOf === undefined ? [] : [drawAsOf(asOf, of, scale.width, height, say)],
  ),
  ...groups.flatMap(group => group.lanes.map(lane => drawLane(group, lane, layout, options))),
].join('\n')}
</g>
<g class="lane-titles">
${groups
  .flatMap(group => [
    ...(groups.length > 1 ? [drawText('case', 6, group.y + 18, nameCase(group.of, say))] : []),
    ...group.lanes.map(lane => drawText('title', 6, lane.y + 15, lane.title)),
  ])
  .join('\n')}
</g>
</svg>`;
}

function describe({ entries, groups }: TimelineLayout, say: Say): string {
  const count = (of: (group: TimelineCase) => readonly unknown[]) =>
    groups.reduce((sum, group) => sum + of(group.of).length, 0);
  const [first, last] = [entries[0], entries.at(-1)];
  const sentences = [
    ...(first && last
      ? [
          say('{count} events from {first} to {last}.', {
            count: entries.length,
            first: formatMoment(first.event.moment),
            last: formatMoment(last.event.moment),
          }),
        ]
      : []),
    say('Limits: {limits}; gaps: {gaps}; dates that cannot be read: {unread}.', {
      limits: count(of => of.limits),
      gaps: count(of => of.gaps),
      unread: count(of => of.unread),
    }),
  ];
  return sentences.join(' ');
}

function drawLane({ of }: LaneGroup, lane: Lane, layout: TimelineLayout, options: DrawingOptions): string {
  const { say, interactive } = options;
  const name = layout.groups.length > 1 ? `${nameCase(of, say)}, ${lane.title}` : lane.title;
  return `<g class="lane"${interactive ? ` role="group" aria-label="${toMarkup(name)}"` : ''}>
${[
  ...lane.bars.map(bar => drawBar(bar, lane, say)),
  ...lane.marks.map(mark => drawMark(mark, lane, layout, options)),
].join('\n')}
</g>`;
}

function drawTick({ x, label, labelX }: Tick, height: number): string {
  const texts = label === '' ? '' : [14, height - 10].map(y => drawText('', labelX, y, label)).join('');
  return `<path class="tick" d="M${round(x)} 0V${height}"/>${texts}`;
}

/** Two slanted strokes through the axis, and how much is left out. */
function drawBreak({ x, width, label, labelX }: Break, height: number, say: Say): string {
  const middle = round(x + width / 2);
  const strokes = [34, height - 34]
    .map(y => `M${middle - 6} ${y + 7}l6 -14M${middle} ${y + 7}l6 -14`)
    .join('');
  const texts = [14, height - 10].map(y => drawText('', labelX, y, label, 'middle')).join('');
  const words = say('{length} left out', { length: label });
  return `<g><title>${toMarkup(words)}</title><path class="break" d="M${middle} 34V${height - 34}${strokes}"/>${texts}</g>`;
}

function drawAsOf(x: number, { asOf }: TimelineCase, width: number, height: number, say: Say): string {
  const words = asOf ? say('Judged as of {when}', { when: formatInstant(asOf) }) : '';
  const anchor = x > width / 2 ? { at: x - 4, end: 'end' } : { at: x + 4, end: 'start' };
  return `<path class="as-of" d="M${round(x)} 20V${height - 24}"/>${drawText('', anchor.at, 29, words, anchor.end)}`;
}

function drawBar(bar: Bar, lane: Lane, say: Say): string {
  const y = lane.y + bar.y + 10;
  const [from, due, to] = [bar.from, bar.due ?? bar.to, bar.to].map(round) as [number, number, number];
  const kind = 'clock' in bar.of ? bar.of.clock.state : 'gap';
  const line = (name: string, start: number, end: number) =>
    `<path class="limit ${name}" d="M${start} ${y}H${Math.max(end, start + 1)}"/>`;
  const post = (x: number) => `<path class="limit" d="M${x} ${y - 7}v14"/>`;
  const parts = {
    within: () => [line('', from, due), line('allowed', from, to), post(due)],
    over: () => [line('allowed', from, due), line('beyond', due, to), post(due)],
    lapsed: () => [line('allowed', from, due), line('beyond', due, to), post(due)],
    running: () => [line('allowed', from, to), line('left', to, due), post(due)],
    gap: () => [line('beyond', from, to), post(from), post(to)],
  }[kind]();
  // A limit that was passed with a reason is no breach.
  const isFound = !('clock' in bar.of) || bar.of.findings.some(({ outcome }) => outcome !== 'due-soon');
  const lines = [isFound ? `⚠ ${bar.label}` : bar.label, ...(bar.below === undefined ? [] : [bar.below])];
  const texts = lines.map((line, i) =>
    drawText('', bar.labelX, lane.y + bar.labelY + 14 + i * LINE, line, bar.anchor),
  );
  return `<g class="${kind}${isFound ? ' found' : ''}"><title>${toMarkup(describeBar(bar.of, say))}</title>${parts.join('')}${texts.join('')}</g>`;
}

function drawMark(mark: Mark, lane: Lane, { entries }: TimelineLayout, options: DrawingOptions): string {
  const { say, interactive } = options;
  const y = lane.y + mark.y + 10;
  const held = mark.events.map(index => entries[index]!);
  const isFound = held.some(({ event }) => isBreached(event));
  const isMore = mark.events.length > 1;
  const words = held.map(({ of, event }) => describeEvent(of, event, say));
  const names = ['event', ...(isFound ? ['found'] : []), ...(isMore ? ['more'] : [])];
  const reach = interactive ? ' role="button" tabindex="-1"' : '';
  const label = isFound ? `⚠ ${mark.label}` : mark.label;
  const halo = `<rect class="halo" x="${round(mark.from) - 4}" y="${y - 9}" width="${round(mark.to - mark.from) + 8}" height="18" rx="3"/>`;
  return `<g class="${names.join(' ')}" data-events="${mark.events.join(' ')}"${reach}><title>${[...(isMore ? [mark.label] : []), ...words].map(toMarkup).join('\n')}</title>${halo}${drawShape(mark, held, y)}${drawText('', mark.labelX, lane.y + mark.labelY + 14, label, mark.anchor)}</g>`;
}

/** An instant is a circle, a day a bar as long as the day, and several a stack. */
function drawShape({ from, to, events }: Mark, held: readonly TimelineEntry[], y: number): string {
  const x = round(from);
  const middle = round(from + 5);
  if (events.length > 1) return `<path class="mark" d="M${x} ${y - 2}h8v7h-8zM${x + 3} ${y - 2}v-3h8v7h-3"/>`;
  if (held[0]!.event.moment instanceof Date) return `<circle class="mark" cx="${middle}" cy="${y}" r="5"/>`;
  return `<rect class="mark" x="${x}" y="${y - 5}" width="${round(to - from)}" height="10" rx="1"/>`;
}

function drawText(name: string, x: number, y: number, text: string, anchor = 'start'): string {
  const end = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  return `<text${name === '' ? '' : ` class="${name}"`} x="${round(x)}" y="${round(y)}"${end}>${toMarkup(text)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
