/** Generators of YAML texts: trees written in mixed styles together with the value that they mean, and broken texts. */
import fc from 'fast-check';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface WrittenText {
  readonly text: string;
  readonly value: Json;
}

interface Style {
  readonly step: number;
  readonly indentsLists: boolean;
  readonly lineBreak: string;
  readonly hasFinalBreak: boolean;
  readonly hasEndMarker: boolean;
  readonly head: string;
}

interface Looks {
  readonly flow: boolean;
  readonly multiline: boolean;
  readonly above: boolean;
  readonly behind: boolean;
  readonly blank: boolean;
  readonly quote: 0 | 1 | 2 | 3;
}

type Shape =
  | { readonly kind: 'scalar'; readonly value: null | boolean | number | string; readonly looks: Looks }
  | { readonly kind: 'seq'; readonly items: readonly Shape[]; readonly looks: Looks }
  | { readonly kind: 'map'; readonly pairs: readonly (readonly [string, Shape])[]; readonly looks: Looks };

export const KEYS = [
  'a',
  'b',
  'c',
  'ref',
  'id',
  'at',
  'state',
  'long key',
  'x/y',
  't~e',
  '1',
  'yes',
  'über',
  '__proto__',
  '😀',
  '',
];

export const words = fc.oneof(
  fc.constantFrom(
    'done',
    'outstanding',
    'two words',
    'no',
    'On',
    '0142',
    '12:30',
    '22E1',
    '22B',
    '2026-02-03',
    'null',
    '~',
    '',
  ),
  fc.constantFrom(
    'a: b',
    'c #d',
    '- e',
    "it's",
    '"q"',
    '\\',
    'tab\there',
    'two\nlines\n',
    'x\n\n  y',
    '{',
    '[]',
    '*a',
    '&a',
    '!t',
    '|',
    '%',
    '@',
    'x:',
    '😀 é',
    '\u2028',
    '\u0085',
    '...',
    '---',
    'a,b',
    ' led',
    'trail ',
  ),
  fc.string(),
);

export const scalars: fc.Arbitrary<null | boolean | number | string> = fc.oneof(
  { weight: 5, arbitrary: words },
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.constantFrom(0.5, -2.25, 1e-7, 1e15),
);

const looks: fc.Arbitrary<Looks> = fc.record({
  flow: fc.nat(3).map(n => n === 0),
  multiline: fc.boolean(),
  above: fc.nat(3).map(n => n === 0),
  behind: fc.nat(2).map(n => n === 0),
  blank: fc.nat(5).map(n => n === 0),
  quote: fc.constantFrom(0, 0, 1, 2, 3),
});

const { shape } = fc.letrec<{ shape: Shape }>(tie => ({
  shape: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record({ kind: fc.constant('scalar' as const), value: scalars, looks }),
    fc.record({ kind: fc.constant('seq' as const), items: fc.array(tie('shape'), { maxLength: 4 }), looks }),
    fc.record({
      kind: fc.constant('map' as const),
      pairs: fc.uniqueArray(fc.tuple(fc.constantFrom(...KEYS), tie('shape')), {
        selector: ([key]) => key,
        maxLength: 5,
      }),
      looks,
    }),
  ),
}));

const collection = shape.filter(({ kind }) => kind !== 'scalar');

const styles: fc.Arbitrary<Style> = fc.record({
  step: fc.constantFrom(2, 2, 4, 3),
  indentsLists: fc.boolean(),
  lineBreak: fc.constantFrom('\n', '\n', '\r\n'),
  hasFinalBreak: fc.boolean(),
  hasEndMarker: fc.nat(5).map(n => n === 0),
  head: fc.constantFrom('', '', '# A comment\tof the file.\n', '---\n', '\ufeff', '\n\n'),
});

/** A collection, written in some style. */
export const writtenTexts: fc.Arbitrary<WrittenText> = fc
  .tuple(collection, styles)
  .map(([root, style]) => write(root, style));

function write(root: Shape, style: Style): WrittenText {
  const lines = isFlow(root)
    ? flowLines(root, 0).map((line, i) => (i === 0 ? line : `  ${line}`))
    : blockLines(root, 0, style);
  if (style.hasEndMarker) lines.push('...', '# Behind the end.');
  const text = style.head + lines.join('\n') + (style.hasFinalBreak ? '\n' : '');
  return { text: text.replaceAll('\n', style.lineBreak), value: meaningOf(root) };
}

function meaningOf(node: Shape): Json {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'seq') return node.items.map(meaningOf);
  return dictionary(node.pairs.map(([key, child]) => [key, meaningOf(child)]));
}

export function dictionary(entries: readonly (readonly [string, Json])[]): { readonly [key: string]: Json } {
  const result: Record<string, Json> = Object.create(null);
  for (const [key, value] of entries) result[key] = value;
  return result;
}

function isFlow(node: Shape): boolean {
  if (node.kind === 'scalar') return true;
  return node.looks.flow || (node.kind === 'seq' ? node.items : node.pairs).length === 0;
}

/** Lines of a block collection, each with its indentation. */
function blockLines(node: Shape, indent: number, style: Style): string[] {
  if (node.kind === 'scalar') return [];
  const margin = ' '.repeat(indent);
  const entries: (readonly [string, Shape])[] =
    node.kind === 'seq'
      ? node.items.map(item => ['-', item])
      : node.pairs.map(([key, child]) => [`${scalarText(key, child.looks.quote, true)}:`, child]);
  return entries.flatMap(([lead, child]) => {
    const lines = child.looks.blank ? [''] : [];
    if (child.looks.above) lines.push(`${margin}# above`);
    const comment = child.looks.behind ? ' # behind' : '';
    const isItem = node.kind === 'seq';
    if (child.kind === 'scalar') {
      const literal = literalLines(child, indent + style.step);
      const plain = scalarText(
        child.value,
        child.looks.quote,
        isItem && child.value === null ? false : child.looks.flow,
      );
      lines.push(
        ...(literal
          ? [`${margin}${lead} ${literal[0]}${comment}`, ...literal.slice(1)]
          : [`${margin}${lead}${plain && ' '}${plain}${comment}`]),
      );
    } else if (isFlow(child)) {
      const [first, ...rest] = flowLines(child, 0);
      lines.push(`${margin}${lead} ${first}`, ...rest.map(line => `${margin}  ${line}`));
      lines.push(`${lines.pop()}${comment}`);
    } else if (isItem && child.looks.multiline) {
      const inner = blockLines({ ...child, looks: { ...child.looks } }, indent + 2, style);
      const first = inner.findIndex(line => line.trim() !== '' && !line.trim().startsWith('#'));
      lines.push(`${margin}- ${inner[first]!.slice(indent + 2)}`, ...inner.slice(first + 1));
    } else {
      const deeper = child.kind === 'seq' && !isItem && !style.indentsLists ? indent : indent + style.step;
      lines.push(`${margin}${lead}${comment}`, ...blockLines(child, deeper, style));
    }
    return lines;
  });
}

/** A string in several lines as a literal block; undefined where it cannot or shall not be one. */
function literalLines(
  { value, looks: { quote } }: Shape & { kind: 'scalar' },
  indent: number,
): string[] | undefined {
  if (
    quote !== 3 ||
    typeof value !== 'string' ||
    !/^[!-~][ -~]*(?:\n[!-~]*)*$/.test(value) ||
    /\n\n$/.test(value)
  )
    return undefined;
  const [header, body] = value.endsWith('\n') ? ['|', value.slice(0, -1)] : ['|-', value];
  return [header, ...body.split('\n').map(line => (line === '' ? '' : ' '.repeat(indent) + line))];
}

function flowLines(node: Shape, depth: number): string[] {
  if (node.kind === 'scalar') return [scalarText(node.value, node.looks.quote, true)];
  const [open, close] = node.kind === 'seq' ? '[]' : '{}';
  const entries =
    node.kind === 'seq'
      ? node.items.map(item => flowLines(item, depth + 1))
      : node.pairs.map(([key, child]) => {
          const [first, ...rest] = flowLines(child, depth + 1);
          return [`${scalarText(key, child.looks.quote || 1, true)}: ${first}`, ...rest];
        });
  const isMultiline =
    node.looks.multiline && depth === 0 && entries.length > 0 && entries.every(lines => lines.length === 1);
  if (!isMultiline) return [`${open}${entries.map(lines => lines.join(' ')).join(', ')}${close}`];
  const comment = node.looks.behind ? ' # behind' : '';
  const last = node.looks.above ? ',' : '';
  return [
    open!,
    ...entries.map((lines, i) => `  ${lines[0]}${i < entries.length - 1 ? ',' : last}${comment}`),
    close!,
  ];
}

function scalarText(value: null | boolean | number | string, quote: number, isExplicit: boolean): string {
  if (value === null) return isExplicit ? 'null' : '';
  if (typeof value !== 'string') return String(value);
  if (quote === 0 && /^[a-z][a-z0-9 ]*[a-z0-9]$|^[a-z]$/.test(value) && !/^(?:null|true|false)$/.test(value))
    return value;
  if (quote === 2 && /^[ -~]*$/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const FRAGMENTS = [
  '\n',
  '\r\n',
  '\r',
  ' ',
  '  ',
  '\t',
  ':',
  ': ',
  '- ',
  '-',
  '?',
  '? ',
  ',',
  '[',
  ']',
  '{',
  '}',
  '#',
  ' #',
  '&a',
  '&a ',
  '*a',
  '*a ',
  '!',
  '!!str ',
  '!!int ',
  '|',
  '|\n',
  '>',
  '>-\n',
  '|+\n',
  '%',
  '%YAML 1.1\n',
  '@',
  '`',
  '"',
  "'",
  '\\',
  '---',
  '---\n',
  '...',
  '...\n',
  '<<',
  '<<: ',
  'a',
  'a:',
  'a: ',
  'b: c',
  '1',
  'null',
  '~',
  '\ufeff',
  '\0',
  '\ufffd',
  '😀',
  '\ud83d',
  'é',
  '\u2028',
  '\u0085',
  '__proto__',
  '2026-02-03',
];

/** Text that looks like YAML now and then. */
export const soup: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ maxLength: 4, unit: 'binary' })), {
    maxLength: 40,
  })
  .map(parts => parts.join(''));

/** A good text with a few stretches cut out, doubled or replaced. */
export const mutatedTexts: fc.Arbitrary<string> = fc
  .tuple(
    writtenTexts,
    fc.array(
      fc.tuple(
        fc.nat(1000),
        fc.nat(12),
        fc.oneof(fc.constant(''), fc.constantFrom(...FRAGMENTS)),
        fc.boolean(),
      ),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([{ text }, cuts]) =>
    cuts.reduce((broken, [at, length, put, doubles]) => {
      const start = Math.floor((at / 1001) * (broken.length + 1));
      const end = Math.min(start + length, broken.length);
      return broken.slice(0, doubles ? end : start) + put + broken.slice(doubles ? start : end);
    }, text),
  );
