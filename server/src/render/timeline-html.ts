/** A timeline as one page that needs nothing but a browser: the drawing, and tables of the same facts. */
import { escapeUTF8 } from 'entities/lib/escape.js';
import type { TimelineCase } from '../check/timeline.ts';
import type { Say } from '../texts/say.ts';
import { HTML_STYLE } from './html-style.ts';
import { TIMELINE_STYLE } from './timeline-style.ts';
import { drawTimeline, FILE_WIDTH } from './timeline-svg.ts';
import { timelineTables } from './timeline-tables.ts';
import { nameCase } from './timeline-words.ts';

/** At least one review has a date. */
export function timelineHtml(cases: readonly TimelineCase[], say: Say): string {
  const title = escapeUTF8(
    say('Timeline of {names}', { names: cases.map(one => nameCase(one, say)).join(', ') }),
  );
  const options = { say, width: FILE_WIDTH, interactive: false };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>
${HTML_STYLE}${TIMELINE_STYLE}main { max-width: ${FILE_WIDTH}px; }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
<div class="scroll" role="region" aria-label="${title}" tabindex="0">
${drawTimeline(cases, options)}
</div>
${timelineTables(cases, options)}
</main>
</body>
</html>
`;
}
