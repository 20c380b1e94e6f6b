/** A timeline as a file: a drawing, or a page with tables of the same facts that needs nothing but a browser. */
import type { TimelineCase } from '../check/timeline.ts';
import type { Say } from '../texts/say.ts';
import { htmlPage, toMarkup } from './html-page.ts';
import { TIMELINE_STYLE } from './timeline-style.ts';
import { drawTimeline, timelineSvg } from './timeline-svg.ts';
import { timelineTables } from './timeline-tables.ts';
import { nameCase } from './timeline-words.ts';

/** Of the drawing, in pixels. */
const FILE_WIDTH = 1200;

/** At least one review has a date. */
export function writeTimeline(cases: readonly TimelineCase[], format: 'svg' | 'html', say: Say): string {
  return format === 'svg'
    ? timelineSvg(cases, { say, width: FILE_WIDTH, interactive: false })
    : writePage(cases, say);
}

function writePage(cases: readonly TimelineCase[], say: Say): string {
  const title = say('Timeline of {names}', { names: cases.map(one => nameCase(one, say)).join(', ') });
  const options = { say, width: FILE_WIDTH, interactive: false };
  return htmlPage({
    title,
    style: `${TIMELINE_STYLE}main { max-width: ${FILE_WIDTH}px; }\n`,
    main: `<div class="scroll" role="region" aria-label="${toMarkup(title)}" tabindex="0">
${drawTimeline(cases, options)}
</div>
${timelineTables(cases, options)}`,
  });
}
