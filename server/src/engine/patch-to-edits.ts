/**
 * A patch as the smallest text edits: what no edit covers, comments included, stays byte for byte.
 *
 * The result is proved before it is offered: the edited text is read again and must say exactly what the patch
 * means. How one operation is written into the text is for `edit-tree.ts`.
 */
import { applyEdits, type Edit } from './apply-edits.ts';
import { editTree } from './edit-tree.ts';
import { findNode } from './locate.ts';
import type { ParsedText } from './located-tree.ts';
import { isSameValue, patchValue, toPlain } from './patch-value.ts';
import { readEdited } from './reparse-yaml.ts';
import type { PatchOperation } from './report.ts';
import { isPlainData } from './write-yaml.ts';

/**
 * In the order of the text, without overlaps. Empty for a patch that does not fit the text (an absent place, a
 * place inside an alias, a value that YAML cannot hold) and for one that changes nothing.
 */
export function patchToEdits(parsed: ParsedText, patch: readonly PatchOperation[]): readonly Edit[] {
  const [first] = patch;
  if (first?.op === 'redact') return redact(parsed, first);
  if (!patch.every(({ op, value }) => op === 'remove' || isPlainData(value))) return [];
  const wanted = patchValue(toPlain(parsed.root), patch);
  if (wanted === undefined) return [];
  let pieces: readonly Piece[] = [{ start: 0, end: parsed.text.length }];
  let current = parsed;
  for (const operation of patch) {
    const edits = editTree(current, operation);
    if (edits === undefined) return [];
    pieces = editPieces(pieces, edits);
    current = readEdited(applyEdits(current.text, edits), current);
  }
  const isProved =
    current.problems.length <= parsed.problems.length && isSameValue(toPlain(current.root), wanted.value);
  return isProved ? toEdits(pieces, parsed.text.length) : [];
}

/** Alone in its patch. Proved like any other: nothing but the text at the place reads otherwise afterwards. */
function redact(parsed: ParsedText, { path, value, span }: PatchOperation): readonly Edit[] {
  if (span === undefined || typeof value !== 'string') return [];
  const edits = [{ start: span.start, end: span.end, newText: value }];
  const after = readEdited(applyEdits(parsed.text, edits), parsed);
  const text = findNode(after.root, path);
  const operation: PatchOperation[] =
    text?.kind === 'scalar' ? [{ op: 'replace', path, value: text.value }] : [];
  const wanted = patchValue(toPlain(parsed.root), operation);
  const isProved =
    wanted !== undefined &&
    after.problems.length <= parsed.problems.length &&
    isSameValue(toPlain(after.root), wanted.value);
  return isProved ? edits : [];
}

/** A part of the edited text: a stretch of the original, or something new. */
type Piece = { readonly start: number; readonly end: number } | { readonly newText: string };

function lengthOf(piece: Piece): number {
  return 'newText' in piece ? piece.newText.length : piece.end - piece.start;
}

/** The edits refer to the text that the pieces make up. */
function editPieces(pieces: readonly Piece[], edits: readonly Edit[]): readonly Piece[] {
  const result: Piece[] = [];
  let at = 0;
  for (const { start, end, newText } of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result.push(...cut(pieces, at, start), { newText });
    at = end;
  }
  return [...result, ...cut(pieces, at, Number.POSITIVE_INFINITY)];
}

function cut(pieces: readonly Piece[], from: number, to: number): Piece[] {
  const result: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const low = Math.max(from - at, 0);
    const high = Math.min(to - at, lengthOf(piece));
    if (low < high) {
      const part = 'newText' in piece;
      result.push(
        part
          ? { newText: piece.newText.slice(low, high) }
          : { start: piece.start + low, end: piece.start + high },
      );
    }
    at += lengthOf(piece);
  }
  return result;
}

function toEdits(pieces: readonly Piece[], length: number): readonly Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  let newText = '';
  for (const piece of [...pieces, { start: length, end: length }]) {
    if ('newText' in piece) {
      newText += piece.newText;
      continue;
    }
    if (newText !== '' || piece.start > at) edits.push({ start: at, end: piece.start, newText });
    newText = '';
    at = piece.end;
  }
  return edits;
}
