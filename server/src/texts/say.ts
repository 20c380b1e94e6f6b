/**
 * What the program says to a person, in the person's language: the one place through which words of the editor go.
 * The English text is the key. Where a bundle lacks it, because it is new or has changed, English is said: an old
 * translation never speaks for a new text.
 */

/** English texts and what stands for each in another language, as in `l10n/bundle.l10n.cy.json`. */
export type Bundle = Readonly<Record<string, string>>;

/** Names in braces stand for values: `say('{count} of {all} answered', { count: 1, all: 2 })`. */
export type Say = <T extends string>(text: T, ...values: Values<T>) => string;

type Values<T extends string> = [Names<T>] extends [never]
  ? []
  : [values: Readonly<Record<Names<T>, string | number>>];
type Names<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

export function createSay(bundle: Bundle): Say {
  const words = new Map(Object.entries(bundle));
  return (text, ...[values]) => {
    const given: Readonly<Record<string, string | number>> = values ?? {};
    return (words.get(text) ?? text).replace(/\{(\w+)\}/g, (name, key: string) => String(given[key] ?? name));
  };
}

export const sayInEnglish = createSay({});
