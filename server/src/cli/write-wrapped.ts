/** Prose for a reader: broken at the width of a terminal, left whole in a log. */
import { wrap } from '../render/printable.ts';
import { columnsOf, type Output } from './surroundings.ts';

export function writeWrapped(text: string, output: Output): void {
  const width = output.isTTY ? columnsOf(output) : undefined;
  const lines = text.split('\n');
  const wrapped = width === undefined ? lines : lines.flatMap(line => wrapItem(line, width));
  output.write(`${wrapped.join('\n')}\n`);
}

function wrapItem(line: string, width: number): string[] {
  if (!line.startsWith('- ')) return wrap(line, width);
  return wrap(line.slice(2), width - 2).map((part, at) => (at === 0 ? '- ' : '  ') + part);
}
