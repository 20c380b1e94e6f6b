/** `case-review explain`: what a rule is for and where that is written, or why a line of a review has findings. */
import { closest, distance } from 'fastest-levenshtein';
import { isReviewName } from '../files/find-reviews.ts';
import { formatRule } from '../render/rule-text.ts';
import { EXIT, UsageError } from './exit-code.ts';
import { explainPlace, readPlace } from './explain-place.ts';
import type { PolicyOptions } from './open-workspace.ts';
import { type RulesOptions, rulesInForce } from './rules.ts';
import type { Surroundings } from './surroundings.ts';
import { writeWrapped } from './write-wrapped.ts';

export interface ExplainOptions extends RulesOptions, PolicyOptions {}

/** Explains a rule by its id or its row, or the findings of a line of a review. */
export async function explain(what: string, options: ExplainOptions, around: Surroundings): Promise<number> {
  const place = readPlace(what);
  return place ? explainPlace(place, options, around) : explainRule(what, options, around);
}

async function explainRule(id: string, options: RulesOptions, around: Surroundings): Promise<number> {
  const list = await rulesInForce(options, around);
  const rule = list.find(candidate => candidate.id === id || candidate.ref === id);
  if (rule === undefined && isReviewName(id)) throw new UsageError(`Name a line too, as in ${id}:1.`);
  if (rule === undefined)
    throw new UsageError(
      `There is no rule "${id}". ${suggest(
        id,
        list.map(known => known.id),
      )}`,
    );
  writeWrapped(formatRule(rule), around.stdout);
  return EXIT.clean;
}

function suggest(id: string, known: readonly string[]): string {
  const near = known.length === 0 ? '' : closest(id, known);
  if (near !== '' && distance(id, near) <= id.length / 3) return `Did you mean ${near}?`;
  return 'case-review rules lists them.';
}
