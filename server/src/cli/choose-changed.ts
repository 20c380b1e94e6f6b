/** `--changed`: the reviews whose findings a change may have altered. Which those are is for the workspace to say. */
import { toFilePath, toFileUri } from '../files/file-uri.ts';
import { isReviewName } from '../files/find-reviews.ts';
import { refsOf } from '../workspace/review-index.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { changesSince } from './git-changes.ts';

/**
 * Shows the workspace the reviews as they were, then as they are: a review that linked to another, or links to it now,
 * is judged again with it. A changed configuration, baseline or pack concerns every review. Only what has to do with
 * these reviews is read.
 */
export function chooseChanged(
  uris: readonly string[],
  ref: string | undefined,
  workspace: Workspace,
  cwd: string,
): readonly string[] {
  const { paths, textThen } = changesSince(ref, cwd);
  const known = new Set(uris);
  const changed = paths.map(toFileUri);
  if (workspace.policyChanged(changed.filter(uri => !isReviewName(uri)))) return uris;
  const isGone = (uri: string): boolean => isReviewName(uri) && textThen(toFilePath(uri)!) !== undefined;
  const reviews = changed.filter(uri => known.has(uri) || isGone(uri));
  workspace.filesChanged(reviews);
  const refs = new Set(refsIn(workspace));
  // A review that is new was empty before.
  for (const uri of reviews) workspace.openText(uri, textThen(toFilePath(uri)!) ?? '');
  for (const ref of refsIn(workspace)) refs.add(ref);
  workspace.readMentions(uris, refs);
  const affected = new Set(reviews.flatMap(uri => workspace.closeText(uri)));
  // The verdicts of those that link here rest on what else they link to.
  workspace.readMentions(uris, new Set(refsIn(workspace).filter(ref => !refs.has(ref))));
  return uris.filter(uri => affected.has(uri));
}

/** What the reviews that are known hold or link to. */
function refsIn(workspace: Workspace): readonly string[] {
  return [...workspace.records()].flatMap(record => [...refsOf(record), ...record.links]);
}
