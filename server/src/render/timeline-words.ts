/** What a timeline says of its events, limits and gaps, the same in the drawing and in the tables. */
import { formatMoment } from '../calendar/index.ts';
import { describeClock } from '../check/describe-clock.ts';
import type { TimelineCase, TimelineEvent, TimelineGap, TimelineLimit } from '../check/timeline.ts';
import type { Clock, Finding } from '../engine/report.ts';
import type { Say } from '../texts/say.ts';

const STATES: Readonly<Record<Clock['state'], (say: Say) => string>> = {
  within: say => say('kept'),
  over: say => say('over the limit'),
  running: say => say('still running'),
  lapsed: say => say('limit passed, not done'),
};

export function nameCase({ id }: TimelineCase, say: Say): string {
  return id ?? say('a review without an id');
}

export function nameSection({ sections }: TimelineCase, key: string): string {
  return sections.find(section => section.key === key)?.title ?? key;
}

/** Such as `Recorded at: Tue 3 Feb 2026 15:40 (Recording). Recorded 27 h after the report …`; begins as its label does. */
export function describeEvent(of: TimelineCase, event: TimelineEvent, say: Say): string {
  const what = say('{title}: {when} ({section})', {
    when: formatMoment(event.moment),
    section: nameSection(of, event.section),
    title: event.title,
  });
  return withFindings(what, event.findings);
}

export function describeState({ clock }: TimelineLimit, say: Say): string {
  return STATES[clock.state](say);
}

export function describeBar(thing: TimelineLimit | TimelineGap, say: Say): string {
  if (!('clock' in thing)) return thing.finding.message;
  const words = `${thing.title}: ${describeClock(thing.clock, say)} (${describeState(thing, say)})`;
  return withFindings(words, thing.findings);
}

function withFindings(words: string, findings: readonly Finding[]): string {
  return findings.length === 0 ? words : `${words}. ${findings.map(({ message }) => message).join(' ')}`;
}
