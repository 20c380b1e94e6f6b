/** The event of a timeline at which the cursor stands. Knows nothing of VS Code. */
import type { TimelinePlace, TimelinePosition } from '../../server/src/protocol.ts';

/**
 * The event whose key and value the cursor is within; else the last before it on its line, else the first behind it.
 * Undefined where the line has none.
 */
export function eventAt(
  events: readonly TimelinePlace[],
  uri: string,
  cursor: TimelinePosition,
): number | undefined {
  const onLine = events
    .map((event, index) => ({ event, index }))
    .filter(
      ({ event }) => event.uri === uri && event.start.line <= cursor.line && cursor.line <= event.end.line,
    )
    .sort((a, b) => compare(a.event.start, b.event.start));
  return (onLine.findLast(({ event }) => compare(event.start, cursor) <= 0) ?? onLine[0])?.index;
}

function compare(a: TimelinePosition, b: TimelinePosition): number {
  return a.line - b.line || a.character - b.character;
}
