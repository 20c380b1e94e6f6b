/** A clock in a few words: how long it ran and what it allows. */
import type { Clock } from '../engine/report.ts';
import type { Say } from '../texts/say.ts';

export function describeClock({ state, elapsed, limit, due }: Clock, say: Say): string {
  switch (state) {
    case 'within':
    case 'over':
      return say('+{elapsed}, limit {limit}', { elapsed, limit });
    case 'running':
      return say('{elapsed} so far, limit {limit} (due {due})', { elapsed, limit, due });
    case 'lapsed':
      return say('not done after {elapsed}, limit {limit} (due {due})', { elapsed, limit, due });
  }
}
