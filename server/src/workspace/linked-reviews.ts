/** The reviews that a review links to, as far as they are known. */
import type { Workspace } from './workspace.ts';

/** In the order of the links, each once and never the review itself. */
export function linkedReviews(workspace: Workspace, uri: string): string[] {
  const holders = workspace.report(uri).index.links.flatMap(ref => workspace.holder(ref, uri)?.uri ?? []);
  return [...new Set(holders)].filter(holder => holder !== uri);
}
