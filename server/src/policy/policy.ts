/** Policy: the packs in force with the configuration applied, compiled and ready to judge reviews. */
import { type Calendar, loadCalendar } from '../calendar/index.ts';
import type { FactBuilder, FieldTypes } from '../engine/facts.ts';
import type { Finding, Severity } from '../engine/report.ts';
import type { SchemaGuide } from '../engine/schema-guide.ts';
import { createDetector, type Detector } from '../identifiers/find-identifiers.ts';
import {
  GIVEN_NAMES,
  LOCAL_IDENTIFIERS,
  NAMESAKES,
  NO_NAMES,
  readPatterns,
} from '../identifiers/local-patterns.ts';
import { CelEnvironment, ExpressionError, Parameters } from './cel-environment.ts';
import { type CompiledCheck, compileRule } from './compile-rule.ts';
import type { Parameter, RuleDescription, Source } from './pack.ts';
import { matchesPattern } from './place.ts';
import type { ReviewFacts } from './review-facts.ts';
import type { PackData, RuleFile } from './rule-file.ts';
import { type RuleResult, type RuleRun, runRules } from './run-rules.ts';
import type { EarlierVerdicts } from './verdicts.ts';

/** What `case-review.config.yaml` says about rules. */
export interface PolicyChoices {
  readonly adopted: Readonly<
    Record<
      string,
      { readonly value?: unknown; readonly by: string; readonly on: string; readonly reference: string }
    >
  >;
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
}

export const NO_CHOICES: PolicyChoices = { adopted: {}, severities: {} };

/** The shape of a review, from the schema. */
export interface ReviewShape {
  /** What the schema says, with the words that packs add. */
  readonly guide: SchemaGuide;
  readonly builder: FactBuilder;
  readonly fields: FieldTypes;
  readonly sections: Readonly<Record<string, string>>;
  readonly freeText: Readonly<Record<string, readonly string[]>>;
  titleOf(vocabulary: string, word: string): string;
}

/** A rule that cannot be used; the others go on. */
export interface RuleProblem {
  readonly rule: string;
  readonly message: string;
  /** The text of the expression and the range in it that is wrong. */
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

export interface PolicyOptions {
  /** Compiles every message at once, so that each mistake in a pack is found. */
  readonly eager?: boolean;
  /** Lets a crash of a rule through instead of reporting it; for tests. */
  readonly rethrow?: boolean;
  /** Has the library evaluate every expression itself, which is slow; for tests that compare. */
  readonly interpret?: boolean;
}

export class Policy {
  readonly rules: readonly RuleDescription[];
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly problems: readonly RuleProblem[];
  readonly calendar: Calendar;
  readonly sources: ReadonlyMap<string, Source>;
  readonly shape: ReviewShape;
  /** What the expressions of its rules may say. */
  readonly environment: CelEnvironment;
  /** Finds identifiers in a text, with the patterns and words of the parameters. */
  readonly detect: Detector;
  readonly #run: RuleRun;

  /** What a later pack says replaces what an earlier one says: calendar, sources, parameters and rules of one id. */
  constructor(
    packs: readonly PackData[],
    choices: PolicyChoices,
    shape: ReviewShape,
    options: PolicyOptions = {},
  ) {
    const problems: RuleProblem[] = [];
    this.shape = shape;
    this.calendar = loadCalendar(packs.findLast(({ calendar }) => calendar !== undefined)?.calendar);
    const sources = new Map(
      packs.flatMap(pack => Object.entries(pack.sources)).map(([id, source]) => [id, { id, ...source }]),
    );
    this.sources = sources;
    this.parameters = readParameters(packs, choices, sources);
    this.detect = createDetector({
      allowedWords: this.#words(NO_NAMES),
      givenNames: this.#words(GIVEN_NAMES),
      namesakes: this.#words(NAMESAKES),
      local: readPatterns(this.parameters.get(LOCAL_IDENTIFIERS)?.value).local,
    });
    const env = new CelEnvironment({
      ...shape,
      parameters: Object.fromEntries([...this.parameters].map(([name, { value }]) => [name, celType(value)])),
      calendar: this.calendar,
      titleOf: shape.titleOf,
      prepared: packs.find(({ prepared }) => prepared !== undefined)?.prepared,
      interpret: options.interpret ?? false,
    });
    this.environment = env;
    const checks: CompiledCheck[] = [];
    const files = new Map(
      packs.flatMap(({ pack, rules }) => rules.map(file => [file.id, { file, pack: pack.id }] as const)),
    );
    this.rules = [...files.values()].map(({ file, pack }) => {
      const compiled: CompiledCheck[] = [];
      const rule = describe(file, pack, sources, () => this.#parametersOf(compiled));
      try {
        compiled.push(...compileRule(env, file, rule));
        if (options.eager) for (const check of compiled) check.body().wording();
        checks.push(...compiled);
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        problems.push({
          rule: file.id,
          message: error.message,
          source: error.source,
          start: error.start,
          end: error.end,
        });
      }
      return rule;
    });
    this.problems = problems;
    this.#run = {
      env,
      checks: checks.filter(({ rule }) => choices.severities[rule.id] !== 'off'),
      calendar: this.calendar,
      parameters: this.parameters,
      params: parameterValues(this.parameters),
      severities: choices.severities,
      rethrow: options.rethrow ?? false,
    };
  }

  /** The findings and clocks of one review. Pure: the same facts give the same answer, with or without `earlier`. */
  judge(facts: ReviewFacts, earlier?: EarlierVerdicts): RuleResult {
    return runRules(this.#run, facts, earlier);
  }

  /** The check that made a finding; undefined for findings of the parser and the schema. */
  checkOf({ rule, check, version }: Finding): CompiledCheck | undefined {
    return this.#run.checks.find(made => made.rule.id === rule && made.id === check && made.from === version);
  }

  /** False for a rule that the configuration turns off. */
  isJudged(rule: string): boolean {
    return this.#run.severities[rule] !== 'off';
  }

  #words(name: string): readonly string[] {
    const words = (this.parameters.get(name)?.value ?? []) as readonly string[];
    // An empty one would be found before every word of a text.
    return words.filter(word => word !== '');
  }

  #parametersOf(checks: readonly CompiledCheck[]): readonly Parameter[] {
    const names = new Set(checks.flatMap(check => [...check.body().reads]));
    return [...names].map(name => this.parameters.get(name)).filter(parameter => parameter !== undefined);
  }

  /** The rules that judge a place such as `/persons/2/status`. */
  rulesAt(pointer: string): readonly RuleDescription[] {
    const found = new Set(
      this.#run.checks
        .filter(check => places(check).some(pattern => matchesPattern(pattern, pointer)))
        .map(check => check.rule.id),
    );
    return this.rules.filter(rule => found.has(rule.id));
  }
}

function places(check: CompiledCheck): string[] {
  const { at, clock } = check.body();
  return [at.pattern, ...(clock ? [clock.from.pattern, clock.to.pattern] : [])];
}

function readParameters(
  packs: readonly PackData[],
  choices: PolicyChoices,
  sources: ReadonlyMap<string, Source>,
): Map<string, Parameter> {
  const parameters = new Map<string, Parameter>();
  for (const { pack } of packs) {
    for (const [name, file] of Object.entries(pack.parameters)) {
      const { value: chosen, ...adopted } = choices.adopted[name] ?? {};
      parameters.set(name, {
        name,
        title: file.title,
        ...(file.description !== undefined && { description: file.description }),
        value: chosen ?? file.value,
        unit: file.unit,
        confidence: file.confidence,
        pack: pack.id,
        sources: resolve(file.sources, sources),
        ...(choices.adopted[name] && { adopted: adopted as NonNullable<Parameter['adopted']> }),
      });
    }
  }
  for (const [name, words] of packs.flatMap(({ pack }) => Object.entries(pack.additions ?? {}))) {
    const parameter = parameters.get(name);
    // A value that the force adopted is the whole of it.
    if (!Array.isArray(parameter?.value) || choices.adopted[name]?.value !== undefined) continue;
    parameters.set(name, { ...parameter, value: [...new Set([...parameter.value, ...words])] });
  }
  return parameters;
}

function parameterValues(parameters: ReadonlyMap<string, Parameter>): Parameters {
  const values = new Parameters();
  for (const { name, value } of parameters.values()) values[name] = celValue(value);
  return values;
}

function celType(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'double';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return `list<${value.length ? celType(value[0]) : 'string'}>`;
  const values = Object.values(value ?? {});
  const types = new Set(values.map(celType));
  return `map<string, ${types.size === 1 ? [...types][0] : 'dyn'}>`;
}

function celValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(celValue);
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, celValue(part)]));
  return value;
}

function describe(
  file: RuleFile,
  pack: string,
  sources: ReadonlyMap<string, Source>,
  parameters: () => readonly Parameter[],
): RuleDescription {
  return {
    id: file.id,
    pack,
    ref: file.ref,
    title: file.title,
    severity: file.severity,
    confidence: file.confidence,
    catches: file.catches ?? [],
    why: file.why,
    sources: resolve(file.sources, sources),
    get parameters() {
      return parameters();
    },
    versions: file.versions.map(({ from, until }) => ({ from, ...(until !== undefined && { until }) })),
  };
}

function resolve(ids: readonly string[] = [], sources: ReadonlyMap<string, Source>): readonly Source[] {
  return ids.map(id => sources.get(id) ?? { id, title: id });
}
