/** Dates and times that a review already holds. There is no clock here: today is not offered. */
import { CompletionItemKind } from 'vscode-languageserver';
import type { TreeNode } from '../engine/located-tree.ts';
import type { DateForm } from '../engine/schema-guide.ts';
import type { Session } from './session.ts';
import type { Suggestion } from './suggestion.ts';

const DATE = /^\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:\d\d))?$/;

/** More than this nobody reads. */
const MOST = 20;

/** The as-of date first, then the rest from the latest back. */
export function completeDates({ workspace }: Session, uri: string, form: DateForm): Suggestion[] {
  const { asOf } = workspace.report(uri);
  const written = [...findDates(workspace.parsed(uri).root)].sort().reverse();
  const fit = (date: string): string => (form === 'instant' ? date : date.slice(0, 'YYYY-MM-DD'.length));
  const dates = new Set(
    [...(asOf === undefined ? [] : [asOf]), ...written]
      .map(fit)
      .filter(date => form !== 'instant' || date.length > 10),
  );
  return [...dates].slice(0, MOST).map(date => ({
    label: date,
    kind: CompletionItemKind.Value,
    detail: asOf !== undefined && fit(asOf) === date ? 'As-of date of this review' : 'In this review',
    documentation: '',
    text: date,
  }));
}

function* findDates(node: TreeNode | undefined): Generator<string> {
  if (node?.kind === 'scalar') {
    if (typeof node.value === 'string' && DATE.test(node.value)) yield node.value;
  } else if (node?.kind === 'seq') {
    for (const item of node.items) yield* findDates(item);
  } else if (node !== undefined) {
    for (const pair of node.pairs) yield* findDates(pair.value);
  }
}
