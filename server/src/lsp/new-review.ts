/** The requests behind the client's command "New Case Review". */
import { KINDS_REQUEST, type KindsResult } from '../protocol.ts';
import type { Session } from './session.ts';

export function provideNewReview({ connection, fence, guide }: Session): void {
  connection.onRequest(
    KINDS_REQUEST,
    fence.request<null, KindsResult>('kinds', [], () =>
      (guide.definition('ReviewKind')?.words ?? []).map(({ value, title, description }) => ({ value: String(value), title, description })),
    ),
  );
}
