/** What the policy asks of a case of these kinds, read from the lists in force, for the skeleton of a review. */
import type { RuleDescription } from '../policy/pack.ts';
import type { Questions } from './skeleton.ts';

/** The parameters whose words are asked for, and the map in which they are answered. */
const ASKED = {
  tracing_steps: '/suspect_strategy/steps',
  enquiries_all: '/missing/-/minimum_enquiries',
  basic_details: '/missing/-/basic_details/items',
} as const;

export function skeletonQuestions(rules: readonly RuleDescription[], kinds: readonly string[]): Questions {
  const tracingKinds = wordsOf(rules, 'tracing_kinds');
  const isTraced = tracingKinds.length === 0 || kinds.some(kind => tracingKinds.includes(kind));
  const asked = Object.entries(ASKED).filter(([parameter]) => parameter !== 'tracing_steps' || isTraced);
  return Object.fromEntries(asked.map(([parameter, pointer]) => [pointer, wordsOf(rules, parameter)]));
}

function wordsOf(rules: readonly RuleDescription[], name: string): readonly string[] {
  const value = rules.flatMap(rule => rule.parameters).find(parameter => parameter.name === name)?.value;
  return Array.isArray(value) ? value.filter(word => typeof word === 'string') : [];
}
