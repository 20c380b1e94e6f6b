/**
 * Which reviews mention a ref, or a reference of the force. Nothing is read before somebody asks; then each review is
 * read once and again when it changes. All refs of a review are one string, which keeps those of 10,000 reviews in a
 * few megabytes.
 */
import type { CancellationToken } from 'vscode-languageserver';
import { findCaseReferences, findRefs } from '../engine/refs.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { runInSlices } from './idle.ts';
import { readLines, type Texts } from './read-lines.ts';

export interface Mentions {
  /** The refs of each review in capital letters, by canonical URI in order; incomplete when cancelled. */
  all(token: CancellationToken): Promise<readonly (readonly [uri: string, refs: string])[]>;
  forget(uris: readonly string[]): void;
}

/** Without `isTold` of changes on disk, nothing read before can be relied on. */
export function createMentions(workspace: Workspace, texts: Texts, isTold: boolean): Mentions {
  const known = new Map<string, string>();
  const read = (uri: string): string => {
    const refs = known.get(uri) ?? listRefs(readLines(texts, uri).getText());
    known.set(uri, refs);
    return refs;
  };
  return {
    async all(token) {
      if (!isTold) known.clear();
      const found: [string, string][] = [];
      await runInSlices(workspace.reviews(), uri => void found.push([uri, read(uri)]), token);
      return found;
    },
    forget(uris) {
      for (const uri of uris) known.delete(uri);
    },
  };
}

/** Each ref once, separated and enclosed by blanks. */
function listRefs(text: string): string {
  const all = [...findRefs(text), ...findCaseReferences(text)].map(({ ref }) => ref.toUpperCase());
  return ` ${[...new Set(all)].join(' ')} `;
}
