/** What the schema says of a field or a word, as a block of a hover. */
import type { PlaceAtOffset } from '../engine/locate.ts';
import type { SchemaGuide } from '../engine/schema-guide.ts';
import type { HoverText } from './hover-text.ts';

export function describeField(guide: SchemaGuide, { pointer }: PlaceAtOffset, text: HoverText): string[] {
  const entry = guide.at(pointer);
  if (entry === undefined) return [];
  const form = entry.formDescription === entry.description ? '' : entry.formDescription;
  return [text.block(entry.title, [entry.description, form])];
}

/** The meaning of a word that is written as a value. */
export function describeWord(
  guide: SchemaGuide,
  { part, pointer, node }: PlaceAtOffset,
  text: HoverText,
): string[] {
  if (part === 'key' || node.kind !== 'scalar' || node.value === null) return [];
  const word = guide.at(pointer)?.words?.find(({ value }) => value === node.value);
  return word === undefined ? [] : [text.block(word.title, [word.description])];
}
