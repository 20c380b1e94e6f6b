/**
 * Offsets to lines and columns and back, for the edge of the tool: inside, a place is a pair of offsets.
 * Lines and characters count from 0, characters in UTF-16 units; a line ends with LF, CRLF or CR.
 */

export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

/** Any number is a valid argument: what lies outside the text is moved to the nearest place inside. */
export class LineIndex {
  readonly #text: string;
  /** Where each line starts; made when first asked for. */
  #starts: readonly number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  get lineCount(): number {
    return this.#lineStarts().length;
  }

  /** The place between CR and LF counts as the end of the line before them. */
  position(offset: number): LinePosition {
    const starts = this.#lineStarts();
    const inside = clamp(offset, 0, this.#text.length);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= inside) low = middle;
      else high = middle - 1;
    }
    const start = starts[low]!;
    return { line: low, character: Math.min(inside, this.#lineEnd(low)) - start };
  }

  /** A character behind the end of its line is the end of that line, before the line break. */
  offset(line: number, character: number): number {
    const starts = this.#lineStarts();
    if (line < 0) return 0;
    if (line >= starts.length) return this.#text.length;
    const row = clamp(line, 0, starts.length - 1);
    return clamp(starts[row]! + clamp(character, 0, this.#text.length), starts[row]!, this.#lineEnd(row));
  }

  #lineEnd(line: number): number {
    const starts = this.#lineStarts();
    if (line === starts.length - 1) return this.#text.length;
    const next = starts[line + 1]!;
    const isCrLf =
      this.#text[next - 1] === '\n' && next - 2 >= starts[line]! && this.#text[next - 2] === '\r';
    return isCrLf ? next - 2 : next - 1;
  }

  #lineStarts(): readonly number[] {
    this.#starts ??= findLineStarts(this.#text);
    return this.#starts;
  }
}

function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  if (!text.includes('\r')) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  }
  for (const { index, 0: lineBreak } of text.matchAll(/\r\n?|\n/g)) starts.push(index + lineBreak.length);
  return starts;
}

/** Not-a-number counts as the lower end; a fraction is cut off. */
function clamp(value: number, low: number, high: number): number {
  return value > low ? Math.min(Math.trunc(value), high) : low;
}
