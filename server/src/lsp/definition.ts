/** Go to definition: from a ref to the entry or the review that has it as its name, in policy files to what is named. */
import { toOffset } from './convert.ts';
import { openPolicy } from './open-policy.ts';
import { definePolicy } from './policy-definition.ts';
import { findDefinitions, findRefAtCursor } from './ref-places.ts';
import type { Session } from './session.ts';

export function provideDefinition(session: Session): void {
  session.connection.onDefinition(
    session.fence.request('definition', [], (params, token) => {
      const policy = openPolicy(session, params.textDocument);
      if (policy) return definePolicy(session, policy, toOffset(policy.document, params.position));
      const at = findRefAtCursor(session, params);
      return at === undefined ? [] : findDefinitions(session, at.uri, at.found.ref, token);
    }),
  );
}
