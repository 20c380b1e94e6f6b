/**
 * The audit of the folders that a client shows: counted once when it is asked for, and after that only what changes.
 * Nothing is left out for being small, because whoever looks has the reviews.
 */
import type { CancellationToken } from 'vscode-languageserver';
import { type AuditReport, tellAudit } from '../audit/audit-report.ts';
import { concernedReviews } from '../audit/concerned-reviews.ts';
import { countAudit } from '../audit/count-audit.ts';
import { type CountedReview, countReview } from '../audit/counted-review.ts';
import {
  AUDIT_CHANGED_NOTIFICATION,
  AUDIT_REQUEST,
  AUDIT_REVIEWS_REQUEST,
  type AuditFigure,
  type AuditResult,
  type AuditReviewsResult,
} from '../protocol.ts';
import { AUDIT_STYLE } from '../render/audit-style.ts';
import { auditTables } from '../render/audit-tables.ts';
import { auditTitles } from '../render/audit-titles.ts';
import { placeOfFigure } from './audit-place.ts';
import { isWithin } from './canonical-uri.ts';
import { unheard } from './fence.ts';
import { runInSlices } from './idle.ts';
import type { Session } from './session.ts';

const NO_AUDIT: AuditResult = { message: '', style: '', tables: '' };
/** So many are listed: more cannot be looked through one by one. */
const LISTED = 500;

export function provideAudit(session: Session): void {
  const { connection, fence, say } = session;
  const counted = new CountedReviews(session);
  // Whoever asks is told of changes; a client that never asks hears nothing.
  let shown: AuditReport | undefined;
  let isShown = false;
  connection.onRequest<AuditResult, never>(
    AUDIT_REQUEST,
    fence.request('audit', NO_AUDIT, async (_params: unknown, token) => {
      isShown = true;
      if (!session.isScanned()) return { ...NO_AUDIT, message: say('The reviews are still being read.') };
      const reviews = await counted.all(token);
      shown = tellAudit(countAudit(reviews), { smallestCell: 1, ...auditTitles(say) });
      if (shown.reviews === 0)
        return {
          ...NO_AUDIT,
          message: say(
            'There is no complete review in the folder yet. An audit counts reviews whose state is complete.',
          ),
        };
      return { message: '', style: AUDIT_STYLE, tables: auditTables(shown, { say, interactive: true }) };
    }),
  );
  connection.onRequest<AuditReviewsResult, never>(
    AUDIT_REVIEWS_REQUEST,
    fence.request('audit reviews', [], async ({ table, share, round }: AuditFigure, token) => {
      const found = shown?.tables.find(({ id }) => id === table);
      if (shown === undefined || found === undefined) return [];
      const code = round === undefined ? undefined : shown.rounds[round]?.round;
      const inRound = (review: CountedReview) => code === undefined || (review.round ?? null) === code;
      const concerned = concernedReviews((await counted.all(token)).filter(inRound), found, share);
      return concerned.slice(0, LISTED).map(({ uri }) => placeOfFigure(session, uri, found));
    }),
  );
  session.onChange(({ uris }) => {
    counted.forget(uris);
    // While the first scan goes on every review is news; its end is news once more.
    if (isShown && session.isScanned()) unheard(connection.sendNotification(AUDIT_CHANGED_NOTIFICATION));
  });
}

/** What is counted of each review of the folders, kept until it changes. */
class CountedReviews {
  readonly #session: Session;
  readonly #kept = new Map<string, CountedReview>();

  constructor(session: Session) {
    this.#session = session;
  }

  async all(token: CancellationToken): Promise<CountedReview[]> {
    const { workspace } = this.#session;
    const folders = this.#session.folders();
    const uris = workspace.reviews().filter(uri => isWithin(uri, folders) && !workspace.isIgnored(uri));
    await runInSlices(
      uris.filter(uri => !this.#kept.has(uri)),
      uri => this.#kept.set(uri, countReview(workspace.countedReport(uri), workspace.rules(uri))),
      token,
    );
    return uris.flatMap(uri => this.#kept.get(uri) ?? []);
  }

  forget(uris: readonly string[]): void {
    for (const uri of uris) this.#kept.delete(uri);
  }
}
