/**
 * Formatting: two blanks for each level, one blank where one is enough, none at the end of a line. Only blanks and line
 * ends are ever edited, one stretch at a time, so whatever stands well stays byte for byte, comments included.
 *
 * The result is proved before it is offered: the formatted text must read as the same data and leave nothing to do, or
 * nothing is changed.
 */
import { applyEdits, type Edit } from './apply-edits.ts';
import { indentLines } from './format-indentation.ts';
import { spaceTokens } from './format-spacing.ts';
import type { ParsedText, Span, TreeNode } from './located-tree.ts';
import { parseYaml } from './parse-yaml.ts';
import { isSameValue, toPlain } from './patch-value.ts';

/** In the order of the text; only edits within a stretch of it, if one is given. None for broken YAML. */
export function formatYaml(parsed: ParsedText, within?: Span): readonly Edit[] {
  const edits = editsOf(parsed).filter(
    ({ start, end }) => !within || (within.start <= start && end <= within.end),
  );
  if (edits.length === 0) return [];
  const formatted = parseYaml(applyEdits(parsed.text, edits));
  const isSame =
    formatted.problems.length === 0 && isSameValue(toPlain(formatted.root), toPlain(parsed.root));
  const isSettled = within !== undefined || editsOf(formatted).length === 0;
  return isSame && isSettled ? edits : [];
}

function editsOf({ text, root, problems }: ParsedText): Edit[] {
  if (root === undefined || problems.length > 0) return [];
  const edits = [...indentLines(text, root), ...spaceTokens(text, root), ...trimLines(text, root)];
  return edits.sort((a, b) => a.start - b.start);
}

/** Takes blanks from the ends of lines and leaves one line break at the end, but nowhere in a value of several lines. */
function trimLines(text: string, root: TreeNode): Edit[] {
  const blocks = [...longScalars(text, root)];
  const isApart = (span: Span) => !blocks.some(block => span.start < block.end && span.end > block.start);
  const lastBreak = text.indexOf('\n', endOfContent(text));
  const last = lastBreak < 0 ? text.length : lastBreak + 1;
  const ends = [...text.slice(0, last).matchAll(/[ \t]+(?=\r?\n|$)/g)].map(({ 0: blanks, index }) => ({
    start: index,
    end: index + blanks.length,
    newText: '',
  }));
  const newText = lastBreak >= 0 ? '' : text.includes('\r\n') ? '\r\n' : '\n';
  const tail = { start: last, end: text.length, newText };
  return [...ends, tail].filter(edit => isApart(edit) && (edit.end > edit.start || edit.newText !== ''));
}

function endOfContent(text: string): number {
  let end = text.length;
  while (/[ \t\r\n]/.test(text[end - 1] ?? '')) end--;
  return end;
}

/** The stretches of values with more than one line; a block scalar reaches into the next line that is no part of it. */
function* longScalars(text: string, node: TreeNode): Generator<Span> {
  if (node.kind === 'map') for (const { value } of node.pairs) yield* longScalars(text, value);
  else if (node.kind === 'seq') for (const item of node.items) yield* longScalars(text, item);
  else if (/[|>]/.test(text[node.start] ?? '')) {
    let end = node.end;
    while (/\s/.test(text[end] ?? '')) end++;
    yield { start: node.start, end: end + 1 };
  } else if (text.slice(node.start, node.end).includes('\n')) yield node;
}
