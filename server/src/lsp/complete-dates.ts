/** Dates and times that a review already holds. There is no clock here: today is not offered. */
import { CompletionItemKind, InsertTextFormat } from 'vscode-languageserver';
import type { TreeNode } from '../engine/located-tree.ts';
import type { DateForm } from '../engine/schema-guide.ts';
import type { Say } from '../texts/say.ts';
import type { Session } from './session.ts';
import type { Suggestion } from './suggestion.ts';

const DATE = /^\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:\d\d))?$/;

/** More than this nobody reads. */
const MOST = 20;

/** The as-of date first, then the rest from the latest back, without the one that is written out at the cursor. */
export function completeDates(
  { documents, workspace, client, say }: Session,
  uri: string,
  form: DateForm,
  begun: string,
): Suggestion[] {
  documents.flush();
  const { asOf } = workspace.report(uri);
  const written = [...findDates(workspace.parsed(uri).root)].sort().reverse();
  const fit = (date: string): string => (form === 'instant' ? date : date.slice(0, 'YYYY-MM-DD'.length));
  const dates = new Set(
    [...(asOf === undefined ? [] : [asOf]), ...written]
      .map(fit)
      .filter(date => date !== begun && (form !== 'instant' || date.length > 10)),
  );
  const known = [...dates].slice(0, MOST).map(date => ({
    label: date,
    kind: CompletionItemKind.Value,
    detail:
      asOf !== undefined && fit(asOf) === date ? say('As-of date of this review') : say('In this review'),
    documentation: '',
    text: date,
  }));
  return client.snippets ? [...known, ...templates(form, asOf, say)] : known;
}

/** A date to be filled in, place by place; an instant needs its zone, which summer time changes. */
function templates(form: DateForm, asOf: string | undefined, say: Say): Suggestion[] {
  const day = `\${1:${asOf?.slice(0, 4) ?? 'YYYY'}}-\${2:MM}-\${3:DD}`;
  const [label, detail, text] =
    form === 'instant'
      ? ['YYYY-MM-DDThh:mm:00Z', say('Date and time; +01:00 in summer'), `${day}T${TIME}`]
      : ['YYYY-MM-DD', say('Date'), day];
  const format = InsertTextFormat.Snippet;
  return [{ label, kind: CompletionItemKind.Snippet, detail, documentation: '', text, format }];
}

const TIME = '${4:hh}:${5:mm}:00${6|Z,+01:00|}';

function* findDates(node: TreeNode | undefined): Generator<string> {
  if (node?.kind === 'scalar') {
    if (typeof node.value === 'string' && DATE.test(node.value)) yield node.value;
  } else if (node?.kind === 'seq') {
    for (const item of node.items) yield* findDates(item);
  } else if (node !== undefined) {
    for (const pair of node.pairs) yield* findDates(pair.value);
  }
}
