/**
 * What stands at a place of a CEL text, and what may stand there: names, fields, functions, parameters and words.
 * Types come from the compiler, titles and words from the schema; nothing is listed here.
 */
import type { Span } from '../engine/located-tree.ts';
import type { GuideEntry, Word } from '../engine/schema-guide.ts';
import { type CelFunction, ExpressionError, type Names } from './cel-environment.ts';
import { OWN_TYPES } from './cel-functions.ts';
import { MACROS } from './cel-node.ts';
import { type CelToken, celTokens, operandStart } from './cel-tokens.ts';
import type { Parameter } from './pack.ts';
import type { Policy } from './policy.ts';

/** What a name, a field or a function is; the policy's own words for it. */
export type CelThing =
  | {
      readonly kind: 'field' | 'section';
      readonly name: string;
      readonly type: string;
      readonly entry: GuideEntry;
    }
  | { readonly kind: 'member' | 'name'; readonly name: string; readonly type: string }
  | { readonly kind: 'parameter'; readonly name: string; readonly parameter: Parameter }
  | { readonly kind: 'function'; readonly name: string; readonly overloads: readonly CelFunction[] }
  | { readonly kind: 'word'; readonly name: string; readonly word: Word };

/** What the schema says of an operand, where it says something. */
interface Operand {
  readonly type: string;
  readonly entry: GuideEntry | undefined;
}

const UNKNOWN: Operand = { type: 'dyn', entry: undefined };

export class CelCursor {
  /** The word at the cursor, within the quotes of a text: what a completion replaces. */
  readonly word: Span;
  readonly #policy: Policy;
  readonly #source: string;
  readonly #tokens: readonly CelToken[];
  /** The token at the cursor, or the place where one would begin. */
  readonly #at: number;
  readonly #isText: boolean;
  readonly #names: Record<string, string>;
  readonly #entries = new Map<string, GuideEntry | undefined>();

  constructor(policy: Policy, source: string, names: Names, offset: number) {
    this.#policy = policy;
    this.#source = source;
    this.#tokens = celTokens(source);
    this.#names = { ...names };
    const isOn = ({ kind, start, end }: CelToken) =>
      kind === 'name' ? start <= offset && offset <= end : kind === 'text' && start < offset && offset < end;
    const on = this.#tokens.findIndex(token => isOn(token) || isOpenText(token, offset, source));
    const next = this.#tokens.findIndex(({ start }) => start >= offset);
    this.#at = on >= 0 ? on : next < 0 ? this.#tokens.length : next;
    const token = on >= 0 ? this.#tokens[on] : undefined;
    this.#isText = token?.kind === 'text';
    this.word = !token ? { start: offset, end: offset } : this.#isText ? inside(token) : token;
    this.#bindMacros(offset);
  }

  /** What the name at the cursor means; undefined for anything but a name. */
  thing(): CelThing | undefined {
    const name = this.#source.slice(this.word.start, this.word.end);
    return this.suggestions().find(thing => thing.name === name);
  }

  /** What may stand at the cursor. */
  suggestions(): readonly CelThing[] {
    if (this.#isText) return this.#words().map(word => ({ kind: 'word', name: String(word.value), word }));
    const before = this.#tokens[this.#at - 1]?.text;
    if (before === '.' || before === '.?') return this.#members(this.#operandBefore(this.#at - 1));
    return this.#globals();
  }

  #globals(): CelThing[] {
    const { environment, shape } = this.#policy;
    const sections = Object.entries(environment.sections).flatMap(([name, type]): CelThing[] => {
      const entry = shape.guide.root.child(name);
      return entry ? [{ kind: 'section', name, type, entry }] : [];
    });
    const names = { ...this.#names, params: 'Parameters', as_of: 'google.protobuf.Timestamp' };
    return [
      ...Object.entries(names).map(([name, type]): CelThing => ({ kind: 'name', name, type })),
      ...sections,
      ...grouped(environment.functions.filter(({ receiverType }) => receiverType === null)),
    ];
  }

  #members({ type, entry }: Operand): CelThing[] {
    const { environment, parameters, shape } = this.#policy;
    if (type === 'Parameters')
      return [...parameters.values()].map(parameter => ({
        kind: 'parameter',
        name: parameter.name,
        parameter,
      }));
    const plain = type.replace(/^optional<(.*)>$/, '$1');
    const fields = (shape.guide.definition(plain) ?? entry)?.properties ?? [];
    const types = shape.fields[plain] ?? {};
    const others: Readonly<Record<string, string>> = OWN_TYPES[plain as keyof typeof OWN_TYPES] ?? {};
    return [
      ...(plain in shape.fields ? fields : []).map(
        ({ key, entry: field }): CelThing => ({
          kind: 'field',
          name: key,
          type: types[key] ?? 'dyn',
          entry: field,
        }),
      ),
      ...Object.entries(others).map(([name, own]): CelThing => ({ kind: 'member', name, type: own })),
      ...grouped(environment.functions.filter(({ receiverType }) => isReceiver(receiverType, type))),
    ];
  }

  /** The words that may stand in the text at the cursor. */
  #words(): readonly Word[] {
    const before = (back: number) => this.#tokens[this.#at - back]?.text;
    if (before(1) === '==' || before(1) === '!=') return this.#operandBefore(this.#at - 1).entry?.words ?? [];
    if (this.#tokens[this.#at + 1]?.text === 'in') return wordsWithin(this.#operandAfter(this.#at + 2));
    // The second argument of `title` is a word of the vocabulary that the first one names.
    if (before(1) === ',' && before(3) === '(' && before(4) === 'title') {
      const { start, end } = inside(this.#tokens[this.#at - 2]!);
      return this.#policy.shape.guide.definition(this.#source.slice(start, end))?.words ?? [];
    }
    let open = this.#at - 1;
    while (open >= 0 && (this.#tokens[open]!.kind === 'text' || this.#tokens[open]!.text === ',')) open--;
    if (this.#tokens[open]?.text !== '[') return [];
    if (this.#tokens[open - 1]?.text === 'in') return this.#operandBefore(open - 1).entry?.words ?? [];
    return wordsWithin(this.#operandBefore(open));
  }

  #operandBefore(end: number): Operand {
    const start = operandStart(this.#tokens, end);
    return start < 0 ? UNKNOWN : this.#operand(start, end);
  }

  /** The longest operand that begins at a token. */
  #operandAfter(start: number): Operand {
    let end = this.#tokens.length;
    while (end > start && operandStart(this.#tokens, end) !== start) end--;
    return end > start ? this.#operand(start, end) : UNKNOWN;
  }

  #operand(start: number, end: number): Operand {
    const text = this.#source.slice(this.#tokens[start]!.start, this.#tokens[end - 1]!.end);
    const type = this.#typeOf(text);
    return { type, entry: this.#entryOf(start, end) ?? this.#policy.shape.guide.definition(type) };
  }

  #typeOf(source: string): string {
    try {
      return this.#policy.environment.compile(source, this.#names).type;
    } catch (error) {
      if (error instanceof ExpressionError) return 'dyn';
      throw error;
    }
  }

  #entryOf(start: number, end: number): GuideEntry | undefined {
    const last = this.#tokens[end - 1]!;
    if (last.kind === 'name') {
      if (end - start === 1)
        return this.#entries.get(last.text) ?? this.#policy.shape.guide.root.child(last.text);
      return this.#operand(start, end - 2).entry?.child(last.text);
    }
    let open = end - 1;
    while (open > start && operandStart(this.#tokens, open) !== start) open--;
    const { entry } = open > start ? this.#operand(start, open) : UNKNOWN;
    if (last.text === ']') return entry?.items ?? entry?.properties[0]?.entry;
    // What `filter` leaves is of the same kind.
    return last.text === ')' && this.#tokens[open]?.text === '.' ? entry : undefined;
  }

  /** Names that the macros around the cursor bind, such as `p` in `persons.exists(p, …)`. */
  #bindMacros(offset: number): void {
    for (const [i, { text, start }] of this.#tokens.entries()) {
      const [open, name, comma] = this.#tokens.slice(i + 1, i + 4);
      const isMacro = MACROS.has(text) && this.#tokens[i - 1]?.text === '.' && open?.text === '(';
      if (start >= offset || !isMacro || name?.kind !== 'name' || comma?.text !== ',') continue;
      if (comma.end > offset || this.#closing(i + 1) < this.#at) continue;
      const { type, entry } = this.#operandBefore(i - 1);
      this.#names[name.text] = /^list<(.+)>$/.exec(type)?.[1] ?? (/^map</.test(type) ? 'string' : 'dyn');
      this.#entries.set(name.text, entry?.items ?? entry?.keys);
    }
  }

  /** The token that closes a bracket, or the end. */
  #closing(open: number): number {
    let depth = 0;
    for (let i = open; i < this.#tokens.length; i++) {
      const { text } = this.#tokens[i]!;
      if (text === '(') depth++;
      else if (text === ')' && --depth === 0) return i;
    }
    return this.#tokens.length;
  }
}

/** A text that was not closed yet. */
function isOpenText({ kind, text, start, end }: CelToken, offset: number, source: string): boolean {
  const isClosed = text.length > 1 && text.at(-1) === text[0];
  return kind === 'text' && !isClosed && start < offset && offset <= end && end === source.length;
}

function inside({ text, start, end }: CelToken): Span {
  return { start: start + 1, end: text.length > 1 && text.at(-1) === text[0] ? end - 1 : end };
}

/** The words of the entries of a list or of the keys of a map. */
const wordsWithin = ({ entry }: Operand): readonly Word[] => entry?.items?.words ?? entry?.keys?.words ?? [];

function isReceiver(receiver: string | null, type: string): boolean {
  if (receiver === null) return false;
  const bare = (name: string) => name.replace(/<.*/, '');
  return receiver === type || (receiver.includes('<') && bare(receiver) === bare(type));
}

function grouped(functions: readonly CelFunction[]): CelThing[] {
  const byName = new Map<string, CelFunction[]>();
  for (const one of functions) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  return [...byName].map(([name, overloads]) => ({ kind: 'function', name, overloads }));
}
