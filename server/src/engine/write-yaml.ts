/**
 * Plain data as YAML text, in the forms that a person would write: small maps and lists on one line, the rest in
 * blocks. Where the text goes is decided elsewhere.
 */
import { isMap } from './patch-value.ts';

export type Quote = '"' | "'" | undefined;

export interface ScalarForm {
  /** Inside `{}` or `[]`. */
  readonly flow: boolean;
  /** The quotes that the writer of the text chose; kept where they can hold the value. */
  readonly quote: Quote;
}

/** How the text around is written. */
export interface BlockLayout {
  readonly lineBreak: string;
  /** Blanks by which a map stands deeper than its key. */
  readonly mapStep: number;
  /** Blanks by which a list stands deeper than its key; many write 0. */
  readonly listStep: number;
}

/** Longer maps and lists are easier to read in lines. */
const MAX_INLINE = 60;
/** YAML 1.1 readers take these for booleans, nulls or operators, in any spelling. */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;
/** Dates stay plain, as reviews write them; a YAML 1.1 reader takes them for dates in either file. */
const DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/;
/** Starts with a letter, so neither a number nor an indicator; ends neither in a colon nor in a blank. */
const PLAIN = /^\p{L}(?:[^\p{C}\p{Z}:#]| (?=[^\s#])|:(?=[^\s:])|#)*$/u;
const SINGLE_QUOTABLE = /^[^\p{C}\p{Zl}\p{Zp}]*$/u;
const FLOW_INDICATOR = /[,[\]{}:"'`]/;

/** True for null, booleans, finite numbers, strings, and lists and maps of these, up to a hundred levels. */
export function isPlainData(value: unknown, depth = 0): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (depth > 100 || typeof value !== 'object') return false;
  return Object.values(value).every(child => isPlainData(child, depth + 1));
}

export function writeScalar(value: unknown, form: ScalarForm): string {
  return typeof value === 'string' ? writeString(value, form) : String(value);
}

/** On one line, whatever its size. */
export function writeInline(value: unknown, form: ScalarForm): string {
  const inner: ScalarForm = { flow: true, quote: form.flow ? form.quote : undefined };
  if (Array.isArray(value)) return `[${value.map(item => writeInline(item, inner)).join(', ')}]`;
  if (!isMap(value)) return writeScalar(value, form);
  return `{${Object.entries(value)
    .map(([key, child]) => `${writeString(key, inner)}: ${writeInline(child, inner)}`)
    .join(', ')}}`;
}

/** Whether the value goes behind its key; otherwise it goes below. */
export function isInline(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  const children = Object.values(value);
  if (children.length === 0) return true;
  const isFlat = children.every(
    child => isScalar(child) || (Array.isArray(child) && !Array.isArray(value) && child.every(isScalar)),
  );
  return isFlat && writeInline(value, { flow: false, quote: undefined }).length <= MAX_INLINE;
}

/** In lines, the first without indentation, the others indented by `indent`; no line break at the end. */
export function writeBlock(value: unknown, indent: number, layout: BlockLayout): string {
  const form: ScalarForm = { flow: false, quote: undefined };
  if (isScalar(value) || Object.keys(value as object).length === 0) return writeInline(value, form);
  const separator = layout.lineBreak + ' '.repeat(indent);
  if (Array.isArray(value)) return value.map(item => writeItem(item, indent, layout)).join(separator);
  return Object.entries(value as object)
    .map(([key, child]) => writePair(key, child, indent, layout))
    .join(separator);
}

/** `- value`, as it stands in a list whose dashes are indented by `indent`. */
export function writeItem(value: unknown, indent: number, layout: BlockLayout): string {
  const form: ScalarForm = { flow: false, quote: undefined };
  return `- ${isInline(value) ? writeInline(value, form) : writeBlock(value, indent + 2, layout)}`;
}

/** `key: value`, as it stands in a map indented by `indent`; `key:` for what somebody has still to write. */
export function writePair(key: string, value: unknown, indent: number, layout: BlockLayout): string {
  const form: ScalarForm = { flow: false, quote: undefined };
  return `${writeString(key, form)}:${value === null ? '' : writeBehindKey(value, indent, layout)}`;
}

/** What follows the colon of a key indented by `indent`: ` value`, or the value on lines of its own. */
export function writeBehindKey(value: unknown, indent: number, layout: BlockLayout): string {
  if (isInline(value)) return ` ${writeInline(value, { flow: false, quote: undefined })}`;
  const deeper = indent + (Array.isArray(value) ? layout.listStep : layout.mapStep);
  return layout.lineBreak + ' '.repeat(deeper) + writeBlock(value, deeper, layout);
}

function writeString(value: string, { flow, quote }: ScalarForm): string {
  if (quote === undefined && isPlain(value, flow)) return value;
  const isSingle = quote === "'" || (quote === undefined && /["\\]/.test(value) && !value.includes("'"));
  if (isSingle && SINGLE_QUOTABLE.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u00ad\u2028\u2029\ufeff\ufffe\uffff]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Whether every YAML reader, of 1.1 too, takes the bare text for this string. */
function isPlain(value: string, flow: boolean): boolean {
  if (DATE.test(value)) return true;
  return PLAIN.test(value) && !RESERVED.test(value) && !(flow && FLOW_INDICATOR.test(value));
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}
