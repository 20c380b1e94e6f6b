/** Formatting of the whole review, of lines of it, and of the line that somebody has just ended. */
import {
  BulkRegistration,
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  type Range,
  type TextDocumentIdentifier,
  type TextEdit,
} from 'vscode-languageserver';
import { formatYaml } from '../engine/format-yaml.ts';
import type { Span } from '../engine/located-tree.ts';
import { LANGUAGE_ID, REVIEW_GLOB } from '../protocol.ts';
import { type Lines, toSpan, toTextEdit } from './convert.ts';
import { openReview } from './open-review.ts';
import type { Session } from './session.ts';

export const ON_TYPE = { firstTriggerCharacter: '\n' };

/**
 * For reviews alone: policy files are YAML, for which people may have another formatter, and an editor with two asks
 * which of them is meant.
 */
export async function offerFormatting({ connection, client }: Session): Promise<void> {
  if (!client.registersFormatting) return;
  const documentSelector = [{ language: LANGUAGE_ID }, { pattern: REVIEW_GLOB }];
  const offers = BulkRegistration.create();
  offers.add(DocumentFormattingRequest.type, { documentSelector });
  offers.add(DocumentRangeFormattingRequest.type, { documentSelector });
  offers.add(DocumentOnTypeFormattingRequest.type, { documentSelector, ...ON_TYPE });
  await connection.client.register(offers);
}

export function provideFormatting(session: Session): void {
  const { connection, fence } = session;
  const answer = (id: TextDocumentIdentifier, within?: (lines: Lines) => Span) => format(session, id, within);
  connection.onDocumentFormatting(
    fence.request('formatting', [], ({ textDocument }) => answer(textDocument)),
  );
  connection.onDocumentRangeFormatting(
    fence.request('formatting', [], ({ textDocument, range }) =>
      answer(textDocument, lines => wholeLines(lines, range)),
    ),
  );
  connection.onDocumentOnTypeFormatting(
    fence.request('formatting', [], ({ textDocument, position }) =>
      answer(textDocument, lines => contentOf(lines, position.line - 1)),
    ),
  );
}

function format(
  session: Session,
  textDocument: TextDocumentIdentifier,
  within: ((lines: Lines) => Span) | undefined,
): TextEdit[] {
  const open = openReview(session, textDocument);
  if (open === undefined) return [];
  const edits = formatYaml(session.workspace.parsed(open.uri), within?.(open.document));
  return edits.map(edit => toTextEdit(open.document, edit, edit.newText));
}

function wholeLines(lines: Lines, { start, end }: Range): Span {
  // A selection that ends before the first character of a line does not mean that line.
  const last = end.character === 0 && end.line > start.line ? end.line : end.line + 1;
  return toSpan(lines, { start: { ...start, character: 0 }, end: { line: last, character: 0 } });
}

/** Without its indentation: while a block is being written, its first line must not run away from the next. */
function contentOf(lines: Lines, line: number): Span {
  const { start, end } = toSpan(lines, {
    start: { line, character: 0 },
    end: { line: line + 1, character: 0 },
  });
  const indentation = /^[ \t]*/.exec(lines.getText().slice(start, end))![0];
  return { start: start + indentation.length, end };
}
