/** The reviews of an audit: found, judged and counted, for `report` and `compare`. */
import { type CountedReview, countReview } from '../audit/counted-review.ts';
import type { Report } from '../engine/report.ts';
import { smallestCellOf } from '../workspace/smallest-cell.ts';
import { complainUnread, isUnread } from './complain-unread.ts';
import { complain, EXIT } from './exit-code.ts';
import { hasErrors, openWorkspace, POLICY_ERRORS, type PolicyOptions } from './open-workspace.ts';
import { createPause } from './pause.ts';
import { createProgress } from './progress.ts';
import { type ScanOptions, scanReviews } from './scan-options.ts';
import { findInput, selectReviews } from './select-reviews.ts';
import type { Surroundings } from './surroundings.ts';

export type AuditOptions = Omit<PolicyOptions, 'baseline' | 'counted'> & Pick<ScanOptions, 'jobs'>;

export interface AuditedReviews {
  readonly reviews: readonly CountedReview[];
  /** Numbers below it are not told: the largest where several configurations hold. */
  readonly smallestCell: number;
  readonly exitCode: number;
}

/** What is wrong on the way is complained about, and told by the exit code. What was found tells nothing here. */
export async function auditReviews(
  paths: readonly string[],
  options: AuditOptions,
  around: Surroundings,
): Promise<AuditedReviews> {
  const { uris: found, files, problems } = await findInput(paths, {}, around);
  for (const { path, message } of problems) complain(`${path}: ${message}`, around);
  // What was there before the tool was adopted is a breach all the same.
  const scan = { ...options, baseline: false, counted: true };
  const workspace = await openWorkspace(files, scan, around);
  const uris = await selectReviews(found, workspace, {}, around);
  const pause = createPause();
  const progress = createProgress(around, uris.length);
  const reviews: CountedReview[] = [];
  const unread: Report[] = [];
  let crashes = 0;
  for await (const report of scanReviews(uris, { workspace, files, beside: undefined }, scan, around)) {
    progress.step(report !== undefined);
    await pause();
    if (report === undefined) continue;
    if (isUnread(report)) unread.push(report);
    crashes += report.findings.filter(({ rule }) => rule === 'internal-error').length;
    reviews.push(countReview(report, workspace.rules(report.uri)));
  }
  for (const report of unread) complainUnread(report, around);
  const isMisconfigured = hasErrors(workspace.policyProblems());
  if (isMisconfigured) complain(POLICY_ERRORS, around);
  if (crashes > 0) complain('A rule could not be run; case-review check names it.', around);
  const isIncomplete = problems.length + unread.length > 0;
  return {
    reviews,
    smallestCell: smallestCellOf(workspace, uris),
    exitCode: crashes > 0 ? EXIT.failure : isMisconfigured || isIncomplete ? EXIT.usage : EXIT.clean,
  };
}
