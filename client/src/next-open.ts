/** The next open question of a checklist. Knows nothing of VS Code. */
import type { ChecklistEntry } from '../../server/src/protocol.ts';

type Place = ChecklistEntry['place'];

/** The place of the first question behind the cursor that is in breach or outstanding, or else of the first of all. */
export function nextOpen(entries: readonly ChecklistEntry[], cursor: Place): Place | undefined {
  const places = openPlaces(entries).sort(compare);
  return places.find(place => compare(place, cursor) > 0) ?? places[0];
}

function openPlaces(entries: readonly ChecklistEntry[]): Place[] {
  return entries.flatMap(({ entries: below, state, place }) => {
    if (below.length > 0) return openPlaces(below);
    return state === 'inBreach' || state === 'outstanding' ? [place] : [];
  });
}

function compare(a: Place, b: Place): number {
  return a.line - b.line || a.character - b.character;
}
