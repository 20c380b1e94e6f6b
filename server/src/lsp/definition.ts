/** Go to definition: from a ref to the entry or the review that has it as its name. */

import { findDefinitions, findRefAtCursor } from './ref-places.ts';
import type { Session } from './session.ts';

export function provideDefinition(session: Session): void {
  session.connection.onDefinition(
    session.fence.request('definition', [], (params, token) => {
      const at = findRefAtCursor(session, params);
      return at === undefined ? [] : findDefinitions(session, at.uri, at.found.ref, token);
    }),
  );
}
