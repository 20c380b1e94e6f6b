/** `--changed`: the reviews whose findings a change may have altered. Which those are is for the workspace to say. */
import { toFilePath, toFileUri } from '../files/file-uri.ts';
import { isReviewName } from '../files/find-reviews.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { changesSince } from './git-changes.ts';
import { createPause } from './pause.ts';

/**
 * Shows the workspace the reviews as they were, then as they are: a review that linked to another, or links to it now,
 * is judged again with it. A changed configuration, baseline or pack concerns every review.
 */
export async function chooseChanged(
  uris: readonly string[],
  ref: string | undefined,
  workspace: Workspace,
  cwd: string,
): Promise<readonly string[]> {
  const { paths, textThen } = changesSince(ref, cwd);
  const known = new Set(uris);
  const changed = paths.map(toFileUri);
  const isGone = (uri: string): boolean => isReviewName(uri) && textThen(toFilePath(uri)!) !== undefined;
  const reviews = changed.filter(uri => known.has(uri) || isGone(uri));
  // A review that is new was empty before.
  for (const uri of reviews) workspace.openText(uri, textThen(toFilePath(uri)!) ?? '');
  const pause = createPause();
  for (const _ of workspace.scan(uris)) await pause();
  const affected = new Set(reviews.flatMap(uri => workspace.closeText(uri)));
  for (const uri of workspace.filesChanged(changed.filter(uri => !isReviewName(uri)))) affected.add(uri);
  return uris.filter(uri => affected.has(uri));
}
