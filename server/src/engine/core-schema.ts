/** From the text of a scalar to its value, after the core schema of YAML 1.2. Where scalars begin and end is not asked here. */
import type { Scalar } from './located-tree.ts';

/** The core schema of YAML 1.2, but for numbers that JavaScript would change: they stay as written. */
export function resolvePlain(source: string): Scalar {
  const first = source.charCodeAt(0);
  const isNumeric = (first >= 0x30 && first <= 0x39) || first === 0x2d || first === 0x2b || first === 0x2e;
  if (isNumeric) return resolveNumber(source);
  if (source.length > 5) return source;
  switch (source) {
    case '':
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
    default:
      return source;
  }
}

const NUMBER = /^(?:[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|0o[0-7]+|0x[0-9a-fA-F]+)$/;

/** Infinity, not-a-number and integers that lose digits stay strings: no other reader would get the same number. */
function resolveNumber(source: string): string | number {
  if (!NUMBER.test(source)) return source;
  const number = Number(source);
  if (!Number.isFinite(number) || (Number.isInteger(number) && !Number.isSafeInteger(number))) return source;
  return number === 0 ? 0 : number;
}

const TAG = 'tag:yaml.org,2002:';

/** `tag` with the prefix of the YAML tags spelled out. A tag of somebody else's says nothing to us. */
export function resolveTagged(tag: string, source: string): Scalar {
  switch (tag) {
    case `${TAG}null`:
    case `${TAG}bool`:
    case `${TAG}int`:
    case `${TAG}float`:
      return resolvePlain(source);
    default:
      return source;
  }
}
