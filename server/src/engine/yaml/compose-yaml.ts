/** The library's reading of a text: for all that is out of the ordinary, mistakes included. */
import { type CST, Lexer, Parser } from 'yaml';
import type { ParsedText, TreeNode } from '../located-tree.ts';
import { lineEnd, MAX_DEPTH, ProblemList } from '../syntax-problems.ts';
import { composeTree } from './composed-tree.ts';

/** `depth` is how many collections the text is in. */
export function composeYaml(text: string, depth = 0): ParsedText {
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
    root = composeTree(tokens, text, problems, { tooDeepAt, depth });
  } catch (error) {
    // The library has no known case left; a text that finds one must not stop the other files of a run.
    problems.add(error instanceof RangeError ? 'too-deep' : 'unreadable', 0, lineEnd(text, 0));
  }
  return { text, root, problems: problems.inOrder() };
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
