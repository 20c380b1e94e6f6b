/**
 * A text after an edit, read anew only in the sections where the edit lies. What comes out is what reading the whole
 * text gives; a property test holds that over any sequence of edits, broken texts included.
 *
 * The other sections stay the very same objects, so that whoever knows what they say need not look again. A text that
 * does not stand in sections is read as a whole.
 */
import type { MapNode, Pair, ParsedText, Section, SeqNode, Span, TreeNode } from './located-tree.ts';
import { joinSections, parseSections, parseYaml, startsSection } from './parse-yaml.ts';
import { type Mutable, moveSection } from './yaml/nodes.ts';

/**
 * As `parseYaml(text)`, in less time where `before` differs little from it. Takes the tree of `before` apart: what is
 * the same belongs to the new tree, and the old one must not be used any more.
 */
export function reparseYaml(text: string, before: ParsedText | undefined): ParsedText {
  if (text === before?.text) return before;
  return (before?.sections && readChange(text, before.text, before.sections)) ?? parseYaml(text);
}

/** The same, and `before` stays as it is. */
export function readEdited(text: string, before: ParsedText): ParsedText {
  return reparseYaml(text, { ...before, ...(before.sections && { sections: before.sections.map(copied) }) });
}

function readChange(text: string, old: string, sections: readonly Section[]): ParsedText | undefined {
  const change = changeBetween(old, text);
  const delta = text.length - old.length;
  // A section ends where a line is the beginning of another, so a change at that place may lengthen it.
  let first = sections.findIndex(({ end }) => end >= change.start);
  while (first > 0 && !startsSection(text, sections[first]!.start)) first--;
  const behind = sections.findIndex(({ start }) => start > change.end);
  const next = behind < 0 ? sections.length : behind;
  const from = sections[first]!.start;
  // A copy: parts of a text hold the whole of it in memory, and there will be a next text for every letter.
  const part = structuredClone(text.slice(from, (sections[next]?.start ?? old.length) + delta));
  const read = parseSections(part);
  return (
    read &&
    joinSections(text, [
      ...sections.slice(0, first),
      ...read.map(section => moveSection(section, from)),
      ...sections.slice(next).map(section => moveSection(section, delta)),
    ])
  );
}

/** The stretch of the old text that is not in the new one; empty where something was only put in. */
function changeBetween(old: string, now: string): Span {
  const most = Math.min(old.length, now.length);
  const start = countSame(most, (from, to) => old.slice(from, to) === now.slice(from, to));
  const same = countSame(most - start, (from, to) => {
    const [oldEnd, nowEnd] = [old.length - from, now.length - from];
    return old.slice(oldEnd - to + from, oldEnd) === now.slice(nowEnd - to + from, nowEnd);
  });
  return { start, end: old.length - same };
}

/** How many characters are the same from one end on: whole stretches are compared, each a sixteenth of the last. */
function countSame(most: number, isSame: (from: number, to: number) => boolean): number {
  let count = 0;
  for (let step = 1 << 16; step >= 1; step >>= 4)
    while (count + step <= most && isSame(count, count + step)) count += step;
  return count;
}

function copied(section: Section): Section {
  return { ...section, pairs: section.pairs.map(pair => copiedPair(pair, pair.parent)) };
}

function copiedPair({ key, keySpan, value }: Pair, parent: MapNode): Pair {
  const pair: Mutable<Pair> = { key, keySpan: { ...keySpan }, value, parent };
  pair.value = copiedNode(value, pair);
  return pair;
}

function copiedNode(node: TreeNode, parent: TreeNode['parent']): TreeNode {
  if (node.kind === 'scalar') return { ...node, parent };
  if (node.kind === 'seq') {
    const items: TreeNode[] = [];
    const seq: SeqNode = { ...node, items, parent };
    for (const item of node.items) items.push(copiedNode(item, seq));
    return seq;
  }
  const pairs: Pair[] = [];
  const map: MapNode = { ...node, pairs, parent };
  for (const pair of node.pairs) pairs.push(copiedPair(pair, map));
  return map;
}
