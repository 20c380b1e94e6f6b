/** The examples of a rule judged: how each behaves, what none of them reaches, and the problems that makes of it. */
import { findNode, isPair, spanOf } from '../engine/locate.ts';
import type { Span } from '../engine/located-tree.ts';
import type { PolicyProblem } from '../engine/report.ts';
import { placesIn } from '../engine/scalar-places.ts';
import { Policy } from '../policy/policy.ts';
import type { ExampleFile, PackData, PackFile, RuleFile } from '../policy/rule-file.ts';
import { type ExampleResult, judgeExample } from './judge-example.ts';
import { type PackRule, type PolicyText, policyFinding } from './read-pack.ts';
import { shapeUnder } from './review-shape.ts';

/** What an example says, or why it cannot say anything. */
export interface CheckedExample extends ExampleResult {
  readonly name: string;
  /** Where it stands in the rule file. */
  readonly path: string;
}

/**
 * Judges the examples of a rule one after the other, each with that rule alone; none where the rule itself cannot be
 * used. `packs` are its own pack, the last, and those it stands on. With `rethrow` a crash of the rule is let through.
 */
export function* checkExamples(
  { file }: PackRule,
  packs: readonly PackData[],
  options: { readonly rethrow?: boolean } = {},
): Generator<CheckedExample> {
  if (!file) return;
  const policies = new Map<string, Policy>();
  const parameters = Object.assign({}, ...packs.map(({ pack }) => pack.parameters)) as PackFile['parameters'];
  const header = packs.findLast(({ pack }) => pack.example_header !== undefined) ?? packs.at(-1)!;
  for (const [i, example] of file.examples.entries()) {
    const key = JSON.stringify([example.parameters, example.adopted]);
    const policy = policies.get(key) ?? policyFor(file, example, packs, parameters, options);
    policies.set(key, policy);
    if (policy.problems.some(problem => problem.rule === file.id)) continue;
    const path = `/examples/${i}/${example.bad === undefined ? 'good' : 'bad'}`;
    yield { name: example.name, path, ...judgeExample(example, file.id, policy, header.pack) };
  }
}

/** The rule alone, or with those that it is judged after, and the parameters as the example has them. */
function policyFor(
  rule: RuleFile,
  example: ExampleFile,
  packs: readonly PackData[],
  known: PackFile['parameters'],
  options: { readonly rethrow?: boolean },
): Policy {
  const parameters = { ...known };
  for (const [name, value] of Object.entries(example.parameters ?? {}))
    if (known[name]) parameters[name] = { ...known[name], value };
  const own = packs.at(-1)!;
  const others = rule.after_others ? packs : packs.map(pack => ({ ...pack, rules: [] }));
  const all = [...others, { ...own, pack: { ...own.pack, parameters }, rules: [rule] }];
  const by = { by: 'OFF-9K2M7R', on: '2026-01-01', reference: 'example' };
  const adopted = Object.fromEntries((example.adopted ?? []).map(name => [name, by]));
  return new Policy(all, { adopted, severities: {} }, shapeUnder(all), { eager: true, ...options });
}

/** The examples that do not behave, and what the rule can say but no example makes it say. */
export function exampleProblems(
  { text, file }: PackRule,
  examples: readonly CheckedExample[],
): PolicyProblem[] {
  if (!file) return [];
  const misbehaving = examples.flatMap(({ path, faults }) =>
    faults.map(({ message, span }) =>
      policyFinding('pack/example', message, spanInExample(text, path, span), path),
    ),
  );
  // A rule that cannot be used has no examples judged, and a mistake of its own.
  const isJudged = examples.length === file.examples.length;
  const missing = (isJudged ? unreached(file, examples) : []).map(({ path, said }) => ({
    ...policyFinding(
      'pack/no-example',
      `No example makes this check say "${said}".`,
      spanOf(text.parsed.root, `${path}/id`, text.parsed.text),
      path,
    ),
    severity: 'warning' as const,
  }));
  return [...misbehaving, ...missing].map(finding => ({ uri: text.uri, finding }));
}

/** The key of a place, where it has one. */
export function keySpanAt({ parsed: { root, text } }: PolicyText, path: string): Span {
  const parent = findNode(root, path)?.parent;
  return parent && isPair(parent) ? parent.keySpan : spanOf(root, path, text);
}

/** The place in the rule file of a place in an example, or the key of the example. */
function spanInExample(text: PolicyText, path: string, span: Span | undefined): Span {
  const node = findNode(text.parsed.root, path);
  if (node?.kind !== 'scalar' || !span) return keySpanAt(text, path);
  return placesIn(text.parsed.text, node).toText(span);
}

/** Every version, check and outcome for which the rule has words and no example has a finding. */
export function unreached(
  { versions }: RuleFile,
  examples: readonly CheckedExample[],
): readonly {
  readonly path: string;
  readonly version: string;
  readonly check: string;
  readonly said: string;
}[] {
  const key = (...parts: readonly (string | undefined)[]) => parts.join(' ');
  const reached = new Set(
    examples.flatMap(({ findings }) =>
      findings.map(({ version, check, outcome }) => key(version, check, outcome)),
    ),
  );
  return versions.flatMap(({ from, checks }, v) =>
    checks.flatMap(({ id, outcome = 'breach', clock }, c) => {
      const outcomes = [
        outcome,
        ...(clock?.absent === undefined ? [] : ['not-recorded']),
        ...(clock?.due === undefined ? [] : ['due-soon']),
      ];
      return outcomes
        .filter(said => !reached.has(key(from, id, said)))
        .map(said => ({ path: `/versions/${v}/checks/${c}`, version: from, check: id, said }));
    }),
  );
}
