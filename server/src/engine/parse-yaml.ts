/**
 * Text to located tree. Only the parts of it in `yaml/` know the `yaml` package.
 *
 * It never throws, whatever the text, and none of its messages quotes the text. What the tree means is judged elsewhere.
 */
import type { MapNode, Pair, ParsedText, Section, Span } from './located-tree.ts';
import { ProblemList } from './syntax-problems.ts';
import { composeYaml } from './yaml/compose-yaml.ts';
import { readDirectly } from './yaml/direct-tree.ts';
import { type Mutable, moveSection, repeated } from './yaml/nodes.ts';
import { readEntries, startsEntry } from './yaml/read-entries.ts';

export function parseYaml(text: string): ParsedText {
  const sections = parseSections(text);
  if (sections) return joinSections(text, sections);
  const root = readDirectly(text);
  return root ? { text, root, problems: [] } : composeYaml(text);
}

/** Undefined where the text does not stand in sections, or one of them cannot be read without the others. */
export function parseSections(text: string): readonly Section[] | undefined {
  // These are mistakes in comments too, which nobody reads below.
  if (/\0|\r(?!\n)/.test(text)) return undefined;
  const starts = sectionStarts(text);
  if (!starts) return undefined;
  const spans = starts.map((start, i) => ({ start, end: starts[i + 1] ?? text.length }));
  const root = readDirectly(text);
  if (root?.kind === 'map') return divided(root.pairs, spans);
  const sections: Section[] = [];
  for (const span of spans) {
    const section = readSection(text, span, spans.length === 1);
    if (!section) return undefined;
    sections.push(section);
  }
  return sections;
}

function divided(pairs: readonly Pair[], spans: readonly Span[]): readonly Section[] {
  let next = 0;
  return spans.map(span => {
    const first = next;
    while (next < pairs.length && pairs[next]!.keySpan.start < span.end) next++;
    return { ...span, pairs: pairs.slice(first, next), problems: [] };
  });
}

function readSection(text: string, { start, end }: Span, isOdd: boolean): Section | undefined {
  const from = start === 0 && text.startsWith('\ufeff') ? 1 : start;
  const read = readEntries(text.slice(from, end), 0, 0, isOdd);
  if (read?.root.kind !== 'map') return undefined;
  const own = { start: start - from, end: end - from, pairs: read.root.pairs, problems: read.problems };
  return moveSection(own, from);
}

/** The text of these sections, one behind the other. Their entries belong to the new tree from now on. */
export function joinSections(text: string, sections: readonly Section[]): ParsedText {
  const pairs: Mutable<Pair>[] = sections.flatMap(section => section.pairs);
  const root: Mutable<MapNode> = { kind: 'map', start: 0, end: 0, pairs, flow: false, parent: undefined };
  root.start = pairs[0]!.keySpan.start;
  for (const pair of pairs) {
    pair.parent = root;
    root.end = Math.max(root.end, pair.keySpan.end, pair.value.end);
  }
  const found = new ProblemList(text);
  for (const section of sections) found.takeOver(section.problems);
  for (const { keySpan } of repeated(pairs)) found.add('duplicate-key', keySpan.start, keySpan.end);
  return { text, root, problems: found.inOrder(), sections };
}

/** Whether a section begins here. */
export const startsSection = (text: string, at: number): boolean => startsEntry(text, at) === 'map';

/** What may stand before the first section: nothing, or a key that has no colon yet. */
const HEAD = /^\ufeff?(?: *(?:#[^\n]*)?\r?\n)*(?:[A-Za-z_][\w-]*\r?\n)?$/;

/** The first one from the beginning of the text on. Undefined where there are none, or several documents may be. */
function sectionStarts(text: string): readonly number[] | undefined {
  const starts: number[] = [];
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length; ) {
    if (startsSection(text, at)) starts.push(at);
    else if (/[-.%]/.test(text.charAt(at)) && /^(?:---|\.\.\.|%)/.test(text.slice(at, at + 3)))
      return undefined;
    const end = text.indexOf('\n', at);
    if (end < 0) break;
    at = end + 1;
  }
  if (starts[0] === undefined || !HEAD.test(text.slice(0, starts[0]))) return undefined;
  return [0, ...starts.slice(1)];
}
