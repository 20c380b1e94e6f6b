/** The fix for a text that a comma within brackets cut in two: `{note: seen alone, at home}`. */
import { pathAt, pointerOf } from './locate.ts';
import type { Pair, ParsedText, Span } from './located-tree.ts';
import type { Fix } from './report.ts';

/** `cut` covers the keys without a colon. No fix where no unquoted text stands before them. */
export function quoteText({ text, root }: ParsedText, cut: Span): readonly Fix[] {
  const map = pathAt(root, cut.start)?.pair?.parent;
  if (!map) return [];
  const isCut = ({ keySpan }: Pair) => keySpan.start >= cut.start && keySpan.end <= cut.end;
  const first = map.pairs.findIndex(isCut);
  const [before, rest] = [map.pairs[first - 1], map.pairs.filter(isCut)];
  if (before?.value.kind !== 'scalar' || before.value.quoted || before.value.start === before.value.end)
    return [];
  const whole = text.slice(before.value.start, cut.end);
  const patch = [
    ...rest.map(({ value }) => ({ op: 'remove' as const, path: pointerOf(value) })),
    { op: 'replace' as const, path: pointerOf(before.value), value: whole },
  ];
  return [{ title: 'Put the whole text in quotes', safe: false, patch }];
}
