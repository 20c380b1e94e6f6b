/**
 * Text to located tree. Only this file and the parts of it in `yaml/` know the `yaml` package.
 *
 * It never throws, whatever the text, and none of its messages quotes the text. What the tree means is judged elsewhere.
 */
import { type CST, Lexer, Parser } from 'yaml';
import type { MapNode, Pair, ParsedText, Section, TreeNode } from './located-tree.ts';
import { lineEnd, MAX_DEPTH, type ProblemCode, ProblemList } from './syntax-problems.ts';
import { composeTree } from './yaml/composed-tree.ts';
import { readDirectly } from './yaml/direct-tree.ts';
import { type Mutable, moveSection, repeated } from './yaml/nodes.ts';

export function parseYaml(text: string): ParsedText {
  const sections = parseSections(text);
  if (sections) return joinSections(text, sections);
  const root = readDirectly(text);
  return root ? { text, root, problems: [] } : composeYaml(text);
}

/** The library's reading of the whole text: the other ways must come to the same wherever it sees no mistake. */
export function composeYaml(text: string): ParsedText {
  const problems = new ProblemList(text);
  // UTF-16 read as UTF-8 is full of NULs, which YAML forbids; their first place tells more than the flood behind it.
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    problems.add('not-utf8', nul, nul + 1);
    return { text, root: undefined, problems: problems.inOrder() };
  }
  // YAML ends a line there, yaml 2.9 does not: what it makes of the text is not what the text says.
  const loneReturn = text.includes('\r') ? text.search(/\r(?!\n)/) : -1;
  if (loneReturn >= 0) problems.add('lone-carriage-return', loneReturn, loneReturn + 1);
  let root: TreeNode | undefined;
  try {
    const { tokens, tooDeepAt } = readTokens(text);
    root = composeTree(tokens, text, problems, tooDeepAt);
  } catch (error) {
    // The library has no known case left; a text that finds one must not stop the other files of a run.
    problems.add(error instanceof RangeError ? 'too-deep' : 'unreadable', 0, lineEnd(text, 0));
  }
  return { text, root, problems: problems.inOrder() };
}

/** Undefined where the text does not stand in sections, or one of them cannot be read without the others. */
export function parseSections(text: string): readonly Section[] | undefined {
  const starts = sectionStarts(text);
  if (!starts) return undefined;
  const root = readDirectly(text);
  let next = 0;
  const sections: Section[] = [];
  for (const [i, start] of starts.entries()) {
    const end = starts[i + 1] ?? text.length;
    if (root?.kind === 'map') {
      const pairs: Pair[] = [];
      while (next < root.pairs.length && root.pairs[next]!.keySpan.start < end)
        pairs.push(root.pairs[next++]!);
      sections.push({ start, end, pairs, problems: [] });
      continue;
    }
    const section = readSection(text.slice(start, end));
    if (!section) return undefined;
    sections.push(moveSection(section, start));
  }
  return sections;
}

function readSection(text: string): Section | undefined {
  const direct = readDirectly(text);
  const { root, problems } = direct ? { root: direct, problems: [] } : composeYaml(text);
  const isApart =
    root?.kind === 'map' && !root.flow && problems.every(({ code }) => code !== 'unknown-alias');
  return isApart ? { start: 0, end: text.length, pairs: root.pairs, problems } : undefined;
}

/** The text of these sections, one behind the other. Their entries belong to the new tree from now on. */
export function joinSections(text: string, sections: readonly Section[]): ParsedText {
  const pairs: Mutable<Pair>[] = [];
  for (const section of sections) for (const pair of section.pairs) pairs.push(pair);
  const root: Mutable<MapNode> = { kind: 'map', start: 0, end: 0, pairs, flow: false, parent: undefined };
  root.start = pairs[0]!.keySpan.start;
  for (const pair of pairs) {
    pair.parent = root;
    root.end = Math.max(root.end, pair.keySpan.end, pair.value.end);
  }
  const found = new ProblemList(text);
  for (const { code, span } of sections.flatMap(section => section.problems))
    found.add(code as ProblemCode, span.start, span.end);
  for (const { keySpan } of repeated(pairs)) found.add('duplicate-key', keySpan.start, keySpan.end);
  return { text, root, problems: found.inOrder(), sections };
}

/** A plain word as a key. */
const KEY = /[A-Za-z_][\w-]*:(?=[ \r\n]|$)/y;

export function startsSection(text: string, at: number): boolean {
  KEY.lastIndex = at;
  return KEY.test(text);
}

/** What may stand before the first section. */
const NOTHING = /^\ufeff?(?: *(?:#[^\n]*)?\r?\n)*$/;

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
  if (starts[0] === undefined || !NOTHING.test(text.slice(0, starts[0]))) return undefined;
  return [0, ...starts.slice(1)];
}

/** What the lexer says before the line at which it gives up waiting for a bracket. */
const OPEN_BRACKET_ENDS = '\x18';

/**
 * That line's indentation is taken in already, and yaml 2.9 reads the line as if it had none: it and all that follow
 * would run into one another. True where the lexer is set back to the beginning of the line, to say its blanks again.
 */
function stepsBack(lexer: Lexer, offset: number, text: string): boolean {
  const indentation = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  if (!/^ +$/.test(indentation)) return false;
  (lexer as unknown as { pos: number }).pos -= indentation.length;
  return true;
}

/** The tokens of the first document and the head of a second one; no further, if one is nested too deep. */
function readTokens(text: string): { tokens: CST.Token[]; tooDeepAt?: number } {
  const parser = new Parser();
  const hasMark = text.startsWith('\ufeff');
  // With a byte order mark before it, yaml 2.9 misreads a list at the start of a text.
  if (hasMark) parser.offset = 1;
  const tokens: CST.Token[] = [];
  let documents = 0;
  const lexer = new Lexer();
  let isRepeated = false;
  for (const lexeme of lexer.lex(hasMark ? text.slice(1) : text)) {
    if (isRepeated) {
      isRepeated = false;
      continue;
    }
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      if (token.type === 'document' && ++documents > 1) return { tokens };
    }
    isRepeated = lexeme === OPEN_BRACKET_ENDS && stepsBack(lexer, parser.offset, text);
    // The stack holds the document, the collections and perhaps a scalar. Asking while reading keeps a hostile
    // file cheap: 100,000 brackets cost no more than a hundred.
    if (parser.stack.length > MAX_DEPTH + 2) {
      const tooDeepAt = parser.offset;
      tokens.push(...parser.end());
      return { tokens, tooDeepAt };
    }
  }
  tokens.push(...parser.end());
  return { tokens };
}
