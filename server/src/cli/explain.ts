/** `case-review explain`: what a rule is for, what it allows, and where that is written. */
import { closest, distance } from 'fastest-levenshtein';
import { wrap } from '../render/printable.ts';
import { formatRule } from '../render/rule-text.ts';
import { EXIT, UsageError } from './exit-code.ts';
import { type RulesOptions, rulesInForce } from './rules.ts';
import type { Surroundings } from './surroundings.ts';

export async function explainRule(id: string, options: RulesOptions, around: Surroundings): Promise<number> {
  const list = await rulesInForce(options, around);
  const rule = list.find(candidate => candidate.id === id || candidate.ref === id);
  if (rule === undefined)
    throw new UsageError(
      `There is no rule "${id}". ${suggest(
        id,
        list.map(known => known.id),
      )}`,
    );
  const width = around.stdout.isTTY ? (around.stdout.columns ?? 80) : undefined;
  const lines = formatRule(rule).split('\n');
  const wrapped = width === undefined ? lines : lines.flatMap(line => wrapItem(line, width));
  around.stdout.write(`${wrapped.join('\n')}\n`);
  return EXIT.clean;
}

function suggest(id: string, known: readonly string[]): string {
  const near = known.length === 0 ? '' : closest(id, known);
  if (near !== '' && distance(id, near) <= id.length / 3) return `Did you mean ${near}?`;
  return 'case-review rules lists them.';
}

function wrapItem(line: string, width: number): string[] {
  if (!line.startsWith('- ')) return wrap(line, width);
  return wrap(line.slice(2), width - 2).map((part, at) => (at === 0 ? '- ' : '  ') + part);
}
