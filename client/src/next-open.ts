/** The next open question of a checklist. Knows nothing of VS Code. */
import type { ChecklistEntry } from '../../server/src/protocol.ts';

type Place = ChecklistEntry['place'];

/** The first question behind the cursor that is in breach or outstanding, or else the first of all. */
export function nextOpen(entries: readonly ChecklistEntry[], cursor: Place): ChecklistEntry | undefined {
  const open = openQuestions(entries).sort((a, b) => compare(a.place, b.place));
  return open.find(({ place }) => compare(place, cursor) > 0) ?? open[0];
}

function openQuestions(entries: readonly ChecklistEntry[]): ChecklistEntry[] {
  return entries.flatMap(entry => {
    if (entry.entries.length > 0) return openQuestions(entry.entries);
    return entry.state === 'inBreach' || entry.state === 'outstanding' ? [entry] : [];
  });
}

function compare(a: Place, b: Place): number {
  return a.line - b.line || a.character - b.character;
}
