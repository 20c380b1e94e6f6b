/** What a name, field, function, parameter or word of a rule is called and what it means: for hover and completion. */

import type { CelThing } from '../policy/cel-cursor.ts';
import { MEANINGS } from '../policy/cel-functions.ts';
import type { Parameter } from '../policy/pack.ts';
import type { Say } from '../texts/say.ts';

export interface Description {
  readonly title: string;
  /** A few words: the type or the value. */
  readonly detail: string;
  readonly lines: readonly string[];
}

export function describeCel(thing: CelThing, say: Say): Description {
  switch (thing.kind) {
    case 'field':
    case 'section':
      return { title: thing.entry.title, detail: plainType(thing.type), lines: [thing.entry.description] };
    case 'parameter':
      return describeParameter(thing.parameter, say);
    case 'function':
      return {
        title: thing.name,
        detail: plainType(thing.overloads[0]?.signature ?? ''),
        lines: [MEANINGS[thing.name] ?? '', ...thing.overloads.map(({ signature }) => plainType(signature))],
      };
    case 'word':
      return { title: thing.word.title, detail: '', lines: [thing.word.description] };
    default:
      return { title: thing.name, detail: plainType(thing.type), lines: [] };
  }
}

export function describeParameter(parameter: Parameter, say: Say): Description {
  const { name, title, description = '', value, unit, confidence, adopted } = parameter;
  const isShort = typeof value === 'number';
  return {
    title,
    detail: isShort ? `${value} ${unit}` : unit,
    lines: [
      description,
      isShort
        ? say('Value: {value}.', { value: `${value} ${unit}` })
        : say('Entries: {count}.', {
            count: Array.isArray(value) ? value.length : Object.keys(value as object).length,
          }),
      say('Confidence: {confidence}, pack {pack}.', { confidence, pack: parameter.pack }),
      adopted ? say('Adopted by {by} on {on}.', { by: adopted.by, on: adopted.on }) : '',
      `params.${name}`,
    ],
  };
}

const plainType = (type: string): string => type.replaceAll('google.protobuf.Timestamp', 'Timestamp');
