/**
 * Texts whose positions count as client and server have agreed. Inside, a place is a pair of UTF-16 offsets, and so do
 * the library's documents count; for a client that prefers bytes or code points, characters are counted anew in the
 * one line that a position is in.
 */
import {
  type InitializeParams,
  type Position,
  PositionEncodingKind,
  type TextDocumentContentChangeEvent,
  type TextDocumentsConfiguration,
  uinteger,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** How many characters a code point is. */
type Width = (codePoint: number) => number;

const WIDTHS: Readonly<Record<PositionEncodingKind, Width>> = {
  [PositionEncodingKind.UTF8]: point => (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4),
  [PositionEncodingKind.UTF32]: () => 1,
};

/** The first that the client names and we know: it names first what it need not convert. */
export function choosePositionEncoding({ general }: InitializeParams['capabilities']): PositionEncodingKind {
  const offered = general?.positionEncodings ?? [];
  return offered.find(encoding => Object.hasOwn(WIDTHS, encoding) || encoding === UTF16) ?? UTF16;
}

const UTF16 = PositionEncodingKind.UTF16;

/** An open document as the features see it, and a text that knows its lines. */
export type OpenDocument = Pick<
  TextDocument,
  'uri' | 'languageId' | 'version' | 'positionAt' | 'offsetAt' | 'getText'
>;

/** Makes and changes documents that count in this encoding. */
export function documentsIn(encoding: PositionEncodingKind): TextDocumentsConfiguration<OpenDocument> {
  const width = WIDTHS[encoding];
  if (width === undefined) return TextDocument;
  return {
    create: (...parts) => new CountedDocument(TextDocument.create(...parts), width),
    update(document, changes, version) {
      for (const change of changes) (document as CountedDocument).change(change, version);
      return document;
    },
  };
}

class CountedDocument implements OpenDocument {
  readonly #document: TextDocument;
  readonly #width: Width;

  constructor(document: TextDocument, width: Width) {
    this.#document = document;
    this.#width = width;
  }

  get uri(): string {
    return this.#document.uri;
  }

  get languageId(): string {
    return this.#document.languageId;
  }

  get version(): number {
    return this.#document.version;
  }

  getText(): string {
    return this.#document.getText();
  }

  positionAt(offset: number): Position {
    const { line, character } = this.#document.positionAt(offset);
    let count = 0;
    for (const point of this.#lineText(line, character)) count += this.#width(point.codePointAt(0)!);
    return { line, character: count };
  }

  /** A position within a code point is its beginning, and one behind the end of its line is that end. */
  offsetAt({ line, character }: Position): number {
    let offset = this.#document.offsetAt({ line, character: 0 });
    let left = character;
    for (const point of this.#lineText(line, uinteger.MAX_VALUE)) {
      left -= this.#width(point.codePointAt(0)!);
      if (left < 0) break;
      offset += point.length;
    }
    return offset;
  }

  change(change: TextDocumentContentChangeEvent, version: number): void {
    const range = 'range' in change && {
      start: this.#document.positionAt(this.offsetAt(change.range.start)),
      end: this.#document.positionAt(this.offsetAt(change.range.end)),
    };
    TextDocument.update(
      this.#document,
      [range ? { range, text: change.text } : { text: change.text }],
      version,
    );
  }

  #lineText(line: number, end: number): string {
    return this.#document.getText({ start: { line, character: 0 }, end: { line, character: end } });
  }
}
