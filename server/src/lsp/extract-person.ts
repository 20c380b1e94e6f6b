/** The code action that lists a person whom the review only mentions, with the category that the ref's prefix says. */
import type { CodeAction } from 'vscode-languageserver';
import { entriesAt, textAt } from '../engine/locate.ts';
import type { Span } from '../engine/located-tree.ts';
import { patchToEdits } from '../engine/patch-to-edits.ts';
import { formOf, refAt } from '../engine/refs.ts';
import { EXTRACT_KIND } from './capabilities.ts';
import type { OpenReview } from './open-review.ts';
import type { Session } from './session.ts';
import { toWorkspaceEdit } from './workspace-edit.ts';

export function extractPerson(session: Session, { uri, document }: OpenReview, at: Span): CodeAction[] {
  const parsed = session.workspace.parsed(uri);
  const ref = refAt(parsed.text, at.start)?.ref ?? '';
  // The forms are called by the categories: a `VictimRef` is the ref of a `victim`.
  const categories = session.workspace.guide(uri).definition('PersonCategory')?.words ?? [];
  const category = categories.find(({ value }) => `${value}ref` === formOf(ref)?.toLowerCase())?.value;
  const isListed = entriesAt(parsed.root, '/persons').some(person => textAt(person, '/ref') === ref);
  if (category === undefined || isListed) return [];
  const edits = patchToEdits(parsed, [{ op: 'add', path: '/persons/-', value: { ref, category } }]);
  if (edits.length === 0) return [];
  const edit = toWorkspaceEdit(session, [{ uri, lines: document, edits }]);
  return [
    {
      title: session.say('List {ref} in persons as {category}', { ref, category }),
      kind: EXTRACT_KIND,
      edit,
    },
  ];
}
