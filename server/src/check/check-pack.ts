/**
 * Everything that is wrong with the files of a pack: form, expressions, ids, versions, sources and examples, each at
 * its place. Pure, like the check of a review. `check` asks for the faults that change verdicts, the editor and
 * `policy test` for the examples too.
 */
import { addDays, Day } from '../calendar/index.ts';
import { pointerOf, spanOf } from '../engine/locate.ts';
import type { TreeNode } from '../engine/located-tree.ts';
import type { Finding, PolicyProblem } from '../engine/report.ts';
import { placesIn } from '../engine/scalar-places.ts';
import { readShippedPack } from '../generated/shipped-pack.js';
import { DETECTOR_PARAMETERS, LOCAL_IDENTIFIERS, readPatterns } from '../identifiers/local-patterns.ts';
import { adviseOn } from '../policy/cel-advice.ts';
import { celTexts, mistakesIn } from '../policy/cel-texts.ts';
import { SMALLEST_CELL } from '../policy/pack.ts';
import { NO_CHOICES, Policy } from '../policy/policy.ts';
import type { PackData, RuleFile } from '../policy/rule-file.ts';
import { checkExamples, exampleProblems, keySpanAt } from './check-examples.ts';
import {
  idOfFile,
  type LoadedPack,
  type PackRule,
  type PolicyText,
  policyFinding,
  rulesById,
} from './read-pack.ts';
import { reviewShape, shapeUnder } from './review-shape.ts';

/** All that is wrong with a pack, its examples included. `base` are the packs it stands on, as in the configuration. */
export function checkPack(pack: LoadedPack, base: readonly PackData[]): PolicyProblem[] {
  if (!pack.data) return [...pack.problems];
  const packs = withCalendar([...base, pack.data]);
  const examples = pack.rules.flatMap(rule => exampleProblems(rule, [...checkExamples(rule, packs)]));
  return [...checkFiles(pack, packs), ...examples];
}

/**
 * All but the examples; `packs` are those it stands on and, last, the pack itself, and `policy` is made of them. With
 * `only` just this file has to be judged.
 */
export function checkFiles(
  pack: LoadedPack,
  packs: readonly PackData[],
  policy: Policy = new Policy(packs, NO_CHOICES, shapeUnder(packs), { eager: true }),
  only?: string,
): PolicyProblem[] {
  return [
    ...pack.problems,
    ...checkManifest(pack, policy),
    ...(only === undefined || only === pack.manifest?.uri ? manifestProblems(pack, packs, policy) : []),
    ...checkRules(pack, policy, only),
    ...pack.rules.flatMap(missingSources),
  ];
}

const READ_BY_THE_PROGRAM = [...DETECTOR_PARAMETERS, SMALLEST_CELL];

/** Parameters that no rule reads, and those whose sources nobody knows. */
function manifestProblems(
  { data, manifest, rules }: LoadedPack,
  packs: readonly PackData[],
  policy: Policy,
): PolicyProblem[] {
  if (!data || !manifest) return [];
  // Texts, so that a rule file with a mistake in it still counts.
  const texts = [
    JSON.stringify(packs.flatMap(pack => pack.rules)),
    ...rules.map(({ text }) => text.parsed.text),
  ];
  const findings = Object.entries(data.pack.parameters).flatMap(([name, { sources, value }]) => {
    const path = `/parameters/${name}`;
    const read = new RegExp(`\\bparams\\.\\??${name}\\b`);
    const isRead = READ_BY_THE_PROGRAM.includes(name) || texts.some(text => read.test(text));
    const unused = policyFinding('pack/unused-parameter', UNUSED, keySpanAt(manifest, path), path);
    return [
      ...(isRead ? [] : [{ ...unused, severity: 'warning' as const }]),
      ...sourceFindings(sources ?? [], `${path}/sources`, manifest, policy),
      ...(name === LOCAL_IDENTIFIERS ? patternFindings(value, `${path}/value`, manifest) : []),
    ];
  });
  return findings.map(finding => ({ uri: manifest.uri, finding }));
}

const UNUSED = 'No rule of this pack, or of those it stands on, reads this parameter.';

/** Packs of which none has a calendar of its own, or one that can be read, stand on the shipped pack without its rules. */
export function withCalendar(packs: readonly PackData[]): readonly PackData[] {
  return packs.some(({ calendar }) => calendar !== undefined)
    ? packs
    : [{ ...readShippedPack(), rules: [] }, ...packs];
}

/** What `pack.yaml` names that is not there. `policy` is made of the pack and those it stands on. */
export function checkManifest({ manifest, data }: LoadedPack, policy: Policy): PolicyProblem[] {
  if (!manifest || !data) return [];
  const report = (rule: string, message: string, path: string): PolicyProblem => ({
    uri: manifest.uri,
    finding: policyFinding(rule, message, keySpanAt(manifest, path), path),
  });
  const { vocabulary = {}, additions = {} } = data.pack;
  return [
    ...Object.keys(vocabulary).flatMap(name => {
      const isKnown = typeof reviewShape.guide.definition(name)?.words?.[0]?.value === 'string';
      const message = 'The schema of a review has no vocabulary of this name; case-review schema prints it.';
      return isKnown ? [] : [report('pack/unknown-vocabulary', message, `/vocabulary/${name}`)];
    }),
    ...Object.keys(additions).flatMap(name => {
      const isList = Array.isArray(policy.parameters.get(name)?.value);
      const message = 'No pack has a list of this name.';
      return isList ? [] : [report('pack/unknown-list', message, `/additions/${name}`)];
    }),
  ];
}

/**
 * What is wrong with the rules of a pack besides their form. `policy` is made of the pack and those it stands on.
 * With `only`, the other rules of the pack are not judged.
 */
export function checkRules(pack: LoadedPack, policy: Policy, only?: string): PolicyProblem[] {
  const judged = rulesById(pack.rules);
  return pack.rules.flatMap(rule => {
    const { text, file } = rule;
    const { uri } = text;
    if (only !== undefined && uri !== only) return [];
    const home = file && judged.get(file.id)?.text.uri;
    const findings = [
      ...expressionFindings(rule, policy),
      ...(file ? nameFindings(file, text, home === uri ? undefined : home) : []),
      ...(file ? versionFindings(file, text) : []),
      ...(file ? sourceFindings(file.sources, '/sources', text, policy) : []),
    ];
    const inOrder = findings.sort((a, b) => a.span.start - b.span.start);
    return inOrder.map(finding => ({ uri, finding }));
  });
}

/** Every mistake in the CEL of a rule file; what only the compiler sees stands at the expression or the rule's id. */
function expressionFindings({ text, file }: PackRule, policy: Policy): Finding[] {
  const { root, text: source } = text.parsed;
  const found = [...celTexts(root, policy.environment)].flatMap(piece => {
    const places = placesIn(source, piece.node);
    return mistakesIn(piece, policy.environment).map(mistake =>
      policyFinding(
        'pack/bad-expression',
        adviseOn(mistake, piece, policy),
        places.toText(mistake),
        pointerOf(piece.node),
      ),
    );
  });
  if (found.length || !file) return found;
  const rest = policy.problems.filter(problem => problem.rule === file.id);
  return rest.map(({ message, source: expression }) =>
    policyFinding(
      'pack/bad-expression',
      message,
      findScalar(root, expression) ?? spanOf(root, '/id', source),
      '/id',
    ),
  );
}

function findScalar(node: TreeNode | undefined, source: string): TreeNode | undefined {
  if (node?.kind === 'scalar')
    return typeof node.value === 'string' && source && node.value.includes(source) ? node : undefined;
  const children = node?.kind === 'map' ? node.pairs.map(pair => pair.value) : (node?.items ?? []);
  for (const child of children) {
    const found = findScalar(child, source);
    if (found) return found;
  }
  return undefined;
}

/** `home` is the file of another rule that has this id and is judged. */
function nameFindings({ id }: RuleFile, { uri, parsed }: PolicyText, home: string | undefined): Finding[] {
  const span = spanOf(parsed.root, '/id', parsed.text);
  if (home !== undefined) {
    const message = `Another rule of this pack has this id: ${idOfFile(home)}.yaml. That one is judged; give this one its own.`;
    return [policyFinding('pack/duplicate-rule', message, span, '/id')];
  }
  if (idOfFile(uri) === id) return [];
  const message = `The id is not the folder and name of the file, ${idOfFile(uri)}; make them the same.`;
  return [{ ...policyFinding('pack/id-and-file', message, span, '/id'), severity: 'warning' }];
}

/** Versions follow one another without a day between them and without one too many. */
function versionFindings({ versions }: RuleFile, { parsed }: PolicyText): Finding[] {
  const inTime = versions
    .map(({ from, until }, i) => ({ from, until, i }))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  return inTime.flatMap(({ from, until, i }, k) => {
    const fault = faultOfVersion(from, until, inTime[k + 1]?.from);
    if (!fault) return [];
    const path = `/versions/${i}/${until === undefined ? 'from' : 'until'}`;
    return [policyFinding('pack/version-gap', fault, spanOf(parsed.root, path, parsed.text), path)];
  });
}

function faultOfVersion(
  from: string,
  until: string | undefined,
  next: string | undefined,
): string | undefined {
  if (until !== undefined && until < from) return 'This version ends before it begins.';
  if (next === undefined) return undefined;
  const last = until === undefined ? undefined : Day.parse(until);
  const follows = last && addDays(last, 1).iso;
  if (follows === next) return undefined;
  if (follows !== undefined && follows < next)
    return `The next version is in force only from ${next}: between them no version of this rule is.`;
  return `The next version is in force from ${next}: this one must end on the day before.`;
}

function sourceFindings(
  sources: readonly string[],
  pointer: string,
  { parsed }: PolicyText,
  policy: Policy,
): Finding[] {
  return sources.flatMap((id, i) => {
    if (policy.sources.has(id)) return [];
    const path = `${pointer}/${i}`;
    const message = 'The sources file of the pack has no source with this id.';
    return [policyFinding('pack/unknown-source', message, spanOf(parsed.root, path, parsed.text), path)];
  });
}

function patternFindings(value: unknown, pointer: string, { parsed }: PolicyText): Finding[] {
  return readPatterns(value).problems.map(({ place, message }) => {
    const path = pointer + place;
    return policyFinding('pack/bad-pattern', message, spanOf(parsed.root, path, parsed.text), path);
  });
}

/** What is said to be published, or told by somebody, says where. */
function missingSources({ file, text: { uri, parsed } }: PackRule): PolicyProblem[] {
  if (!file || file.sources.length > 0) return [];
  if (file.confidence !== 'published' && file.confidence !== 'secondary') return [];
  const message = `A rule of confidence ${file.confidence} names the source it was read in.`;
  const span = spanOf(parsed.root, '/sources', parsed.text);
  const finding = policyFinding('pack/no-source', message, span, '/sources');
  return [{ uri, finding: { ...finding, severity: 'warning' } }];
}
