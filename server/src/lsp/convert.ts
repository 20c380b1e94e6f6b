/**
 * The only maker of LSP ranges and severities: inside, a place is a pair of UTF-16 offsets. What the characters of a
 * position are is for `position-encoding.ts`.
 */
import { DiagnosticSeverity, type Position, type Range, type TextEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '../engine/located-tree.ts';
import type { Severity } from '../engine/report.ts';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function toSeverity(severity: Severity): DiagnosticSeverity {
  return SEVERITIES[severity];
}

/** A text that knows its lines: an open document, or the text of a closed file. */
export type Lines = Pick<TextDocument, 'positionAt' | 'offsetAt' | 'getText'>;

export function toRange(lines: Lines, span: Span): Range {
  return { start: lines.positionAt(span.start), end: lines.positionAt(span.end) };
}

export function toOffset(lines: Lines, position: Position): number {
  return lines.offsetAt(position);
}

export function toSpan(lines: Lines, range: Range): Span {
  return { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
}

export function toTextEdit(lines: Lines, span: Span, newText: string): TextEdit {
  return { range: toRange(lines, span), newText };
}
